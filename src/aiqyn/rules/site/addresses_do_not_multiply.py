"""A site has as many addresses as pages; what goes on for ever keeps readers and search out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qsl

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.site import Site

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"(?=.*\d)(?=.*[a-zA-Z])[\w-]{16,}")
_MONTHS = (  # with their years: /2027/3, ?year=2027&month=3, 202703; else ?month=3&year=2027
    re.compile(r"(?<!\d)(20\d\d)(?:\D{1,9}(\d\d?)|(0[1-9]|1[0-2]))(?!\d)"),
    re.compile(r"(?<!\d)()(\d\d?)\D{1,9}(20\d\d)(?!\d)"),
)
SOON = 2  # years ahead in which there may be something to announce
YEARS = 5  # years further ahead on one calendar that nobody has filled
MONTHS = 12  # addresses of months there, or of a year
REPEATED = 4  # times one step stands in a path that goes round in circles
VISITS = 20  # addresses that each page with a number of its own makes, at least
PRODUCT = 3  # times as many addresses as values to choose from: every choice with every other


def check(site: Site, *, many: int = 100) -> Iterator[Place]:
    urls = [
        url for url, seen in site.evidence.items() if seen.role == "page" and seen.status == 200
    ]
    if not urls:
        raise Inapplicable
    yield from _circles(site, urls, many)
    calendars = list(_calendars(urls, site.as_of.year + SOON)) or list(_endless(site, urls))
    yield from calendars
    yield from _visits(site, many)
    told = {each.where for each in calendars}  # months are told once, not as choices too
    by_path = defaultdict(list)
    for url in urls:
        path, _, query = url.partition("?")
        if query and path not in told:
            by_path[path].append(query)
    for path, queries in sorted(by_path.items()):
        if len(queries) < many:
            continue
        is_one = _is_one_page(site, [f"{path}?{query}" for query in queries])
        if note := _multiplied_by(queries, many if is_one else len(queries) + 1):
            yield Place(where=path, saw=f"{path}?{queries[0]} … {len(queries)}", note=note)


def _circles(site: Site, urls: list[str], many: int) -> Iterator[Place]:
    """Paths in which one step returns again and again: /news/news/news/news/."""
    if further := site.answers.cuts.get("max_repeats"):  # we stopped following them
        yield Place(where=further, saw=further, note="circle")
        return
    deep = [url for url in urls if url.count("/") >= REPEATED + 2]  # two stand before the host
    circling = [url for url in deep if _returns(parts_of(url).path.strip("/").split("/"))]
    if len(circling) * 10 >= many:
        yield Place(where=circling[0], saw=f"{circling[-1]} … {len(circling)}", note="circle")


def _returns(steps: list[str]) -> bool:
    return len(steps) >= REPEATED and max(map(steps.count, set(steps))) >= REPEATED


def _calendars(urls: list[str], last: int) -> Iterator[Place]:
    """Addresses that differ by numbers alone and name years far ahead."""
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
            yield Place(where=example[shape].partition("?")[0], saw=example[shape], note="calendar")


def _endless(site: Site, urls: list[str]) -> Iterator[Place]:
    """Calendars that led us from month to month until we followed them no further."""
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
            where = by_month[last].partition("?")[0]
            yield Place(where=where, saw=f"{further} … {len(by_month)}", note="calendar")


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


def _visits(site: Site, many: int) -> Iterator[Place]:
    """Numbers of visits, which we leave out of addresses: every page has another one."""
    pages = {page.traits.health.visit: page for page in site.pages if page.traits.health.visit}
    if len(pages) * VISITS >= many:
        number, first = min(pages.items(), key=lambda each: each[1].address)
        yield Place(
            where="a[href]",
            saw=f"{number} … {len(pages)}",
            address=first.address,
            evidence=first.sha256,
            note="session",
        )


def _is_one_page(site: Site, urls: list[str]) -> bool:
    """Whether the pages at these addresses hardly differ in title and length."""
    pages = [page for url in urls if (page := site.page_at(url))]
    return len({(page.title, page.text_size) for page in pages}) * PRODUCT < len(pages)


def _multiplied_by(queries: list[str], tokens: int) -> str:
    """What makes the addresses of one path so many: "session", "choices" or "".

    So many long random `tokens` under one name are numbers of visits.
    """
    values: defaultdict[str, set[str]] = defaultdict(set)
    for query in queries:
        for name, value in parse_qsl(query, keep_blank_values=True):
            values[name].add(value)
    if any(sum(map(bool, map(_TOKEN.fullmatch, each))) >= tokens for each in values.values()):
        return "session"
    choices = sum(map(len, values.values()))
    return "choices" if len(queries) > PRODUCT * choices else ""
