"""The newest piece of news is not older than the act allows."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_days import days_between
from aiqyn.rules.of_sections import unless_cut
from aiqyn.subjects.site import Site


def check(site: Site, *, max_age_days: int = 3, in_working_days: bool = False) -> Iterator[Place]:
    """`in_working_days`: of one day, news of Friday is fresh on Monday, and after holidays."""
    indexes = site.pages_of("news")
    # An item may name no day but that of a law it tells of; the list of news knows better.
    items = [(page.published, True, page) for page in site.news if page.published]
    listed = [(day, False, page) for page in indexes for day in page.listed]
    known = [each for each in (*items, *listed) if each[0] <= site.as_of]
    if not known:
        for page in indexes:
            yield Place(where="main", address=page.address, evidence=page.sha256)
        raise CannotTell("no_dates" if indexes else "no_news")
    newest, _, page = max(known, key=lambda each: (each[0], each[1], each[2].address))
    if days_between(newest, site.as_of, in_working_days=in_working_days) > max_age_days:
        place = Place(
            where="main",
            saw=newest.isoformat(),
            address=page.address,
            evidence=page.sha256,
            note="stale",
        )
        yield from unless_cut(site, [place])
