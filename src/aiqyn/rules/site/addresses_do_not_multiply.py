"""A site has as many addresses as pages; what goes on for ever keeps readers and search out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qsl

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.calendars import endless, far_ahead
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.site import Site

_TOKEN = re.compile(r"(?=.*\d)(?=.*[a-zA-Z])[\w-]{16,}")
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
    calendars = list(_calendars(site, urls))
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


def _calendars(site: Site, urls: list[str]) -> Iterator[Place]:
    """Calendars far ahead, else those we followed until we gave up."""
    ahead = [(each, each) for each in far_ahead(urls, site.as_of)]
    for last, saw in ahead or endless(site, urls):
        yield Place(where=last.partition("?")[0], saw=saw, note="calendar")


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
