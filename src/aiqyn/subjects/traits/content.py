"""What rules about mandatory content need to know of every page: what its text tells."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from aiqyn.subjects.dates import fold
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.sections import Need, needs, sections, sections_named, sections_of_address
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.symbols import may_be_styled, symbols_of

NEAR = 2  # clicks from the first page within which every page but news is read for content
MOST_TEXT = 20_000  # characters of a page that are looked through
FIRST = 1  # clicks within which the first pages of all languages lie
MOST_DAMAGE = 3
LITTLE = 100  # characters of main text below which all text of the page is taken
LONG = 500  # characters that tell a list even where nothing is marked up as one

_CAPITAL, _SMALL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ", "a-zа-яёәғқңөұүһі'"
_ENDINGS = (
    "ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ұлы|улы|қызы|кызы|ович|евич|овна|евна|бек|бай|баев|хан"
    "|жан|гүл|гуль|ский|ская|енко|ov|ova|ev|eva|yev|yeva|uly|kyzy|qyzy|bek|bay|bai|khan|zhan"
)
_PERSON = re.compile(
    rf"\b[{_CAPITAL}]\.\s?(?:[{_CAPITAL}]\.\s?)?[{_CAPITAL}][{_SMALL}]{{2,}}"
    rf"|\b[{_CAPITAL}][{_SMALL}]{{2,}}\s[{_CAPITAL}]\."
    rf"|\b[{_CAPITAL}][{_SMALL}]+(?:{_ENDINGS})\s[{_CAPITAL}][{_SMALL}]{{2,}}"
    rf"|\b[{_CAPITAL}][{_SMALL}]{{2,}}\s[{_CAPITAL}][{_SMALL}]+(?:{_ENDINGS})\b"
)
_TELEPHONE = re.compile(
    r"[+(]?\b[78][\s(–-]{0,2}7\d{2}|\(\d{3,6}\)\s?\d|\b\d{1,3}-\d\d-\d\d\b|\b1[01]\d\b|\b1414\b"
)
_CLOCK = re.compile(r"(?<![\d.])[0-2]?\d[:.-][0-5]0(?![\d.])|сағат|\bчас|o'clock|\b[ap]\.?m\b")
_FIGURE = re.compile(r"(?<![\d.,/:№-])(?!(?:19|20)\d\d\b)\d+(?:[\s.,]\d+)*(?![\d/:-])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ACT = re.compile(r"(?:№|\bno\.?|\bn°)\s?\d", re.IGNORECASE)
_UNITS = ("бөлім", "басқарма", "департамент", "комитет", "сектор", "отдел", "управлени", "division",
          "department", "unit", "committee", "бөлимше", "болим", "баскарма")  # fmt: skip
_DAMAGE = "Р°"  # «а» whose UTF-8 was read as windows-1251 and saved so
_PICTURES = "main img, article img, [role=main] img, #content img, .content img, main svg, main map"


class Content(Struct, frozen=True, kw_only=True):
    """Facts of one page."""

    is_read: bool = False  # whether its text was looked through at all
    met: frozenset[str] = frozenset()  # codes of needs its text meets, see sections.yaml
    named: frozenset[str] = frozenset()  # sections that its lesser headings name
    candidates: frozenset[str] = frozenset()  # sections its heading or address names
    is_person: bool = False  # its heading is somebody's name
    low_symbols: frozenset[str] = frozenset()  # shown at its very bottom only, see symbols.py
    is_styled: bool = False  # a style sheet may show what the page itself does not


def content_of(page: Page, links: Links) -> Content:
    """Return the facts of `page`; news and what lies deep and unnamed is not looked through."""
    candidates = candidates_of(page)
    if not is_worth_reading(page, candidates):
        return Content()
    text = text_of(page)
    if text.count(_DAMAGE) > MOST_DAMAGE:
        return Content(candidates=candidates)
    asked = _asked_of(candidates if page.evidence.depth > NEAR else frozenset())
    met = frozenset(code for code in asked if _is_met(needs()[code], page, text))
    headings = (*page.nodes("h2"), *page.nodes("h3"))
    named = frozenset[str]().union(
        *(sections_named(squeeze(each.text(separator=" "))) for each in headings[:60])
    )
    return Content(
        is_read=True,
        met=_shared(met),
        named=_shared(named),
        candidates=candidates,
        is_person=any(map(_is_name, page.main_headings)),
        low_symbols=symbols_of(page)[1] if page.evidence.depth <= FIRST else frozenset(),
        is_styled=page.evidence.depth <= FIRST and may_be_styled(page),
    )


def _is_name(heading: str) -> bool:
    return len(heading.split()) in (2, 3) and _PERSON.match(heading) is not None


def candidates_of(page: Page) -> frozenset[str]:
    """Return the sections that heading, address or the address of the page before may mean."""
    headings = page.main_headings or [page.title]
    told = frozenset[str]().union(*map(sections_named, headings))
    below = sections_of_address(page.address)[1]
    before = sections_of_address(page.evidence.parent)[1] if page.evidence.parent else frozenset()
    return _shared(told | below | before)


def is_worth_reading(page: Page, candidates: frozenset[str]) -> bool:
    if candidates == {"news"}:
        return False
    return bool(candidates) or page.evidence.depth <= NEAR


def text_of(page: Page) -> str:
    """Return the main text, or all text where the main part cannot be told; spaces squeezed."""
    text = squeeze(page.loose_text[:MOST_TEXT])
    return text if len(text) >= LITTLE else squeeze(page.text[:MOST_TEXT])


@lru_cache(1_000)
def _shared(codes: frozenset[str]) -> frozenset[str]:
    """Return one object for equal sets: there are few, and many pages."""
    return codes


@cache
def _asked_of(candidates: frozenset[str]) -> tuple[str, ...]:
    """Return the needs of some sections; of all when there are none."""
    chosen = [sections()[code] for code in candidates] or list(sections().values())
    asked = {code for each in chosen for need in each.needs for code in need.split("|")}
    return tuple(sorted(asked))


@lru_cache(1_000)
def _spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words, and as they are typed without a Kazakh keyboard."""
    return tuple(dict.fromkeys(each for word in words for each in (word, fold(word))))


