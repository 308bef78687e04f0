"""What a page needs beside its own bytes to look as it should: pictures, style sheets, scripts.

Pictures of other sizes (`srcset`) and what its own styles name are among them; the style
attributes of elements are read near the first page alone.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote, urljoin

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import NEAR, Page
from aiqyn.subjects.styles import LONGEST, candidates_of, named_in
from aiqyn.subjects.traits.wayfinding import is_first_page

MOST = 60  # of one page
MOST_STYLES = 500_000  # characters of its own styles that are read
MOST_SHARED = 50_000

_SHARED: dict[str, str] = {}  # the same few stand on every page: each is kept once


class Resources(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Facts of one page."""

    refs: tuple[str, ...] = ()  # as written, each once, in page order by kind
    loads: tuple[str, ...] = ()  # of a first page: `spoken` addresses every browser fetches


def resources_of(page: Page, links: Links) -> Resources:
    """Return the facts of `page`; below a <base> only what does not depend on it."""
    refs = dict.fromkeys(filter(None, _written(page)))
    if page.base:
        refs = {ref: None for ref in refs if ref[0] == "/" or ref[:4].lower() == "http"}
    kept = [ref for ref in refs if len(ref) <= LONGEST and ref[:5].lower() != "data:"]
    loads = _loaded(page, kept[:MOST]) if kept and is_first_page(page) else ()
    return Resources(refs=tuple(map(_shared, kept[:MOST])), loads=tuple(loads))


def spoken(address: str) -> str:
    """Return an address as people read it, to tell whether two spell the same."""
    return unquote(address.partition("#")[0])


def _loaded(page: Page, kept: list[str]) -> Iterator[str]:
    """Of a picture in several sizes, and of what sheets name, browsers fetch what they like."""
    known = set(kept)
    loaded = [*_sheets_and_scripts(page), *_in_one_size(page)]
    for css in _own_styles(page):
        loaded += named_in(css[:MOST_STYLES])
    for ref in dict.fromkeys(loaded):
        if ref in known:
            with suppress(ValueError):  # no address at all
                yield spoken(urljoin(page.address, ref))


def _in_one_size(page: Page) -> Iterator[str | None]:
    for node, given in page.images:
        if not given.get("srcset") and (node.parent is None or node.parent.tag != "picture"):
            yield given.get("src")


def _sheets_and_scripts(page: Page) -> Iterator[str | None]:
    for node in page.nodes("link"):
        given = node.attributes
        if "stylesheet" in (given.get("rel") or "").lower():
            yield given.get("href")
    for node in page.nodes("script"):
        yield node.attributes.get("src")


def _written(page: Page) -> Iterator[str | None]:
    yield from _sheets_and_scripts(page)
    for _, given in page.images:
        yield given.get("src")
    yield from _of_other_sizes(page)
    room = MOST_STYLES
    for css in _styles_of(page):
        yield from _named_in(css[:room])
        room -= len(css)
        if room <= 0:
            break


def _styles_of(page: Page) -> Iterator[str]:
    for node in page.nodes("style"):
        yield node.text()
    yield from _own_styles(page)


def _own_styles(page: Page) -> Iterator[str]:
    """The style attributes of elements."""
    if page.evidence.depth <= NEAR and page.holds(b"style="):
        for node in page.select_lean("[style*='url(']"):
            yield node.attributes["style"] or ""


@lru_cache(16)  # most pages of a site have the same styles
def _named_in(css: str) -> tuple[str, ...]:
    return tuple(named_in(css))


def _of_other_sizes(page: Page) -> Iterator[str]:
    given = [attributes for _, attributes in page.images]
    given += [node.attributes for node in page.nodes("source")]
    for written in [each["srcset"] for each in given if each.get("srcset")]:
        yield from candidates_of(written or "")


def _shared(ref: str) -> str:
    if len(_SHARED) >= MOST_SHARED:
        _SHARED.clear()
    return _SHARED.setdefault(ref, ref)
