"""The head of an act: its title, what stands over and under it, and where its words begin."""

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from aiqyn.acts.reading.lines import Line
from aiqyn.acts.structure.tree import note_in
from aiqyn.acts.structure.words import any_of, unspaced, words

LONGEST_TITLE = 1_000  # characters; amending laws name every law they amend
FURTHEST = 15  # lines in which a title stands
_TITLE = re.compile(r"об?\s.*|.*\sтуралы", re.IGNORECASE | re.DOTALL)
_DATE_LINE = re.compile(r"[«\"_ \d]{1,20}.{0,40}(?:19|20)[\d_]{2}.{0,30}|№.{0,40}", re.DOTALL)
_RUSSIAN = (
    r"(?:конституционный\s+закон|закон|кодекс|указ|постановление|нормативное\s+постановление"
    r"|распоряжение|приказ|решение)"
)
_KAZAKH = (
    r"(?:заңы?|кодексі?|жарлы[қғ]ы?|қаулы(?:сы)?|нормативтік\s+қаулысы|өкімі?|бұйрық|бұйрығы"
    r"|шешімі?)"
)
_ENDS = (":", ";", ".")
_QUOTED = re.compile('[«"“]')


class Head(Struct, frozen=True):
    """Where the parts of a head stand; `rest` is what was left of the lines."""

    title: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    rest: int  # number of the first line that is none of these


def head(lines: Sequence[Line]) -> Head:
    """Read the head of the lines that stand before the first numbered unit."""
    above, number = _above(lines)
    title, number = _title(lines, number)
    below: list[str] = []
    while number < len(lines) and is_imprint(lines[number].text):
        below.append(lines[number].text)
        number += 1
    return Head(title, above, tuple(below), number)


def _above(lines: Sequence[Line]) -> tuple[tuple[str, ...], int]:
    """Return what stands over the title: all before a line that surely is one, or marks."""
    for number, line in enumerate(lines[:FURTHEST]):
        if line.text.endswith(_ENDS) and not is_imprint(line.text):
            break
        if _is_title(line):
            return tuple(each.text for each in lines[:number]), number
    number = 0
    while number < len(lines) and is_over(lines[number].text):
        number += 1
    return tuple(line.text for line in lines[:number]), number


def _is_title(line: Line) -> bool:
    is_short = len(line.text) <= LONGEST_TITLE and not line.text.endswith((":", ";"))
    return is_short and bool(_TITLE.fullmatch(line.text)) and not line.rows


def _title(lines: Sequence[Line], number: int) -> tuple[str, int]:
    """Return the title that begins in a line, with the line after it."""
    if number >= len(lines) or not _may_be_title(lines[number]):
        return "", number
    said, number = lines[number].text, number + 1
    while number < len(lines) and _goes_on(said, lines[number - 1], lines[number]):
        said, number = f"{said} {lines[number].text}", number + 1
    return said, number


def _may_be_title(line: Line) -> bool:
    is_words = bool(line.text) and len(line.text) <= LONGEST_TITLE
    return is_words and not line.text.endswith(_ENDS) and not note_in(line.text)


def _goes_on(said: str, before: Line, line: Line) -> bool:
    """Whether the title has another line: headings end it by the way they look, others by a gap."""
    if not _may_be_title(line) or line.has_gap or is_imprint(line.text):
        return False
    return not said.endswith("туралы") and (line.is_heading or not before.is_heading)


def is_over(text: str) -> bool:
    """Whether a line is one of those over a title: a mark, a body, the type of the act, a day."""
    told = unspaced(text).casefold().strip(" .")
    if told in words().drafts or _place().fullmatch(told) or is_imprint(text):
        return True
    is_name = len(text) <= 200 and not text.endswith(_ENDS) and not _TITLE.fullmatch(text)
    return is_name and bool(_body().search(told)) and (text.isupper() or len(told.split()) <= 6)


def is_imprint(text: str) -> bool:
    """Whether a line names the type of the act, its number, day or registration."""
    told = unspaced(text).casefold().strip(" .")
    is_named = "№" in text or not _QUOTED.search(text)  # «Закон … «О …»» speaks of another act
    if is_named and _imprint().fullmatch(told) and not _TITLE.fullmatch(text):
        return True
    if _DATE_LINE.fullmatch(told) or _registered().search(told[:200]):
        return True
    return bool(_place().fullmatch(told))


@cache
def _imprint() -> re.Pattern[str]:
    """«Приказ Министра … от … № 215», «… № 215 бұйрығы. … тіркелді», «БҰЙРЫҚ»."""
    after, before = r"(?:\s+(?!об?\s)[^:;]{1,600})?", r"(?:[^:;.]{1,300}\s)?"
    return re.compile(rf"{_RUSSIAN}{after}|{before}{_KAZAKH}(?:\s*\.[^:;]{{1,400}})?", re.DOTALL)


@cache
def _registered() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:.{{0,120}}\s)?(?:{any_of(words().registered)})\b.{{0,120}}$", re.DOTALL
    )


@cache
def _place() -> re.Pattern[str]:
    return re.compile(words().places)


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(words().bodies['kk'], words().bodies['ru'])})\b")
