"""robots.txt is text; sitemap.xml is there and names living pages of this site."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from aiqyn.chain import Evidence, Place, Sitemap
from aiqyn.rules import CannotTell
from aiqyn.subjects.circles import circles
from aiqyn.subjects.groups import is_local, is_of_site, told
from aiqyn.subjects.site import Site

MOST_ADDRESSES = 50_000  # sitemaps.org, of one file
MOST_BYTES = 52_428_800
MAPS = ("urlset", "sitemapindex", "text")
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_LENGTH = re.compile(r"^content-length:[ \t]*(\d{1,15})(?!\d)", re.IGNORECASE | re.MULTILINE)


def check(site: Site) -> Iterator[Place]:
    asked = site.of_role("sitemap")
    large = [each for each in asked if each.failure == "too_large"]
    answered = [each for each in asked if each.status and each.status < 500 and not each.failure]
    if not answered and not large:
        yield from (_at(each, "", "") for each in asked)
        raise CannotTell("no_answer")
    yield from _robots(site)
    given = {each.url: each for each in answered if each.status == 200 and each.size}
    read = [each for each in site.answers.sitemaps if each.url in given]
    packed = [each for each in given if each.endswith(".gz")]
    if not (packed or large or any(each.kind in MAPS for each in read)):
        note = "not_a_sitemap" if any(each.kind == "page" for each in read) else "missing"
        yield _at(answered[0], "", note)
        return
    wrong = [
        *_sizes(read, given),
        *_beyond(large),
        *_addresses(read, given, site),
        *_circles(read, given),
    ]
    yield from wrong
    if large and not wrong:
        yield from (_at(each, "", "") for each in large)
        raise CannotTell("unread")


def _robots(site: Site) -> Iterator[Place]:
    if _HTML.match(site.answers.robots.removeprefix("\ufeff")):
        robots = site.of_role("robots")[0]
        yield Place(
            where="robots.txt", address=robots.url, evidence=robots.sha256, note="robots_is_html"
        )


def _sizes(read: list[Sitemap], given: dict[str, Evidence]) -> Iterator[Place]:
    for each in read:
        if each.size > MOST_BYTES:
            said = max(each.size, given[each.url].size)
            yield _at(given[each.url], f"{said} > {MOST_BYTES}", "too_large")
        elif each.addresses > MOST_ADDRESSES:
            yield _at(given[each.url], f"{each.addresses} > {MOST_ADDRESSES}", "too_large")


def _beyond(large: list[Evidence]) -> Iterator[Place]:
    """Yield what was not read to its end, where the server said itself how large it is."""
    for each in large:
        said = _LENGTH.search(each.headers)
        if said and int(said[1]) > MOST_BYTES:
            yield _at(each, f"{said[1]} > {MOST_BYTES}", "too_large")


def _addresses(read: list[Sitemap], given: dict[str, Evidence], site: Site) -> Iterator[Place]:
    strange = [
        (each, count, first)
        for each in read
        for origin, count, first in each.origins
        if origin and not is_of_site(f"{origin}/", site)
    ]
    if strange and not is_local(site.start):
        count = sum(count for _, count, _ in strange)
        shown = [address for _, _, first in strange for address in first]
        seen = given[strange[0][0].url]
        yield _at(seen, told("", shown, of=count) or shown[0], "other_site")
    dead = sorted(
        each.url
        for each in site.evidence.values()
        if each.parent in given and each.status in (404, 410)
    )
    if dead:
        yield _at(_naming(dead[0], site, given), told("", dead) or dead[0], "dead")


def _circles(read: list[Sitemap], given: dict[str, Evidence]) -> Iterator[Place]:
    """Indexes that lead back to themselves; each circle is told once."""
    leads = {
        each.url: [urljoin(each.url, named) for _, _, first in each.origins for named in first]
        for each in read
        if each.kind == "sitemapindex"
    }
    for circle in circles(leads):
        yield _at(given[circle[0]], " → ".join((*circle, circle[0])), "circle")


def _naming(url: str, site: Site, given: dict[str, Evidence]) -> Evidence:
    """Return the file on which an address was met."""
    return given[site.evidence[url].parent]


def _at(seen: Evidence, saw: str, note: str) -> Place:
    return Place(
        where="sitemap.xml", saw=saw.strip(), address=seen.url, evidence=seen.sha256, note=note
    )
