"""What rules about finding one's way need to know of every page."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlencode, urljoin

from msgspec import Struct
from selectolax.lexbor import LexborNode

from aiqyn.subjects import around
from aiqyn.subjects.around import Inside
from aiqyn.subjects.links import Links
from aiqyn.subjects.once import kept
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.asked import EVERY
from aiqyn.subjects.traits.content import candidates_of
from aiqyn.subjects.traits.levels import Levels, levels_of

NEAR = 1  # clicks from the first page
HEAD = 16_384  # bytes in which a page names its canonical address
TRAIL = 2_400  # bytes before a heading in which a trail of links stands
NAME = 40  # characters between the name of a link and its end
STEP = 400  # characters after a link home in which the next step stands
MOST_NAMES = 4
SITE_MAP = "site_map"  # the section of that code

_FIRST = re.compile(
    r"://[^/?]+/(?:(?:kk|kz|kaz|qaz|ru|rus|en|eng)/?)?(?:(?:index|main|home|default)(?:\.\w+)?/?)?"
    r"(?:\?(?:lang|language|locale|lng|hl)=\w+)?$"
)
_MARKS_OF_TRAIL = (b"breadcrumb", b"pathway", b"navpath", b"kroshk")
_OF_A_MARK = (b"rumb", b"RUMB")  # in "breadcrumb" however people write it
_NAMES_OF_HOME = (
    "Басты бет", "басты бет", "БАСТЫ БЕТ", "Бас бет", "Главная", "главная", "ГЛАВНАЯ",
    "Главная страница", "На главную", "Home", "home",
)  # fmt: skip
_HOME_LINK = re.compile(rb"href=[\"']?(?:https?://[^/\"'>]+)?/(?:\w\w\w?/?)?[\"'\s>]")
_LINK = re.compile(r"<a\b.*?(?:</a>|$)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>|<[^>]*$|^[^<>]*>", re.DOTALL | re.IGNORECASE)
_STEP = re.compile(r"^\s*(?:[/\\»›→>❯▸•·]|&raquo;|&gt;|&rsaquo;|::|—|–)")
_HEADING = re.compile(r"<h[12]\b", re.IGNORECASE)

_AROUND = ", ".join((*around.ANYWHERE, around.NAMED))
_SEARCH_NAMES = {"q", "query", "search", "s", "text", "keyword", "keywords", "words", "searchword",
                 "search_query", "term", "izdeu", "soz", "poisk"}  # fmt: skip
_SAYS_SEARCH = re.compile(r"search|izde|poisk|find|іздеу|поиск", re.IGNORECASE)
_TYPED = ("", "text", "search")
_NAME_OF_SITE = (
    "header .logo, header [class*=logo], header [class*=brand], header [class*=site], "
    "header [class*=title], header [class*=name], #header .title, #logo, .logo, .site-title, "
    ".site-name, .sitename, header h1, header h2"
)


class Load(Struct, frozen=True, gc=False, omit_defaults=True):
    """How much one page puts before its reader."""

    links: int = 0
    words: int = 0
    images: int = 0
    menu: Levels = Levels()


class Wayfinding(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Facts of one page; what only first pages are asked says so."""

    shows_trail: bool = False  # "Home / Budget / 2026" above its text
    description: int = 0  # digest of <meta name=description>; 0 when there is none
    is_hidden: bool = False  # asks search engines not to index it, in its head
    canonical: str = ""  # absolute, where it is another address than its own
    load: Load = Load()  # of first pages
    names: tuple[str, ...] = ()  # the site calls itself so, in its header; of first pages
    search: str = ""  # address of the search up to the words; of first pages, GET forms only
    mapped: tuple[int, ...] = ()  # numbers of the addresses that the text of a site map leads to
    charset: str = ""  # in which that form sends its words, where it is not utf-8


NOTHING = Load()


