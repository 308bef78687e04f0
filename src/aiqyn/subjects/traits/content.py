"""What rules about mandatory content need to know of every page: what its text tells."""

import re
from collections import Counter
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.subjects.dashes import level
from aiqyn.subjects.links import Links
from aiqyn.subjects.once import kept
from aiqyn.subjects.page import Page
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.sections import (
    needs,
    sections,
    sections_aside,
    sections_named,
    sections_of_address,
)
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.symbols import may_be_drawn, may_be_styled, symbols_of
from aiqyn.subjects.traits.leader_cards import OF_EACH
from aiqyn.subjects.traits.leaders import Leader, leaders_of
from aiqyn.subjects.traits.patterns import BEGINNING, OF_TEXT, PATTERNS, PERSON, kept_sentences
from aiqyn.subjects.traits.said import BESIDE_NAME, PROMISE, SPEAKS, told_by
from aiqyn.subjects.traits.shown import shown_of

LEADERS = "leaders"  # the section that presents people
NEAR = 2  # clicks from the first page within which every page but news is read for content
MOST_TEXT = 12_000  # characters of a page that are looked through
MOST_DAMAGE = 3  # of its signs in a text that can be read
LINE = 120  # characters of a line, a heading or a link that names something
MORE = 20  # characters below a heading that tell more than it does


_FIRST = re.compile(r"/?(?:\w{2,3}/?)?(?:(?:index|default)\.\w{2,5})?")  # /, /kk/, /index.php
_DAMAGE = "Р°"  # «а» whose UTF-8 was read as windows-1251 and saved so
_LINES = "h1, h2, h3, h4, h5, h6, th, td, dt, dd, caption, summary, legend, b, strong, a, li, p"
_NONE = re.compile(r"\b(?:нет|жоқ|no|none|отсутству\w+)\b", re.IGNORECASE)
_SPOKEN = 2  # of these on a page
_HEADINGS = "h1, h2, h3, h4, h5, h6, th, dt, caption, summary, legend, b, strong"


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts of one page."""

    is_read: bool = False  # whether its text was looked through at all
    shown: tuple[str, ...] = ()  # of a section: pictures and frames that may tell what it does not
    met: frozenset[str] = frozenset()  # codes of needs its text meets, see sections.yaml
    named: frozenset[str] = frozenset()  # sections that its lesser headings name
    spoken: frozenset[str] = frozenset()  # sections it is plainly of, though nothing on it says so
    candidates: frozenset[str] = frozenset()  # sections its heading or address names
    aside: frozenset[str] = frozenset()  # of `candidates`, those it names by another's name only
    person: str = ""  # whose name its heading is
    leaders: tuple[Leader, ...] = ()  # whom a page called that of the leaders presents
    low_symbols: frozenset[str] = frozenset()  # shown at its very bottom only, see symbols.py
    is_styled: bool = False  # a style sheet may show what the page itself does not
    is_drawn: bool = False  # a picture at its head may show what nothing names


def content_of(page: Page, links: Links) -> Content:
    """Return the facts of `page`; news and what lies deep and unnamed is not looked through."""
    candidates = candidates_of(page)
    if not is_worth_reading(page, candidates):
        unread = _unread(candidates, aside_of(page))
        return _of_news(page, unread) if _lists_news(page) else unread
    text = text_of(page)
    if text.count(_DAMAGE) > MOST_DAMAGE:
        return _unread(candidates, aside_of(page))
    said = level(text)
    told = _told_of(page, said, bool(candidates))
    met = _met(page, said, told, candidates if page.evidence.depth > NEAR else frozenset())
    leaders = _leaders_of(page, links, candidates)
    met = met.union(*(each.met & OF_EACH for each in leaders))  # by the columns of a table, too
    is_first = _FIRST.fullmatch(parts_of(page.address).path) is not None
    headings = (*page.nodes("h2"), *page.nodes("h3"))
    named = frozenset[str]().union(
        *(sections_named(squeeze(each.text(separator=" "))) for each in headings[:60])
    )
    return Content(
        is_read=True,
        shown=shown_of(page, text) if candidates else (),
        met=_shared(met),
        named=_shared(named),
        spoken=_shared(frozenset() if candidates else _spoken(told)),
        candidates=candidates,
        aside=aside_of(page),
        person=next(filter(_is_name, page.main_headings), ""),
        leaders=leaders,
        low_symbols=symbols_of(page)[1] if is_first else frozenset(),
        is_styled=is_first and may_be_styled(page),
        is_drawn=is_first and may_be_drawn(page),
    )


def _lists_news(page: Page) -> bool:
    """Whether the page is called News itself, and a link of the first page leads there."""
    is_near = page.evidence.depth < NEAR
    return is_near and any("news" in sections_named(name) for name in _names_of(page))


def _of_news(page: Page, unread: Content) -> Content:
    """Return what a list of news is plainly of besides: vacancies may stand there."""
    text = level(squeeze(page.loose_text[:BEGINNING]))
    told = _told_of(page, text, is_section=False)
    if not (spoken := _spoken(told)):
        return unread
    return replace(unread, met=_shared(_met(page, text, told, frozenset())), spoken=_shared(spoken))


def _met(page: Page, text: str, told: set[str], candidates: frozenset[str]) -> frozenset[str]:
    """Return the needs of some sections, of all for none, that words or looks of a text meet."""
    asked = _asked_of(candidates)
    seen = (
        code
        for code in asked
        if (see := PATTERNS.get(needs()[code].pattern or "")) and see(page, text)
    )
    return frozenset(told.intersection(asked).union(seen))


@lru_cache(1_000)
def _unread(candidates: frozenset[str], aside: frozenset[str]) -> Content:
    """Return one object for all pages of the same candidates: most pages are such."""
    return Content(candidates=candidates, aside=aside)


def _leaders_of(page: Page, links: Links, candidates: frozenset[str]) -> tuple[Leader, ...]:
    """Return whom a page presents that is called that of the leaders: few are."""
    if LEADERS not in candidates or not any(
        LEADERS in sections_named(name) for name in _names_of(page)
    ):
        return ()
    asked = _asked_of(frozenset({LEADERS}))
    seen = {code: see for code in asked if (see := PATTERNS.get(needs()[code].pattern or ""))}

    def met(text: str) -> set[str]:
        text = level(text)
        return {*told_by(text)} | {code for code, see in seen.items() if see(page, text)}

    return leaders_of(page, links, PERSON, met)


def _is_name(heading: str) -> bool:
    return len(heading.split()) in (2, 3) and PERSON.match(heading) is not None


@kept
def candidates_of(page: Page) -> frozenset[str]:
    """Return the sections that heading, address or the address of the page before may mean."""
    told = frozenset[str]().union(*map(sections_named, _names_of(page)))
    below = sections_of_address(page.address)[1]
    before = sections_of_address(page.evidence.parent)[1] if page.evidence.parent else frozenset()
    return _shared(told | below | before)


def aside_of(page: Page) -> frozenset[str]:
    """Return the sections that every heading which names them names by another's name."""
    names = _names_of(page)
    own = (sections_named(name) - sections_aside(name) for name in names)
    return _shared(frozenset[str]().union(*map(sections_aside, names)).difference(*own))


