"""Reports, speeches and articles of the leaders are published."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks_or_missing
from aiqyn.subjects.site import Site


def check(
    site: Site, *, needs: Sequence[str] = ("items", "leader_report", "speech")
) -> Iterator[Place]:
    yield from lacks_or_missing(site, ["leaders_reports"], needs)
