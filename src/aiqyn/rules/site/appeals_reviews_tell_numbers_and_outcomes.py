"""Reviews of appeals are published: of which period, how many came, how they ended."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks_or_missing
from aiqyn.subjects.site import Site


def check(
    site: Site, *, needs: Sequence[str] = ("period", "figures", "outcomes")
) -> Iterator[Place]:
    yield from lacks_or_missing(site, ["appeals_review"], needs)
