"""Personal data in what people write themselves: found by its form and by the words before it.

A column of a table is judged in bulk (`personal_columns`); a sentence stands alone, so what
comes before a number decides: after «ИИН» any twelve digits are one, after «договор №» none.
Full names stay: officials have names, and citizens may speak of them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects import personal
from aiqyn.subjects.personal import ACCOUNT, CARD, EMAIL, IIN, PHONE, Found

PLATE, DOCUMENT = "personal_plate", "personal_document"
BEFORE = 28  # characters before a number that say what it is

# Letters may touch a number: which of them it is told by is looked at afterwards.
_GAP = r"[\s().\-_]"
_MOBILE = re.compile(rf"(?<![\d+])\+?[78]{_GAP}{{0,3}}7\d\d(?:{_GAP}{{0,3}}\d){{7}}(?!\d)")
_SHORT_MOBILE = re.compile(rf"(?<![\d+])\(?7\d\d(?:{_GAP}{{0,3}}\d){{7}}(?!\d)")
_LINE = re.compile(rf"(?<![\d+])(?:(?:\+?7|8){_GAP}{{0,3}})?\(?7\d(?:{_GAP}{{0,3}}\d){{8}}(?!\d)")
_LOCAL = re.compile(r"(?<![\d\w+-])\d\d-?\d\d-?\d\d(?![\d\w-])")
_TWELVE = re.compile(r"(?<!\d)\d(?:[ -]?\d){11}(?!\d)")
_CARD = re.compile(r"(?<!\d)(?:\d{4}(?:[ -]?\d{4}){3}|\d{4}[ -]\d{6}[ -]\d{5}|\d{15,19})(?![\d\w])")
_ACCOUNT = re.compile(r"(?<!\w)KZ ?\d\d(?: ?[A-Z0-9]){16}(?!\w)", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]+\.)+[a-z]{2,24})(?![\w-])", re.IGNORECASE
)
_PLATE = re.compile(r"(?<![\d\w])\d{3} ?[A-ZАВЕКМНОРСТУХ]{2,3} ?(\d{2})(?![\d\w])")
_DOCUMENT = re.compile(r"(?<!\d)[NnНн]?\d{8,9}(?![\d\w])")
_NOT_ASCII_DIGIT = re.compile(r"[^\D0-9]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_TOUCHING = re.compile(r"[^\W\d_]+\Z")
_SMALL = re.compile(r"[а-яёәғқңөұүһі]")
_PLAIN = {  # as they are typed on a keyboard, one for one
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D), "-"),
    **dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    0xFF0B: "+",
}


class Masked(Noun, frozen=True, kw_only=True):
    """A text without personal data, and where what stood before; places are of the old text."""

    text: str
    found: tuple[Found, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Each kind once, in the order of the text."""
        return tuple(dict.fromkeys(each.kind for each in self.found))


class Lore(Noun, frozen=True, kw_only=True):
    """What personal_prose.yaml knows."""

    of_person: tuple[str, ...]
    of_organisation: tuple[str, ...]
    of_telephone: tuple[str, ...]
    of_own_line: tuple[str, ...]
    of_document: tuple[str, ...]
    of_card: tuple[str, ...]
    plates: int
    treasury: str
    offices: frozenset[str]
    office_names: frozenset[str]


@cache
def lore() -> Lore:
    """Return the words that tell personal data in a sentence."""
    return read(ROOT / "subjects" / "personal_prose.yaml", Lore)


def mask(text: str) -> Masked:
    """Return `text` with its personal data masked, and what was found, in the order of the text.

    IIN, mobile and own telephones, cards, accounts, personal mail, plates of cars, numbers of
    identity documents. Nothing of a number stays: who knows the person must not know it by its end.
    Numbers of laws, organisations (BIN) and contracts, dates, sums stay.
    """
    shown, places = _shown(text)
    plain = _NOT_ASCII_DIGIT.sub(lambda match: str(unicodedata.digit(match[0], 0)), shown)
    kept: list[Found] = []
    end = 0
    for found in sorted(_found(plain), key=lambda each: (each.begin, -each.end)):
        if found.begin >= end:
            begin, last = places[found.begin], places[found.end - 1]
            kept.append(replace(found, begin=begin, end=last + 1))
            end = found.end
    written, place = "", 0
    for found in kept:
        written += text[place : found.begin] + found.masked
        place = found.end
    return Masked(text=written + text[place:], found=tuple(kept))


def _shown(text: str) -> tuple[str, Sequence[int]]:
    """Return what a reader sees of a text, in plain signs, and the place of each in the text."""
    plain = text.translate(_PLAIN)
    if not _UNSEEN.search(plain):
        return plain, range(len(plain))
    places = [place for place, letter in enumerate(plain) if not _UNSEEN.match(letter)]
    return _UNSEEN.sub("", plain), places


