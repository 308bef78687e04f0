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
SOON = 2  # years ahead in which there may be something to announce
YEARS = 5  # years further ahead on one calendar that nobody has filled
MONTHS = 12  # addresses of months there
REPEATED = 4  # times one step stands in a path that goes round in circles
PRODUCT = 3  # times as many addresses as values to choose from: every choice with every other


def check(site: Site, *, many: int = 100) -> Iterator[Place]:
    urls = [
        url for url, seen in site.evidence.items() if seen.role == "page" and seen.status == 200
    ]
    if not urls:
        raise Inapplicable
    yield from _circles(site, urls, many)
    calendars = list(_calendars(urls, site.as_of.year + SOON))
    yield from calendars
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