def _is_met(need: Need, page: Page, text: str) -> bool:
    if need.pattern:
        return _PATTERNS[need.pattern](page, text)
    lower = _lower(text)
    return any(word in lower for word in _spellings(need.words))


@lru_cache(2)
def _lower(text: str) -> str:
    return text.lower()


def _has_figures(_: Page, text: str) -> bool:
    return sum(1 for _ in _first(_FIGURE.finditer(text), 3)) == 3


def _first(found: Iterator[re.Match[str]], most: int) -> Iterator[re.Match[str]]:
    return (match for _, match in zip(range(most), found, strict=False))


_PATTERNS: dict[str, Callable[[Page, str], bool]] = {
    "person": lambda _, text: _PERSON.search(text) is not None,
    "telephone": lambda _, text: _TELEPHONE.search(text) is not None,
    "email": lambda _, text: "@" in text,
    "units": lambda _, text: sum(map(_lower(text).count, _UNITS)) >= 3,
    "items": lambda _, text: len(text) >= LONG,  # links and documents are counted later
    "document": lambda _page, _text: False,  # counted by whoever sees the whole site
    "table": lambda page, _: page.holds(b"<table"),
    "picture": lambda page, _: page.tree.css_first(_PICTURES) is not None,
    "figures": _has_figures,
    "period": lambda _, text: _YEAR.search(text) is not None,
    "clock": lambda _, text: _CLOCK.search(_lower(text)) is not None,
    "act": lambda _, text: _ACT.search(text) is not None,
    "questions": lambda _, text: text.count("?") >= 2,
}
