"""The days and hours on which citizens are received are told."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks, states_found
from aiqyn.subjects.site import Site


def check(site: Site, *, needs: Sequence[str] = ("weekday", "hour")) -> Iterator[Place]:
    yield from lacks(site, states_found(site, ["reception"]), needs)
