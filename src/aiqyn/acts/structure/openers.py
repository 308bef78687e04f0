"""Which lines open a unit: «2-тарау. Жалпы ережелер», «Статья 5-1. …», «12-1) …», «а) …»."""

import re
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from aiqyn.acts.model import Kind
from aiqyn.acts.reading.lines import Line
from aiqyn.acts.structure.words import any_of, words

RANKS = {
    Kind.APPENDIX: 0,
    Kind.PART: 10,
    Kind.SECTION: 20,
    Kind.SUBSECTION: 30,
    Kind.CHAPTER: 40,
    Kind.SUBCHAPTER: 50,
    Kind.ARTICLE: 60,
    Kind.NOTE: 65,
    Kind.POINT: 70,
    Kind.SUBPOINT: 80,
}
LETTERED = 90  # «а)» stands below «1)»
LONGEST_HEADING = 400  # characters

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = rf"\d{{1,4}}(?:[-–‑]\d{{1,3}})*[{_RAISED}]*"
_NUMBER = rf"(?:{_DIGITS}|[IVXLCІХ]{{1,7}})"
_ITEM = rf"\d{{1,3}}(?:[-–‑]\d{{1,3}})*[{_RAISED}]*"
_POINT = re.compile(rf"(?P<number>{_ITEM})\.(?=[^\d.]|$)\s*(?P<rest>.*)", re.DOTALL)
_DEEPER = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3})+)(?:\.(?!\d)\s*|\s+(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ«\"]))(?P<rest>.*)",
    re.DOTALL,
)
_SUBPOINT = re.compile(rf"(?P<number>{_ITEM})\)\s*(?P<rest>.*)", re.DOTALL)
_LETTER = re.compile(r"(?P<number>[а-яёәғқңөұүһіa-z])\)\s*(?P<rest>.*)", re.DOTALL)
_ROMAN = str.maketrans("ІХ", "IX")  # typed with Cyrillic letters
_UNRAISED = str.maketrans(_RAISED, "0123456789")
_ENDS = (".", ";", ":", ",")


class Opener(Struct, frozen=True):
    """A line that opens a unit."""

    kind: Kind
    number: str
    marker: str
    rest: str  # what follows on the line
    rank: int  # a unit closes those of its rank and of greater ones


def opener(line: Line) -> Opener | None:
    """Return what the line opens; None for a line that goes on."""
    text = line.text
    if not text or line.rows or line.note:
        return None
    return _item(text) or _titled(line)


def _item(text: str) -> Opener | None:
    """Return the point or subpoint a line begins; cheap, most lines are one."""
    if text[0].isdigit():
        if found := _POINT.match(text):
            return _made(Kind.POINT, found, text, RANKS[Kind.POINT])
        if found := _SUBPOINT.match(text):
            return _made(Kind.SUBPOINT, found, text, RANKS[Kind.SUBPOINT])
        if found := _DEEPER.match(text):
            depth = found["number"].count(".")
            return _made(Kind.POINT, found, text, RANKS[Kind.POINT] + min(depth, 9))
    elif text[1:2] == ")" and (found := _LETTER.match(text)):
        return _made(Kind.SUBPOINT, found, text, LETTERED)
    return None


def _made(kind: Kind, found: re.Match[str], text: str, rank: int) -> Opener:
    marker = text[: found.start("rest")].strip()
    return Opener(kind, plain(found["number"]), marker, found["rest"].strip(), rank)


class _Title(NamedTuple):
    kind: Kind
    pattern: re.Pattern[str]


def _titled(line: Line) -> Opener | None:
    if line.text.casefold().strip(" .") in _parts():
        return Opener(Kind.PART, "", line.text, "", RANKS[Kind.PART])
    for kind, pattern in _titles():
        found = pattern.match(line.text)
        if found and _is_meant(kind, found, line):
            number = found["number"] or _ordinal(found["ordinal"])
            marker = line.text[: found.start("rest")].strip()
            return Opener(kind, plain(number), marker, found["rest"], RANKS[kind])
    return None


@cache
def _parts() -> frozenset[str]:
    return frozenset(words().parts)


@cache
def _titles() -> tuple[_Title, ...]:
    """A pattern for each kind and language; a unit's number stands before its word or after."""
    kk, ru = (any_of(words().ordinals[language]) for language in ("kk", "ru"))
    end = r"(?P<dot>[.:]?)(?=\s|$)\s*(?P<rest>.*)"
    made: list[_Title] = []
    for each in words().units:
        before = rf"(?:(?P<number>{_NUMBER})\s?[-–‑]?\s?|(?P<ordinal>{kk})\s+)(?:{any_of(each.kk)})"
        after = rf"(?:{any_of(each.ru)})\s*(?:№\s*)?(?:(?P<number>{_NUMBER})|(?P<ordinal>{ru})\w*)"
        both = (re.compile(one + end, re.IGNORECASE | re.DOTALL) for one in (before, after))
        made.extend(_Title(each.kind, pattern) for pattern in both)
    return tuple(made)


def _is_meant(kind: Kind, found: re.Match[str], line: Line) -> bool:
    """Whether the line is a unit's own beginning, not a sentence that speaks of the unit."""
    rest = found["rest"]
    if not rest or found["dot"]:
        return True
    if rest[0].islower() or rest.endswith(_ENDS) or len(rest) > LONGEST_HEADING:
        return False
    return line.is_heading or kind is not Kind.ARTICLE


def _ordinal(word: str) -> str:
    """Return "2" for «екінші» and «второй»."""
    every = (*words().ordinals["kk"], *words().ordinals["ru"])
    return str(every.index(word.lower()) % len(words().ordinals["kk"]) + 1)


def plain(number: str) -> str:
    """Return a printed number as a plain one: «5–1» and «5¹» as "5-1", «ІІ» as "II"."""
    number = re.sub(rf"(?<=\d)([{_RAISED}]+)", lambda found: f"-{found[1]}", number)
    return number.translate(_UNRAISED).translate(_ROMAN).replace("–", "-").replace("‑", "-")
