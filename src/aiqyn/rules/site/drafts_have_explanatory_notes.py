"""Drafts of acts come with an explanatory note."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks, states_found
from aiqyn.subjects.site import Site


def check(site: Site, *, needs: Sequence[str] = ("note",)) -> Iterator[Place]:
    yield from lacks(site, states_found(site, ["drafts"]), needs)
