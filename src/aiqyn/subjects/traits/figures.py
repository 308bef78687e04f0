"""Figures a text tells with what they count, and where two versions of a page contradict."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from aiqyn.subjects.traits.said import lowered

MOST = 60  # figures of a page that are compared; a longer table is not
FEWEST_SHARED = 3  # figures in which two versions agree, before one in which they do not is told
EACH = 3  # agreeing figures for each that differs
_FIGURE = re.compile(  # with the word behind it: "12 өтініш", "8-і қанағаттандырылды", "4,8 %"
    r"([0-9](?<![\w.,/:№#+()–-][0-9])(?<![0-9]\s[0-9])"
    r"(?:[0-9]{0,2}(?:\s[0-9]{3})+|[0-9]{0,8}(?:[.,][0-9]{1,3})?))"
    r"(?:-[^\W\d_]{1,4})?\s?(%|[^\W\d_]{2,20})"
)
_THREE = re.compile(r"[.,]\d{3}\s")
_YEAR = range(1900, 2101)
_COUNTERS = (
    "просмотр", "рет қарал", "қаралым", "қаралды:", "көрілім", "рет оқыл", "views", "прочит",
    "комментар", "пікір",
)  # fmt: skip
_SCALES = {  # zeros of a word, by how it begins
    "мың": 3, "тыс": 3, "thou": 3, "миллиард": 9, "млрд": 9, "mlrd": 9, "bil": 9, "bln": 9,
    "милли": 6, "млн": 6, "mln": 6, "mil": 6, "трил": 12, "трлн": 12, "tril": 12, "trln": 12,
}  # fmt: skip
_TIMES = {  # what one version tells in hours, the other may tell in minutes
    "сағ": "hour", "час": "hour", "hour": "hour", "мин": "minute", "min": "minute",
    "күн": "day", "тәул": "day", "дн": "day", "ден": "day", "сут": "day", "day": "day",
    "жұмыс": "day", "раб": "day", "working": "day", "business": "day", "кален": "day",
    "calendar": "day", "апта": "week", "недел": "week", "week": "week",
    "месяц": "month", "month": "month", "ай": "month", "жыл": "year", "год": "year",
    "лет": "year", "year": "year",
}  # fmt: skip
_BEFORE, _BEHIND = 25, 12  # characters in which such a word may stand


def figures_in(text: str, dated: Collection[range]) -> tuple[str, ...]:
    """Return the figures of a text with what they count, in its order; () for more than MOST.

    Days (`dated` says where they stand), years and counters of visitors are left out.
    """
    found: list[str] = []
    for told in _figures(text, dated):
        found.append(told)
        if len(found) > MOST:
            return ()
    return tuple(found)


def _figures(text: str, dated: Collection[range]) -> Iterator[str]:
    days = {place for span in dated for place in span}
    small = lowered(text)
    counters = [word for word in _COUNTERS if word in small]  # most pages have none
    for each in _FIGURE.finditer(text):
        start, end = each.span()
        if start in days or (each[1].isdecimal() and int(each[1]) in _YEAR):
            continue
        near = small[max(0, start - _BEFORE) : end + _BEHIND] if counters else ""
        if not any(map(near.__contains__, counters)):
            yield f"{each[1]} {each[2]}"


def contradictions(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    """Return the figures that differ where two versions tell as many, in one order.

    None where too many do: then they tell of other things. One written in thousands and the
    other in millions is the same; one in hours and the other in minutes nobody compares.
    """
    if len(one) != len(other) or sorted(map(_value, one)) == sorted(map(_value, other)):
        return []
    unlike = [pair for pair in zip(one, other, strict=True) if not _is_same(*pair)]
    differ = [pair for pair in unlike if not _are_other_times(*pair)]
    shared = len(one) - len(unlike)
    return differ if shared >= max(FEWEST_SHARED, EACH * len(differ)) else []


def _value(told: str) -> Decimal:
    return Decimal("".join(told.split()[:-1]).replace(",", "."))


def _is_same(one: str, other: str) -> bool:
    """Whether two figures are one number; where one alone says "млн", but for its zeros."""
    zeros, of_other = (_SCALES.get(_begins(each, _SCALES), 0) for each in (one, other))
    if bool(zeros) != bool(of_other):
        return _digits(one) == _digits(other)
    mine, theirs = _readings(one, zeros), _readings(other, of_other)
    return not mine.isdisjoint(theirs)


def _readings(told: str, zeros: int) -> set[Decimal]:
    """Return what a figure may stand for: 1,200 is more than one, or more than a thousand."""
    value = _value(told)
    read = {value, value.scaleb(3)} if _THREE.search(told) else {value}
    return {each.scaleb(zeros) for each in read}


def _digits(told: str) -> tuple[int, ...]:
    return _value(told).normalize().as_tuple().digits


def _are_other_times(one: str, other: str) -> bool:
    """Whether two figures count time, each in units of its own."""
    mine, theirs = (_TIMES.get(_begins(each, _TIMES)) for each in (one, other))
    return mine is not None and theirs is not None and mine != theirs


def _begins(told: str, words: Collection[str]) -> str:
    """Return which of the words begins the one behind a figure; "" for none."""
    word = told.split()[-1].lower()
    return next((each for each in words if word.startswith(each)), "")
