"""The fight against corruption is told: what is done, where to report, who answers for it."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks_or_missing
from aiqyn.subjects.site import Site


def check(
    site: Site, *, needs: Sequence[str] = ("measures", "hotline", "integrity_officer")
) -> Iterator[Place]:
    yield from lacks_or_missing(site, ["anti_corruption"], needs)
