"""Calendars told by the addresses of their months: which go on where nobody has filled them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from aiqyn.subjects.site import Site

SOON = 2  # years ahead in which there may be something to announce
YEARS = 5  # years further ahead on one calendar that nobody has filled
MONTHS = 12  # addresses of months there, or of a year

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NUMBER = re.compile(r"\d+")
_MONTHS = (  # with their years: /2027/3, ?year=2027&month=3, 202703; else ?month=3&year=2027
    re.compile(r"(?<!\d)(20\d\d)(?:\D{1,9}(\d\d?)|(0[1-9]|1[0-2]))(?!\d)"),
    re.compile(r"(?<!\d)()(\d\d?)\D{1,9}(20\d\d)(?!\d)"),
)


def far_ahead(urls: Iterable[str], today: date) -> Iterator[str]:
    """Yield the last of addresses that differ by numbers alone and name years far ahead."""
    last = today.year + SOON
    years: defaultdict[str, set[str]] = defaultdict(set)
    months: Counter[str] = Counter()
    example: dict[str, str] = {}
    for url in urls:
        found = {year for year in _YEAR.findall(url) if int(year) > last}
        if found:
            shape = _NUMBER.sub("0", url)
            years[shape] |= found
            months[shape] += 1
            example[shape] = max(url, example.get(shape, ""))
    for shape, named in sorted(years.items()):
        if len(named) >= YEARS or months[shape] >= MONTHS:
            yield example[shape]


def endless(site: Site, urls: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the last month we read of calendars that lead on, and what it leads to.

    They led us from month to month until we followed them no further.
    """
    if "max_depth" not in site.answers.cuts:
        return
    today = site.as_of.year, site.as_of.month
    ahead: defaultdict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    for url in urls:
        if (month := _month_of(url)) > today:
            ahead[_NUMBER.sub("0", url)][month] = url
    for shape, by_month in sorted(ahead.items()):
        depths = {site.evidence[url].depth for url in by_month.values()}
        last = max(by_month)
        if len(depths) >= MONTHS and (further := _further(site, by_month[last], shape, last)):
            yield by_month[last], f"{further} … {len(by_month)}"


def _month_of(url: str) -> tuple[int, int]:
    """Return the year and the month that an address names; zeros when it names none."""
    for pattern in _MONTHS:
        for before, month, after in pattern.findall(url, url.find("/", 8)):
            found = (int(before), int(month or after)) if before else (int(after), int(month))
            if 1 <= found[1] <= MONTHS:
                return found
    return 0, 0


def _further(site: Site, last: str, shape: str, month: tuple[int, int]) -> str:
    """Return the address of a later month that the `last` page we read leads to; "" for none."""
    page = site.page_at(last)
    leads = [site.urls[number] for number in page.links] if page else []
    return next(
        (each for each in leads if _NUMBER.sub("0", each) == shape and _month_of(each) > month), ""
    )
