"""Where an appendix begins: its stamp, «Приложение 2 к приказу …» or «… бұйрығына 2-қосымша».

Russian names the appendix first and then the act, Kazakh the act first; so the one is read
onwards from its word and the other backwards.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache

from msgspec import Struct

from aiqyn.acts.reading.lines import Line
from aiqyn.acts.structure.openers import opener, plain
from aiqyn.acts.structure.signatures import is_signature
from aiqyn.acts.structure.words import any_of, words

LONGEST = 120  # characters of one line of a stamp that is written in several
WHOLE = 500  # of a stamp that is one line
MOST = 8  # lines of a stamp
_NUMBER = r"(?:№\s*)?(?P<number>\d{1,3}(?:-\d{1,3})?|[IVXІХ]{1,5})"
_GOES_ON = re.compile(r"[а-яё]|от\s|№|[«\"]?_|\d{1,2}\s+[а-яё]+\s+\d{4}")
_DATED = re.compile(r"№|\d{4}|_{2,}")
_OF_ACT = re.compile(  # what has a number and a day, unlike rules
    r"\b(?:приказ|постановлени|решени|указ|закон|распоряжени)(?:у|ю|ем|ом)\b", re.IGNORECASE
)
_ENDS = (".", ";", ":", ",")


class Stamp(Struct, frozen=True):
    """Lines `first`..`last` are the stamp of an appendix."""

    first: int
    last: int
    number: str
    text: str


def stamps(lines: Sequence[Line], quoted: Collection[int]) -> list[Stamp]:
    """Return every stamp in order; those inside quotations belong to other acts."""
    found: list[Stamp] = []
    free = 0
    for number, line in enumerate(lines):
        if number < free or number in quoted or line.rows or len(line.text) > WHOLE:
            continue
        stamp = _onwards(lines, number) or _backwards(lines, number, free)
        if stamp:
            found.append(stamp)
            free = stamp.last + 1
    return found


def _onwards(lines: Sequence[Line], number: int) -> Stamp | None:
    """Return a Russian stamp that begins here."""
    text = lines[number].text
    named = _russian().fullmatch(text)
    if not named or text[0].islower() or text.endswith((":", ";")):
        return None
    last = number
    said = text
    while last + 1 < len(lines) and last + 1 - number < MOST and _is_more(said, lines[last + 1]):
        last += 1
        said = f"{said} {lines[last].text}"
    if named["approved"] and last == number and not named["rest"]:
        return None
    return Stamp(number, last, plain(named["number"] or ""), said)


@cache
def _russian() -> re.Pattern[str]:
    approved = any_of(words().approved["ru"])
    word = words().appendices["ru"]
    return re.compile(
        rf"(?:{word}(?:\s*{_NUMBER})?\.?|(?P<approved>{approved}))(?P<rest>|\s+(?:к|приказом"
        r"|постановлением|решением|указом|законом|распоряжением)\s.*)",
        re.IGNORECASE | re.DOTALL,
    )


def _is_more(said: str, line: Line) -> bool:
    """Whether `line` goes on with the stamp."""
    if line.rows or len(line.text) > LONGEST or opener(line):
        return False
    if _GOES_ON.match(line.text) or line.text.casefold() in words().forms:
        return True
    named = _OF_ACT.search(said)
    is_unfinished = named is not None and not _DATED.search(said, named.end())
    return is_unfinished and not line.has_gap and not line.text.endswith(_ENDS)


def _backwards(lines: Sequence[Line], number: int, free: int) -> Stamp | None:
    """Return a Kazakh stamp that ends here."""
    text = lines[number].text
    named = _kazakh().fullmatch(text)
    if not named:
        return None
    first = _block(lines, number, free)
    said = " ".join(line.text for line in lines[first : number + 1])
    if not _owned().search(said) and first != number:
        return None
    last = number
    while last + 1 < len(lines) and lines[last + 1].text.casefold() in words().forms:
        last += 1
        said = f"{said} {lines[last].text}"
    return Stamp(first, last, plain(named["number"] or ""), said)


@cache
def _kazakh() -> re.Pattern[str]:
    owners, approved = any_of(words().owners["kk"]), any_of(words().approved["kk"])
    word, forms = words().appendices["kk"], any_of(words().forms)
    instrument = r"(?:бұйрығымен|қаулысымен|шешімімен|жарлығымен|заңымен|өкімімен)"
    return re.compile(
        rf"(?:(?:.*\s)?(?:{owners})\s+)?(?:{_NUMBER}\s?-?\s?)?{word}(?:сы)?(?:\s(?:{forms}))?"
        rf"|(?:.*\s)?{instrument}\s+(?:{approved})|(?:{approved})",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def _owned() -> re.Pattern[str]:
    owners, approved = any_of(words().owners["kk"]), any_of(words().approved["kk"])
    return re.compile(rf"\b(?:{owners}|{approved})\b", re.IGNORECASE)


_TAIL = r"[ндт][ыі]ң|[дт][ае]ғы|[дт]егі|№\s*\S+|жылғы.{0,30}|республикасы|мен"


@cache
def _tail() -> re.Pattern[str]:
    """How the lines of a Kazakh stamp before its last one end."""
    return re.compile(rf"(?:{_TAIL}|\b(?:{any_of(words().owners['kk'])}))$", re.IGNORECASE)


def _block(lines: Sequence[Line], number: int, free: int) -> int:
    """Return the first line of the stamp that ends in line `number`.

    It is a block of its own where it stands apart or after an empty line; in other texts only
    lines that cannot end there belong to it.
    """
    first = number
    while first > free and number - first < MOST and _may_belong(lines, first):
        first -= 1
    is_block = first < number and (lines[first].has_gap or lines[first].is_apart)
    if is_block:
        return first
    first = number
    while first > free and number - first < MOST and _is_unended(lines, first):
        first -= 1
    return first


def _may_belong(lines: Sequence[Line], number: int) -> bool:
    """Whether the line before line `number` may be of the same block."""
    line, after = lines[number - 1], lines[number]
    if after.has_gap or line.is_apart != after.is_apart:
        return False
    is_short = not line.rows and len(line.text) <= LONGEST and not line.text.endswith(_ENDS)
    return is_short and opener(line) is None and not is_signature(line.text)


def _is_unended(lines: Sequence[Line], number: int) -> bool:
    return _may_belong(lines, number) and bool(_tail().search(lines[number - 1].text))
