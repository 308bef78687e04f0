"""What rules about technical health need to know of every page."""

import re
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

from msgspec import Struct
from selectolax.lexbor import LexborNode

from aiqyn.subjects import dates
from aiqyn.subjects.hrefs import Items
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import BEGINNING, Page, shorten
from aiqyn.subjects.programmes import MARKS, of_first_pages, programmes_named
from aiqyn.subjects.traits.asked import EVERY
from aiqyn.subjects.traits.wayfinding import digest, is_first_page

ENOUGH = 200  # characters of main text that make a page
SAMPLE = 500  # characters from the middle and from the end
BRIEF = 6  # words of a banner, its file or its text; a longer one tells of a photograph
MOST = 3  # insecure resources remembered of one page

_INSECURE = (
    "img[src^='http://' i], script[src^='http://' i], iframe[src^='http://' i], "
    "link[rel~=stylesheet i][href^='http://' i], video[src^='http://' i], "
    "audio[src^='http://' i], source[src^='http://' i], form[action^='http://' i]"
)
_INSECURE_MARKS = (b'src="http://', b"src='http://", b'href="http://', b'action="http://')
_BANNERS = "a[href] img, img[alt], object[data], embed[src]"
_EMBEDDED = ("object", "embed")
_SPAN = re.compile(r"(?<!\d)20\d\d\s?[-–—_]\s?(20\d\d)(?!\d)")  # of years, and its last
_VISIT_MARKS = ("sid=", "session", "(s(")
_VISIT = re.compile(  # and its number; "sid=12" may be a section of the site
    r"(?<![^?&;])(?:phpsessid|jsessionid|aspsessionid\w*|session_?id|sid)"
    r"=(?=[\w.-]*\d)(?=[\w.-]*[a-z])[\w.-]{16,128}|(?<=/)\([asf]\([0-9a-z]{16,64}\)\)(?=/)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[_/.+-]+|%20")


class Dated(NamedTuple):
    """A picture that leads somewhere and says of which time it is."""

    last: date  # its last day
    leads_to: str  # absolute
    said: str = ""  # what tells its time: its words, or the name of its file


class Health(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Facts of one page."""

    digest: int = 0  # of its main text; 0 when it is too short to tell pages apart
    insecure: tuple[str, ...] = ()  # some resources an https page takes over http
    programmes: tuple[str, ...] = ()  # codes of programmes whose banners it shows
    visit: str = ""  # number of the visit that its links carry: "PHPSESSID=…"
    made_by: str = ""  # <meta name=generator>; of first pages
    dated: tuple[Dated, ...] = ()  # banners that name days or spans of years; of first pages


def health_of(page: Page, links: Links, asked: Set[str] = EVERY) -> Health:
    """Return the facts of `page`."""
    is_first = is_first_page(page)
    return Health(
        digest=_digest(page) if "digest" in asked else 0,
        insecure=_insecure(page),
        programmes=_programmes(page, is_first=is_first) if "programmes" in asked else (),
        visit=_visit(page),
        made_by=(page.metas.get("generator") or "") if is_first else "",
        dated=tuple(_dated(page)) if is_first and "programmes" in asked else (),
    )


def _digest(page: Page) -> int:
    """Beginning, middle, end and length: pages that agree in all of these say the same."""
    start = page.beginning
    if len(start) < ENOUGH:
        return 0
    if len(start) < BEGINNING - 1:
        return digest(start)
    text = page.loose_text
    middle = len(text) // 2
    return digest(f"{len(text)} {start} {text[middle : middle + SAMPLE]} {text[-SAMPLE:]}")


def _insecure(page: Page) -> tuple[str, ...]:
    if not page.address.startswith("https:") or not any(map(page.holds, _INSECURE_MARKS)):
        return ()
    found = [
        next(filter(None, (node.attributes.get(key) for key in ("src", "href", "action"))), "")
        for node in page.select(_INSECURE)
    ]
    return tuple(shorten(each) for each in list(dict.fromkeys(found))[:MOST])


def _visit(page: Page) -> str:
    if not any(map(page.hrefs_together.__contains__, _VISIT_MARKS)):
        return ""
    found = (_VISIT.search(href) for href in page.hrefs)
    return next((shorten(each[0]) for each in found if each), "")


def _programmes(page: Page, *, is_first: bool) -> tuple[str, ...]:
    """Codes of the programmes it calls readers to; a page about one shows its picture rightly."""
    if is_first:
        return tuple(sorted(_banners(page)))
    if not _has_a_mark(page):
        return ()
    about = programmes_named(" | ".join([page.title, *page.main_headings]))
    return tuple(sorted(_banners(page, BRIEF) - of_first_pages() - set(about)))


def _has_a_mark(page: Page) -> bool:
    """Whether anything but words hints at a banner: asked of every page, so of little text."""
    menus = [piece for piece in page.pieces_of_hrefs if isinstance(piece, Items)]
    if any(map(_is_marked, menus)):
        return True
    said = [
        href for piece in page.pieces_of_hrefs if not isinstance(piece, Items) for href in piece
    ]
    embedded = [node.attributes for tag in _EMBEDDED for node in page.nodes(tag)]
    for node, given in page.images:
        said += (given.get("alt") or _said_around(node), given.get("src") or "")
    for given in embedded:
        said += (given.get("data") or "", given.get("src") or "")
    return _says_mark(said)


@lru_cache(1_000)
def _is_marked(menu: Items) -> bool:
    return _says_mark(menu)


def _says_mark(said: Sequence[str]) -> bool:
    together = "\0".join(said).lower()
    return any(mark in together for mark in MARKS)


def _said_around(picture: LexborNode) -> str:
    """What the link around a picture without words of its own says of itself."""
    around = picture.parent
    return (around.attributes.get("title") or "") if around and around.tag == "a" else ""


def _banners(page: Page, most: int = 99) -> set[str]:
    """Programmes that pictures name: by their text, their file, or where they lead.

    Texts of more than `most` words tell what is seen in a photograph.
    """
    found: set[str] = set()
    for node in page.select(_BANNERS):
        given = node.attributes
        said = [given.get(key) or "" for key in ("alt", "title", "src", "data")]
        around = node.parent
        if around is not None and around.tag == "a":
            said += [around.attributes.get(key) or "" for key in ("href", "title", "aria-label")]
        plain = [_SEPARATORS.sub(" ", each) for each in said if each]
        words = " | ".join([each for each in plain if len(each.split()) <= most])
        found.update(programmes_named(words))
    return found


def _dated(page: Page) -> Iterator[Dated]:
    for node, given in page.images:
        around = node.parent
        if around is None or around.tag != "a":
            continue
        named = (given.get("src") or "").rpartition("/")[2]
        said = " | ".join(filter(None, (given.get("alt"), given.get("title"), _said_around(node))))
        days = [date(int(end), 12, 31) for end in _SPAN.findall(f"{said} | {named}")]
        days += [day for _, day in dates.find(said)]
        with suppress(ValueError):  # the link is no address at all
            if days:
                target = urljoin(page.address, around.attributes.get("href") or "")
                yield Dated(max(days), target, shorten(said or named, 80))
