"""Who signed: «Министр А. Есқараев», «Қазақстан Республикасының Президенті Қ. Тоқаев»."""

import re
from collections.abc import Sequence
from functools import cache

from aiqyn.acts.reading.lines import Line
from aiqyn.acts.structure.openers import opener
from aiqyn.acts.structure.words import any_of, words

LONGEST = 160  # characters
MOST_LINES = 40  # with the bodies that agreed
_LETTER = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_SMALL = "а-яёәғқңөұүһі"
_SURNAME = rf"[{_LETTER}][{_SMALL}-]+"
_INITIALS = rf"(?:[{_LETTER}]\.\s?){{1,2}}"
_NAME = rf"{_INITIALS}\s?{_SURNAME}|{_SURNAME}\s+{_INITIALS}"
_ENDS = (".", ";", ":", ",")
_GENITIVE = re.compile(r"[ндт][ыі]ң$")


@cache
def _signer() -> re.Pattern[str]:
    offices = any_of(words().offices["kk"], words().offices["ru"])
    return re.compile(
        rf"(?=.*\b(?i:{offices})\b).*(?:{_NAME}|_{{3,}}.*)|.*\b(?i:{offices})(?:\s[^.;:]*)?",
        re.DOTALL,
    )


@cache
def _agreed() -> re.Pattern[str]:
    return re.compile(rf"[«\"“]?(?:{any_of(words().agreed)})[»\"”]?:?", re.IGNORECASE)


def is_signature(text: str) -> bool:
    """Whether a line could be somebody's signature."""
    is_short = len(text) <= LONGEST and not text.endswith(_ENDS)
    return is_short and bool(_signer().fullmatch(text))


def is_agreement(text: str) -> bool:
    """Whether a line is the word above those who agreed."""
    return len(text) <= LONGEST and bool(_agreed().fullmatch(text))


def signature_from(lines: Sequence[Line]) -> int:
    """Return the number of the first line of the signature at the end; len(lines) without one."""
    first = len(lines)
    while first and _may_be_signed(lines[first - 1]) and len(lines) - first < MOST_LINES:
        first -= 1
    for number in range(first, len(lines)):
        if is_signature(said(lines[number])) or is_agreement(said(lines[number])):
            return _with_country(lines, first, number)
    return len(lines)


def _with_country(lines: Sequence[Line], first: int, number: int) -> int:
    """Take in «Қазақстан Республикасының» on a line of its own before the office."""
    while number > first and _GENITIVE.search(said(lines[number - 1])):
        number -= 1
    return number


def _may_be_signed(line: Line) -> bool:
    text = said(line)
    return len(text) <= LONGEST and not opener(line) and not text.endswith((";", ":"))


def said(line: Line) -> str:
    """Return the words of a line; of a row of a table its cells, as signatures are laid out."""
    if not line.rows:
        return line.text
    if len(line.rows) > 3 or len(line.rows[0]) > 3:
        return "." * (LONGEST + 1)  # a table
    return " ".join(cell for row in line.rows for cell in row if cell)