def _names_of(page: Page) -> list[str]:
    return page.main_headings or [page.title]


def is_worth_reading(page: Page, candidates: frozenset[str]) -> bool:
    if candidates == {"news"}:
        return False
    return bool(candidates) or page.evidence.depth <= NEAR


@kept
def text_of(page: Page) -> str:
    """Return the main text, spaces squeezed; of a page that names no section, its beginning."""
    return squeeze(page.loose_text[: MOST_TEXT if candidates_of(page) else BEGINNING])


@lru_cache(1_000)
def _shared(codes: frozenset[str]) -> frozenset[str]:
    """Return one object for equal sets: there are few, and many pages."""
    return codes


@cache
def _asked_of(candidates: frozenset[str]) -> tuple[str, ...]:
    """Return the needs of some sections; of all when there are none."""
    chosen = [sections()[code] for code in candidates] or list(sections().values())
    asked = {code for each in chosen for need in each.asks for code in need.split("|")}
    return tuple(sorted(asked))


@cache
def _told_by_name() -> tuple[str, ...]:
    return tuple(code for code, need in needs().items() if need.beside_name)


@cache
def _things() -> tuple[frozenset[str], frozenset[str]]:
    """Return the needs that may be promised only, and those that a line has to name."""
    known = needs().items()
    return (
        frozenset(code for code, need in known if need.is_thing),
        frozenset(code for code, need in known if need.is_named),
    )


def _told_of(page: Page, text: str, is_section: bool) -> set[str]:
    """Return the needs whose words the text has, of a section's page without what it promises.

    Some words tell only where a person is named too.
    """
    met = set(told_by(text))
    if is_section:
        met -= _not_there(page, text, met)
    for code in _told_by_name():
        if met.isdisjoint((code, code + BESIDE_NAME)):
            continue
        if PERSON.search(text[:BEGINNING]):
            met.add(code)
        elif code in met and code not in told_by(_without_headings(page, text)):
            met.discard(code)
    return met


def _spoken(told: set[str]) -> frozenset[str]:
    """Return the sections of which the text has several words that only they have together."""
    codes = Counter(each.partition(SPEAKS)[0] for each in told if SPEAKS in each)
    return frozenset(code for code, times in codes.items() if times >= _SPOKEN)


def _not_there(page: Page, text: str, met: set[str]) -> set[str]:
    """Return those of the needs `met` that sentences only promise or no line names."""
    things, named = (met & each for each in _things())
    if PROMISE in met and things:
        things -= told_by(" ".join(kept_sentences(text)))
    else:
        things = set()
    if named := named - things:
        lines = {squeeze(each.text(separator=" ")) for each in page.lean.css(_LINES)}
        lines = lines if text is text_of(page) else set(map(level, lines))
        said = (line for line in lines if len(line) <= LINE and line in text)
        if _tells_more(page, text):
            named -= set[str]().union(*(told_by(" ".join(kept_sentences(line))) for line in said))
    return things | named


def _tells_more(page: Page, text: str) -> bool:
    """Whether anything stands below the heading but promises; that there is none is enough."""
    for heading in page.main_headings:
        text = text.replace(heading, "", 1)
    said = "".join(kept_sentences(text)).strip()
    return len(said) >= MORE or _NONE.search(said) is not None


def _without_headings(page: Page, text: str) -> str:
    headings = [level(squeeze(each.text(separator=" "))) for each in page.lean.css(_HEADINGS)]
    for heading in sorted(filter(None, headings), key=len, reverse=True):
        text = text.replace(heading, " ", 1)
    return text


def met_by(text: str) -> frozenset[str]:
    """Return the needs that a text alone meets, as that of a document; spaces are squeezed."""
    text = level(text)
    met, nowhere = set(told_by(text)), Page(b"")
    for code in _told_by_name():
        if code + BESIDE_NAME in met and PERSON.search(text[:BEGINNING]):
            met.add(code)
    seen = {
        code
        for code, need in needs().items()
        if need.pattern in OF_TEXT and PATTERNS[need.pattern](nowhere, text)
    }
    return _shared(frozenset(met & needs().keys() | seen))
