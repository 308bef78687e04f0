"""A map or a geoportal of the territory is offered."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules.of_sections import any_of
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    yield from any_of(site, ["map"])