def _found(text: str) -> Iterator[Found]:
    yield from _emails(text)
    if not any(letter.isdigit() for letter in text):
        return
    for search in (_iins, _cards, _accounts, _mobiles, _lines, _plates, _documents):
        yield from search(text)


def _iins(text: str) -> Iterator[Found]:
    for match in _TWELVE.finditer(text):
        digits = _digits(match[0])
        is_whole = re.fullmatch(r"\d{6}[ -]?\d{6}", match[0]) is not None
        said = _last_said(text, match.start())
        if _is_touched(text, match):
            is_told = said == "person" and _is_told(text, match, lore().of_person)
        else:
            is_told = said == "person" or (is_whole and not said and personal.is_iin(digits))
        if is_told:
            yield _of(IIN, match, "**** **** ****")


def _cards(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        digits = _digits(match[0])
        is_usual = len(digits) == 16 or not match[0].isdigit()
        said = _says(text, match.start(), lore().of_card)
        if not _is_told(text, match, lore().of_card):
            continue
        if personal.is_card(digits) and (said or is_usual) and not _is_of_office(text, match):
            yield _of(CARD, match, "**** **** **** ****")


def _accounts(text: str) -> Iterator[Found]:
    for match in _ACCOUNT.finditer(text):
        number = match[0].replace(" ", "").upper()
        if personal.is_account(number) and number[4:7] != lore().treasury:
            yield _of(ACCOUNT, match, "KZ** **** ****")


def _mobiles(text: str) -> Iterator[Found]:
    words = lore().of_telephone
    for match in _MOBILE.finditer(text):
        is_told = _SMALL.match(text, match.start() - 1) or _is_told(text, match, words)
        if is_told and _is_mobile(_digits(match[0])[1:]) and not _is_of_office(text, match):
            yield _of(PHONE, match, "+7 *** *** ** **")
    for match in _SHORT_MOBILE.finditer(text):
        is_told = _is_told(text, match, words) and _says(text, match.start(), words)
        if is_told and _is_mobile(_digits(match[0])):
            yield _of(PHONE, match, "+7 *** *** ** **")


def _lines(text: str) -> Iterator[Found]:
    """Telephones of a flat; those of offices are public."""
    for pattern in (_LINE, _LOCAL):
        for match in pattern.finditer(text):
            words = lore().of_own_line
            if _is_told(text, match, words) and _says(text, match.start(), words):
                yield _of(PHONE, match, "*** ** **")


def _plates(text: str) -> Iterator[Found]:
    for match in _PLATE.finditer(text):
        if 1 <= int(match[1]) <= lore().plates:
            yield _of(PLATE, match, "*** *** **")


def _documents(text: str) -> Iterator[Found]:
    for match in _DOCUMENT.finditer(text):
        words = lore().of_document
        if _is_told(text, match, words) and _says(text, match.start(), words):
            yield _of(DOCUMENT, match, "*********")


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        name, domain = match[1].casefold(), match[2].casefold()
        is_office = any(domain == each or domain.endswith(f".{each}") for each in lore().offices)
        is_personal = domain in personal.lore().mail_services
        if is_personal or not (is_office or name in lore().office_names):
            yield _of(EMAIL, match, f"{match[0][0]}***@{match[2]}")


def _is_touched(text: str, match: re.Match[str]) -> bool:
    """Whether a letter or a low line stands right before or behind a number."""
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return re.search(r"\w", around) is not None


def _is_told(text: str, match: re.Match[str], words: tuple[str, ...]) -> bool:
    """Whether letters that touch a number from the left, if any, are a word that tells it."""
    touching = _TOUCHING.search(text, max(0, match.start() - BEFORE), match.start())
    return touching is None or any(word in touching[0].casefold() for word in words)


def _is_mobile(digits: str) -> bool:
    return digits[:3] in personal.lore().mobile


def _is_of_office(text: str, match: re.Match[str]) -> bool:
    return _last_said(text, match.start()) == "organisation"


def _last_said(text: str, begin: int) -> str:
    """Return whose number the nearest telling word before it says: "" where none does."""
    before = _before(text, begin)
    person = max(before.rfind(word) for word in lore().of_person)
    organisation = max(before.rfind(f" {word}") for word in lore().of_organisation)
    if person < 0 and organisation < 0:
        return ""
    return "person" if person > organisation else "organisation"


def _says(text: str, begin: int, words: tuple[str, ...]) -> bool:
    before = _before(text, begin)
    return any(f" {word}" in before for word in words)


def _before(text: str, begin: int) -> str:
    """Return what comes before a number in its sentence, each word after a space."""
    part = text[max(0, begin - BEFORE) : begin].casefold()
    part = re.split(r"[.!?]\s", part)[-1]
    return " " + re.sub(r"[(,:;«\"/\n_]", " ", part)


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)


def _of(kind: str, match: re.Match[str], masked: str) -> Found:
    return Found(kind=kind, begin=match.start(), end=match.end(), masked=masked)
