"""What rules about the languages of a site need to know of every page."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from urllib.parse import urljoin

from msgspec import Struct
from selectolax.lexbor import LexborNode

from aiqyn.subjects.around import Inside
from aiqyn.subjects.language import declared, language_of_name
from aiqyn.subjects.lexicon import is_listed
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import BEGINNING, Page, shorten
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.asked import EVERY

NEAR = 1  # clicks from the first page within which links and buttons are looked at
MOST_NAMES = 20
LONG = 8_192  # characters of main text of which every one need not be looked at
EVERY_NTH = 5  # one of so many is; lines are indented by fours
LONGEST_NAME = 60  # characters; a longer one is a headline
MOST_ALTERNATES = 6
RUNNING = 2  # words without a capital letter that make a name a phrase of its language

NAMES_OF_LANGUAGES = {
    "қазақша": "kk", "қазақ": "kk", "қазақ тілі": "kk", "қазақ тілінде": "kk", "қаз": "kk",
    "каз": "kk", "казакша": "kk", "kaz": "kk", "qaz": "kk", "kz": "kk", "kk": "kk", "қз": "kk",
    "қазақшасы": "kk", "казахский": "kk", "қк": "kk",
    "русский": "ru", "на русском": "ru", "рус": "ru", "rus": "ru", "ru": "ru", "русский язык": "ru",
    "по-русски": "ru", "орысша": "ru", "russian": "ru",
    "english": "en", "in english": "en", "eng": "en", "en": "en", "англ": "en", "ағылшынша": "en",
    "английский": "en", "kazakh": "kk",
}  # fmt: skip
_ROOT = re.compile(r"^(?:#|javascript:|$)", re.IGNORECASE)
_AROUND = ("nav", "header", "footer", "aside")
_CALLED_SO = "#header, #footer, #menu, .menu, .header"
_BUTTONS = "button, input[type=submit], input[type=button], label"
_BLANK = " \n\t\r\xa0"
_QUOTED = re.compile(r"[«“„\"][^»”\"]{0,120}[»”\"]")


class Languages(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Facts of one page; what is looked at near the first page only says so."""

    size: int = 0  # characters of its main text; of a long one in hundreds, about
    alternates: tuple[tuple[str, str], ...] = ()  # (language, address) its hreflang links name
    scripted: frozenset[str] = frozenset()  # languages that only a script chooses here; near
    untranslated: tuple[tuple[str, str], ...] = ()  # (language, name) of links and buttons; near
    foreign: tuple[tuple[str, str, str], ...] = ()  # ("title" or "h1", language, its text)


def languages_of(page: Page, links: Links, asked: Set[str] = EVERY) -> Languages:
    """Return the facts of `page`."""
    is_near = page.evidence.depth <= NEAR
    own = page.language or ""
    return Languages(
        size=_size(page) if "size" in asked else 0,
        alternates=tuple(_alternates(page)),
        scripted=_scripted(page) if is_near else frozenset(),
        untranslated=tuple(_untranslated(page, own)) if is_near and own else (),
        foreign=tuple(_foreign(page, own)) if own and "foreign" in asked else (),
    )


def _size(page: Page) -> int:
    """To squeeze a long text only to measure it is dear: letters out of all of it tell."""
    beginning = page.beginning
    if len(beginning) < BEGINNING - 1:
        return len(beginning)
    loose = page.loose_text
    seen = loose[::EVERY_NTH] if len(loose) > LONG else loose
    letters = _letters(seen) * len(loose) / len(seen)
    return 100 * round(letters * len(beginning) / _letters(beginning) / 100)


def _letters(text: str) -> int:
    return len(text) - sum(map(text.count, _BLANK))


def _alternates(page: Page) -> Iterator[tuple[str, str]]:
    found = 0
    for node in page.nodes("link"):
        given = node.attributes
        tag, href = given.get("hreflang"), given.get("href")
        if tag and href and tag != "x-default" and found < MOST_ALTERNATES:
            found += 1
            yield declared(tag), _absolute(page, href)


def _absolute(page: Page, href: str) -> str:
    href = href.strip()
    if href.startswith(("https://", "http://")):
        return href
    if href.startswith("/") and not href.startswith("//"):
        return "/".join(page.address.split("/", 3)[:3]) + href
    try:
        return urljoin(page.address, href)
    except ValueError:  # an address that is none, as in "http://[x"
        return ""


def _scripted(page: Page) -> frozenset[str]:
    """Return the languages offered by buttons, lists and empty links."""
    controls: list[LexborNode] = [*page.nodes("button"), *page.nodes("option")]
    controls += [
        link.node for link in page.links if _ROOT.match((link.given.get("href") or "").strip())
    ]
    if page.holds(b"onclick"):
        controls += page.select("span[onclick], div[onclick], li[onclick]")
    return frozenset(filter(None, map(_language_named, controls)))


def _language_named(node: LexborNode) -> str:
    return NAMES_OF_LANGUAGES.get(squeeze(node.text()).lower().rstrip("."), "")


def _untranslated(page: Page, own: str) -> Iterator[tuple[str, str]]:
    """Yield the names around the main text that are in another language than `own`."""
    found = 0
    for name in dict.fromkeys(_names_around(page)):
        if found < MOST_NAMES and (language := foreign_to(own, name)):
            found += 1
            yield language, name


def _names_around(page: Page) -> list[str]:
    frames = [*(node for tag in _AROUND for node in page.nodes(tag)), *page.select(_CALLED_SO)]
    around = Inside(frames)
    names = [
        text
        for node, given, text in page.links
        if node in around and "://" not in (given.get("href") or "") and _is_plain(given)
    ]
    if any(page.holds(each) for each in (b"<button", b"<label", b"submit", b'"button"')):
        for node in page.select(_BUTTONS):
            given = node.attributes
            if _is_plain(given):
                names.append(squeeze(node.text(separator=" ")) or given.get("value") or "")
    return [name for name in names if name and len(name) <= LONGEST_NAME]


def _is_plain(given: Mapping[str, str | None]) -> bool:
    """Whether the element does not say itself of what language it is."""
    return not (given.get("lang") or given.get("hreflang"))


@lru_cache(20_000)
def foreign_to(own: str, name: str) -> str:
    """Return the language a name is in, when it is surely not `own`; "" otherwise.

    Names of languages, of people and of things in quotes belong to every language.
    """
    if name.lower().rstrip(".") in NAMES_OF_LANGUAGES:
        return ""
    plain = _QUOTED.sub(" ", name)
    language = language_of_name(plain)
    if not language or language == own:
        return ""
    words = plain.split()
    is_running = sum(word[0].islower() for word in words) >= RUNNING
    return language if is_running or any(is_listed(word, language) for word in words) else ""


def _foreign(page: Page, own: str) -> Iterator[tuple[str, str, str]]:
    title = _first_part(page.title)
    for what, text in (("title", title), ("h1", next(iter(page.main_headings), ""))):
        if text.lower().startswith("untitled"):  # what an editor program wrote, in no language
            continue
        if language := foreign_to(own, text):
            yield what, language, shorten(text, 80)


_PARTS = re.compile(r"\s[|/–—·•:»-]\s|\s*\|\s*")


def _first_part(title: str) -> str:
    return next(iter(part for part in _PARTS.split(title, maxsplit=1) if part), "")
