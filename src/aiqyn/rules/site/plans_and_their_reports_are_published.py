"""Strategic and development plans are published, and reports on their target indicators."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks_or_missing
from aiqyn.subjects.site import Site


def check(
    site: Site, *, needs: Sequence[str] = ("plan", "document", "indicators", "report")
) -> Iterator[Place]:
    yield from lacks_or_missing(site, ["plans", "effectiveness"], needs)
