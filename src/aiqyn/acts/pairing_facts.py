"""What a paragraph states that must be the same in both languages.

Dates, terms, sums, percentages, numbers, references to units and numbers of acts, each with its
place. `is_sure` facts must be found in the other text; the others only may.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from aiqyn.acts import pairing_numbers
from aiqyn.acts.pairing_numbers import Number, words
from aiqyn.acts.pairing_references import references
from aiqyn.subjects import dates

TAKEN = "\x01"  # stands for letters that have been read
TERMS = frozenset(
    ["working_day", "calendar_day", "banking_day", "day", "week", "month", "year", "hour", "minute"]
)
SUMS = frozenset(["base", "wage", "tenge", "dollar"])
_DAYS = {"күнтізбелік ": "calendar_day", "жұмыс ": "working_day", "банктік ": "banking_day"}
YEARS = frozenset(map(str, range(1900, 2101)))
_UNIFIED = {ord("ё"): "е", ord("\u00a0"): " ", ord("\u202f"): " ", ord("‑"): "-"}
_UNIFIED |= {ord("—"): "–", ord("\t"): " ", ord("\n"): " "}
_ACT = re.compile(r"№\s?(\d[\w/-]*)")
_COMPOUND = re.compile(
    r"(?<![^\W_])(?P<number>[^\W\d_]{2,30}?)(?=(?:дневн|суточн|недельн|месячн|летн|годичн|часов"
    r"|минутн|кратн|процентн))"
)


class Fact(NamedTuple):
    """Something stated at text[start:end]."""

    kind: str  # "date", "term", "sum", "percent", "reference", "act", "number"
    value: str  # "2026-01-01", "15 working_day", "article 5"
    start: int
    end: int
    is_sure: bool = True


def facts(text: str, language: str) -> list[Fact]:
    """Return what a text states, in order of place."""
    read = text.lower().translate(_UNIFIED)
    if len(read) != len(text):  # a letter whose small form is two: places would not hold
        read = "".join(letter.lower()[:1] for letter in text).translate(_UNIFIED)
    found: list[Fact] = []
    for finder in (_acts, _dates, _days_of_months, references_of):
        new = list(finder(read, language))
        found += new
        read = _without(read, new)
    found += _counted(read, language)
    return sorted(found, key=lambda fact: (fact.start, fact.end))


def _without(text: str, found: list[Fact]) -> str:
    letters = list(text)
    for fact in found:
        letters[fact.start : fact.end] = TAKEN * (fact.end - fact.start)
    return "".join(letters)


def _acts(text: str, language: str) -> Iterator[Fact]:
    for match in _ACT.finditer(text):
        yield Fact("act", match[1], *match.span())


def _dates(text: str, language: str) -> Iterator[Fact]:
    for date in dates.written(text):
        if date.day:
            yield Fact("date", date.day.isoformat(), date.start, date.end)


def _days_of_months(text: str, language: str) -> Iterator[Fact]:
    """«1 қаңтар», «1 января»; «2026 жылғы қаңтар», «январь 2026 года»."""
    day, year = _month_patterns(language)
    names = words().months[language]
    for match in day.finditer(text):
        yield Fact(
            "date", f"--{names.index(match['month']) + 1:02}-{int(match['day']):02}", *match.span()
        )
    for match in year.finditer(text):
        yield Fact("date", f"{match['year']}-{names.index(match['month']) + 1:02}", *match.span())


@cache
def _month_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(words().months[language])
    if language == "kk":
        day = rf"(?<![\d-])(?P<day>[0-3]?\d) (?P<month>{names})\w{{0,6}}"
        return re.compile(day), re.compile(
            rf"(?P<year>(?:19|20)\d\d) жылғы (?P<month>{names})\w{{0,6}}"
        )
    end = r"(?:[ьйяею]|[ея]м|ом|а|у)\b"
    day = rf"(?<![\d-])(?P<day>[0-3]?\d) (?P<month>{names}){end}"
    return re.compile(day), re.compile(rf"\b(?P<month>{names}){end} (?P<year>(?:19|20)\d\d) г")


def references_of(text: str, language: str) -> Iterator[Fact]:
    for value, start, end in references(text, language):
        yield Fact("reference", value, start, end)


def _counted(text: str, language: str) -> Iterator[Fact]:
    """Yield numbers with what they count."""
    numbers = pairing_numbers.find(text, language)
    if language == "ru":
        numbers += _compounds(text)
    found = [_fact(number, text, language) for number in numbers]
    yield from found
    rest = _without(text, found)
    for match in _pattern_of_single(language).finditer(rest):
        yield Fact("term", f"1 {match.lastgroup}", *match.span(), is_sure=False)
    for number in pairing_numbers.ordinals(rest, language):
        yield Fact("number", number.value, number.start, number.end, is_sure=False)


def _compounds(text: str) -> Iterator[Number]:
    """Yield the numbers of «трёхдневный», «пятилетний»."""
    for match in _COMPOUND.finditer(text):
        for number in pairing_numbers.find(match["number"], "ru"):
            yield Number(match.start(), match.end(), number.value, in_words=True)


def _fact(number: Number, text: str, language: str) -> Fact:
    unit, end = _unit_after(text, number.end, language)
    if unit == "year" and not number.in_words and number.value in YEARS:
        return Fact("date", number.value, number.start, end)
    if language == "kk":
        unit = _told_before(text, number, unit)
    if unit in TERMS:
        return Fact("term", f"{number.value} {unit}", number.start, end)
    if unit in SUMS:
        return Fact("sum", f"{number.value} {unit}", number.start, end)
    if unit:
        return Fact("percent", number.value, number.start, end)
    return Fact("number", number.value, number.start, number.end, is_sure=not number.in_words)


def _unit_after(text: str, place: int, language: str) -> tuple[str, int]:
    match = _unit_pattern(language).match(text, place)
    return (str(match.lastgroup), match.end()) if match else ("", place)


@cache
def _unit_pattern(language: str) -> re.Pattern[str]:
    names = "|".join(f"(?P<{unit}>{said[language]})" for unit, said in words().units.items())
    return re.compile(rf"(?:-(?:тен|тан|нан|нен|ден|дан|ға|ге|қа|ке|х|ти|и|ю))?[ –-]?(?:{names})")


def _told_before(text: str, number: Number, unit: str) -> str:
    """Return the unit where its name, or half of it, stands before a Kazakh number.

    «күнтізбелік отыз күн», «айлық есептік көрсеткіштің он еселенген мөлшері».
    """
    before = text[max(0, number.start - 60) : number.start]
    if unit == "day":
        return next((name for word, name in _DAYS.items() if before.endswith(word)), unit)
    if not unit and re.match(r"[ -]?есе", text[number.end : number.end + 5]):
        named = (
            name for name, said in words().multiplied.items() if re.search(rf"(?:{said}) $", before)
        )
        return next(named, "")
    return unit


@cache
def _pattern_of_single(language: str) -> re.Pattern[str]:
    return re.compile(words().single[language])