def wayfinding_of(page: Page, links: Links, asked: Set[str] = EVERY) -> Wayfinding:
    """Return the facts of `page`."""
    is_first = is_first_page(page)
    description = page.metas.get("description", "")
    search = search_of(page) if is_first else ""
    is_inner = page.evidence.depth > NEAR
    return Wayfinding(
        shows_trail="trail" in asked and is_inner and _shows_trail(page),
        description=digest(squeeze(description)) if description else 0,
        is_hidden="noindex" in (page.metas.get("robots") or "").lower(),
        canonical=_canonical(page),
        load=_load(page) if is_first else NOTHING,
        names=_names(page) if is_first else (),
        search=search,
        mapped=_mapped(page, links) if SITE_MAP in candidates_of(page) else (),
        charset=page.charset.name if search and page.charset.name != "utf-8" else "",
    )


@kept
def is_first_page(page: Page) -> bool:
    """Whether the page may be the first one of the site or of a language."""
    return page.evidence.depth == 0 or _FIRST.search(page.address) is not None


def is_near_first(page: Page) -> bool:
    """Whether the page may be a first one, or is linked from the first one."""
    return page.evidence.depth <= NEAR or is_first_page(page)


def digest(text: str) -> int:
    """Return 63 bits that stand for `text`, never 0 for a text that is not empty."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1 or 1


def _mapped(page: Page, links: Links) -> tuple[int, ...]:
    """Return what the text below the heading leads to, menus and footers left out.

    What the main part holds counts as it stands: a map may be marked up as navigation.
    """
    main = page.tree.css_first("main, [role=main]")
    below = (main or page.tree).css("h1, a[href]")
    heads = [place for place, node in enumerate(below) if node.tag == "h1"]
    out = Inside(() if main else page.select(_AROUND))
    numbers = dict(zip(page.hrefs, links.numbers, strict=False))
    found = (
        numbers.get(node.attributes["href"] or "", -1)
        for node in below[heads[0] if heads else 0 :]
        if node.tag == "a" and node not in out
    )
    return tuple(sorted({*found} - {-1}))


def _shows_trail(page: Page) -> bool:
    """By its class or its role for machines; else by where it stands and what it says."""
    if page.may_hold(*_OF_A_MARK) and page.holds(_MARKS_OF_TRAIL[0]):
        return True
    content, charset, names = page.content, page.charset.name, page.main_headings[:1]
    if content.find(b"<A HREF", 0, HEAD) >= 0:  # as it was written in the nineties
        content, charset = page.html.lower().encode(), "utf-8"
        names = [name.lower() for name in names]
    body = max(content.find(b"<body"), 0)
    if names and (first := content.find(b"<h1", body)) >= 0:
        before = content[max(body, first - TRAIL) : first]
        if any(mark in before for mark in _MARKS_OF_TRAIL[1:]):
            return True
        return _leads_home(before) and _leads_down(before.decode(charset, "replace"), names[0])
    if any(map(page.holds, _MARKS_OF_TRAIL[1:])):
        return True
    name = page.title.partition(" — ")[0]
    after_home = _after_home(content[body:].decode(charset, "replace"))
    return any(_is_trail(after, name) for after in after_home)


@lru_cache(500)
def _leads_home(before: bytes) -> bool:
    """Whether a link home may stand there; what is above a heading returns on page after page."""
    return b"index." in before or _HOME_LINK.search(before) is not None


def _leads_down(before: str, heading: str) -> bool:
    """Whether steps stand before the heading, or its own words as no link."""
    end, begin = before.find("</a>"), before.find("<a")
    if end >= 0 and (begin < 0 or end < begin):  # the piece begins inside a link
        before = before[end:]
    if heading[:20] in before and _says(before, heading):
        return True
    return _has_steps(before)


@lru_cache(500)
def _has_steps(before: str) -> bool:
    return any(_is_trail(after, "") for after in _after_home(before))


def _after_home(html: str) -> Iterator[str]:
    """What follows each link that is called the first page."""
    for name in _NAMES_OF_HOME:
        place = html.find(f"{name}<")
        while place >= 0:
            end = html.find("</a>", place, place + NAME)
            if end >= 0:
                yield html[end + 4 : end + 4 + STEP]
            place = html.find(f"{name}<", place + 1)


def _is_trail(after: str, heading: str) -> bool:
    """Whether what follows a link home is a step down, and not the next item of a menu."""
    after = _HEADING.split(after, maxsplit=1)[0]
    return bool(_STEP.match(_TAG.sub(" ", after))) or _says(after, heading)


def _says(html: str, heading: str) -> bool:
    if len(heading) < 3:
        return False
    return heading[:60] in squeeze(_TAG.sub(" ", _LINK.sub(" ", html)))


def _canonical(page: Page) -> str:
    if page.content.find(b"canonical", 0, HEAD) < 0:
        return ""
    node = page.lean.css_first("link[rel=canonical][href]")
    written = ((node.attributes.get("href") or "") if node else "").strip()
    if not written:
        return ""
    try:
        address = urljoin(page.address, written)
        return "" if same_address(address, page.address) else address
    except ValueError:
        return written


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing a reader sees: scheme, www, last slash, query."""
    return bare(one) == bare(other)


