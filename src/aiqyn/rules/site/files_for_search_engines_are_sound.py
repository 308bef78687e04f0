"""robots.txt is text; sitemap.xml is there and names living pages of this site."""

import re
from collections.abc import Iterator
from html import unescape

from aiqyn.chain import Evidence, Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.groups import is_local, is_of_site, told
from aiqyn.subjects.site import Site

MOST_ADDRESSES = 50_000  # sitemaps.org, of one file
MOST_BYTES = 52_428_800
_MAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_LOC = re.compile(r"<(?:\w+:)?loc\b[^>]{0,99}>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}([^<\s\]]{1,2000})")
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)


def check(site: Site) -> Iterator[Place]:
    asked = site.of_role("sitemap")
    answered = [each for each in asked if each.status and each.status < 500 and not each.failure]
    if not answered:
        yield from (_at(each, "", "") for each in asked)
        raise CannotTell("no_answer")
    yield from _robots(site)
    given = [each for each in answered if each.status == 200 and each.size]
    packed = [each for each in given if each.url.endswith(".gz")]
    if not packed and not _MAP.search(site.answers.sitemap):
        note = "not_a_sitemap" if _HTML.match(site.answers.sitemap) else "missing"
        yield _at(answered[0], "", note)
        return
    yield from _sizes(given, site)
    yield from _addresses(given, site)


def _robots(site: Site) -> Iterator[Place]:
    if _HTML.match(site.answers.robots.removeprefix("\ufeff")):
        robots = site.of_role("robots")[0]
        yield Place(
            where="robots.txt", address=robots.url, evidence=robots.sha256, note="robots_is_html"
        )


def _sizes(given: list[Evidence], site: Site) -> Iterator[Place]:
    for each in given:
        if each.size > MOST_BYTES:
            yield _at(each, f"{each.size} > {MOST_BYTES}", "too_large")
    count = len(_LOC.findall(site.answers.sitemap))
    if len(given) == 1 and count > MOST_ADDRESSES:
        yield _at(given[0], f"{count} > {MOST_ADDRESSES}", "too_large")


def _addresses(given: list[Evidence], site: Site) -> Iterator[Place]:
    files = {each.url for each in given}
    named = dict.fromkeys(map(unescape, _LOC.findall(site.answers.sitemap)))
    strange = [each for each in named if "//" in each and not is_of_site(each, site)]
    if strange and not is_local(site.start):
        yield _at(given[0], told("", strange) or strange[0], "other_site")
    dead = sorted(
        each.url
        for each in site.evidence.values()
        if each.parent in files and each.status in (404, 410)
    )
    if dead:
        yield _at(given[0], told("", dead) or dead[0], "dead")


def _at(seen: Evidence, saw: str, note: str) -> Place:
    return Place(
        where="sitemap.xml", saw=saw.strip(), address=seen.url, evidence=seen.sha256, note=note
    )
