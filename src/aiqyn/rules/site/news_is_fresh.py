"""The newest piece of news is not older than the act allows."""

from collections.abc import Iterator
from datetime import timedelta

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site


def check(site: Site, *, max_age_days: int = 3) -> Iterator[Place]:
    indexes = site.pages_of("news")
    items = [(page.published, page) for page in site.news if page.published]
    listed = [(day, page) for page in indexes for day in page.listed]
    known = [(day, page) for day, page in items or listed if day <= site.as_of]
    if not known:
        raise CannotTell("no_dates" if indexes else "no_news")
    newest, page = max(known, key=lambda pair: (pair[0], pair[1].address))
    if newest < site.as_of - timedelta(days=max_age_days):
        if site.was_cut:
            raise CannotTell("cut")
        yield Place(
            where="main",
            saw=newest.isoformat(),
            address=page.address,
            evidence=page.sha256,
            note="stale",
        )
