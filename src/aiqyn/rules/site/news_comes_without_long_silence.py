"""News comes regularly: at a steady pace, and without long silence."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from statistics import median

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_days import days_between
from aiqyn.rules.of_sections import unless_cut
from aiqyn.subjects.site import Site

LEAST = 5  # days with news; fewer show no pace


def check(
    site: Site,
    *,
    window_days: int = 90,
    max_median_days: int = 3,
    in_working_days: bool = False,
    max_silence_days: int = 14,
) -> Iterator[Place]:
    """`in_working_days` counts the days between days with news; silence is of all days."""
    indexes = site.pages_of("news")
    days = {page.published for page in site.news if page.published}
    days.update(day for page in indexes for day in page.listed)
    since = site.as_of - timedelta(days=window_days)
    recent = sorted(day for day in days if since <= day <= site.as_of)
    if len(recent) < LEAST:
        for page in indexes:
            yield Place(where="main", address=page.address, evidence=page.sha256)
        raise CannotTell("few")
    gaps = [(after - before, before, after) for before, after in pairwise(recent)]
    silence, before, after = max(gaps)
    usual = median(
        days_between(before, after, in_working_days=in_working_days) for _, before, after in gaps
    )
    found = [("silence", f"{before} – {after}")] if silence.days > max_silence_days else []
    found += [("seldom", f"{usual:g}")] if usual > max_median_days else []
    page = min(indexes or site.news, key=lambda page: (page.language != "kk", page.address))
    places = [
        Place(where="main", saw=saw, address=page.address, evidence=page.sha256, note=note)
        for note, saw in found
    ]
    yield from unless_cut(site, places)