def bare(address: str) -> tuple[str, str]:
    """Return host and path without what a reader leaves out: www, the last slash, index.html."""
    parts = parts_of(address)
    path = re.sub(r"/(?:index\.\w+)?$", "", parts.path)
    return (parts.hostname or "").removeprefix("www."), path


def _load(page: Page) -> Load:
    words = len(page.text.split())
    return Load(len(page.hrefs), words, len(page.nodes("img")), levels_of(page))


def _names(page: Page) -> tuple[str, ...]:
    """What the head of the page calls the site: its logo, its name, and for machines."""
    said = [page.metas.get("og:site_name") or ""]
    for node in page.select(_NAME_OF_SITE):
        said.append(squeeze(node.text(separator=" ")))
        said += [image.attributes.get("alt") or "" for image in node.css("img[alt]")]
    names = dict.fromkeys(shorten(each, 160) for each in said if len(each) > 3)
    return tuple(names)[:MOST_NAMES]


def search_of(page: Page) -> str:
    """Return where the page's own search asks, up to the words; "" when it has no such form.

    Only a form that sends by GET to its own site and has one field to write in: such a
    form changes nothing.
    """
    for form in page.nodes("form"):
        address = _asked_at(page, form)
        if address:
            return address
    return ""


def _asked_at(page: Page, form: LexborNode) -> str:
    given = form.attributes
    if (given.get("method") or "get").strip().lower() != "get" or form.css("textarea"):
        return ""
    fields = [(node, node.attributes) for node in form.css("input[name]")]
    typed = [each for _, each in fields if (each.get("type") or "").lower() in _TYPED]
    if len(typed) != 1 or form.css("input[type=password], input[type=file], input[type=email]"):
        return ""
    name = typed[0].get("name") or ""
    told = f"{given.get('action')} {given.get('role')} {given.get('class')} {given.get('id')}"
    is_search = typed[0].get("type") == "search" or name.lower() in _SEARCH_NAMES
    if not name or not (is_search or _SAYS_SEARCH.search(f"{told} {name}")):
        return ""
    sent = [
        (each.get("name") or "", each.get("value") or "")
        for _, each in fields
        if (each.get("type") or "").lower() == "hidden"
    ]
    try:
        address = urljoin(page.address, given.get("action") or "").partition("#")[0]
        is_own = parts_of(address).netloc == parts_of(page.address).netloc
    except ValueError:
        return ""
    query = urlencode([*sent, (name, "")], encoding=page.charset.name, errors="replace")
    return f"{address.partition('?')[0]}?{query}" if is_own else ""
