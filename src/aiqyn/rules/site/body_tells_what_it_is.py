"""The body tells what it is, what it does and where."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks, states_found
from aiqyn.subjects.site import Site


def check(site: Site, *, needs: Sequence[str] = ("territory", "figures")) -> Iterator[Place]:
    yield from lacks(site, states_found(site, ["about"]), needs)
