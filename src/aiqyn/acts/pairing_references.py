"""References to units of acts: «5-баптың 2-тармағы», «пункт 2 статьи 5»."""

import re
from collections.abc import Iterator
from functools import cache

from aiqyn.acts.pairing_numbers import ordinal, ordinal_pattern, words

WIDEST = 200  # units a range may stand for
LONGEST = 40  # units named in one list
_ITEM = r"(?:\d{1,5}(?:-\d{1,5}){0,3}\)?|\b[ivx]{1,6}\b)"
_AND = {
    "kk": r"(?:\s?,\s?|\s-\s|(?<=\))-|\s?–\s?|\s?;\s?|\s(?:және|немесе|мен|пен|бен)\s)",
    "ru": r"(?:\s?,\s?|\s-\s|(?<=\))-|\s?–\s?|\s?;\s?|\s(?:и|или|по)\s)",
}
_WORD = re.compile(r"[^\W\d_]+")
_RANGE = re.compile(r"(\d+)(?:\)\s?[-–]|\s?–|\s-\s|\sпо)\s?(\d+)\)?")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_TOKEN = re.compile(r"\d+(?:-\d+)*|[^\W\d_]+")


def references(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """Yield ("article 5", start, end) for every unit named with a number; ranges are told out."""
    for match in _pattern(language).finditer(text):
        unit = next(name for name, said in match.groupdict().items() if said and name[0] != "_")
        listed = match["_before"] or match["_after"] or ""
        for number in _numbers(listed, language):
            yield f"{unit.rstrip('2')} {number}", match.start(), match.end()


@cache
def _pattern(language: str) -> re.Pattern[str]:
    said = words().references
    one, join = rf"(?:{_ITEM}|{ordinal_pattern(language)})", _AND[language]
    listed = rf"{one}(?:-?{join}{one}){{0,{LONGEST}}}"
    if language == "kk":
        names = "|".join(f"(?P<{unit}>{names['kk']})" for unit, names in said.items())
        return re.compile(rf"(?<![\w-])(?P<_before>{listed})(?P<_after>)\s?[-–]?\s?(?:{names})")
    after = "|".join(f"(?P<{unit}>{names['ru']})" for unit, names in said.items())
    before = "|".join(f"(?P<{unit}2>{names['ru']})" for unit, names in said.items())
    ordinals = ordinal_pattern("ru")
    first = rf"\b(?:{after})\s(?:№\s?)?(?P<_after>{listed})(?!\w)"
    second = rf"\b(?P<_before>{ordinals}(?:{join}{ordinals}){{0,9}})\s(?:{before})\b"
    return re.compile(rf"{first}|{second}")


def _numbers(listed: str, language: str) -> Iterator[str]:
    """Return the numbers of a list, those a range leaves out too."""
    for match in _RANGE.finditer(listed):
        low, high = int(match[1]), int(match[2])
        if low < high <= low + WIDEST:
            yield from map(str, range(low + 1, high))
    for token in _TOKEN.findall(listed):
        if token[0].isdigit():
            yield token
        elif set(token) <= set(_ROMAN):
            yield str(_roman(token))
        elif value := ordinal(token, language):
            yield value


def _roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
