"""State programmes being carried out are told of, with plans or results."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks_or_missing
from aiqyn.subjects.site import Site


def check(site: Site, *, needs: Sequence[str] = ("plan", "items")) -> Iterator[Place]:
    yield from lacks_or_missing(site, ["programmes"], needs)
