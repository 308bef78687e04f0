"""Quoted words of other acts: «… мынадай редакцияда жазылсын: "5-бап. …"».

What stands in quotation marks over several lines is the text of another act. Its numbers
are not the numbers of this one.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from aiqyn.acts.model import Trouble
from aiqyn.acts.reading.lines import Line

FURTHEST = 3_000  # lines a quotation may be long
_BEGINS = ("«", '"', "“", "„")
_INSIDE = re.compile(r":\s*[«\"“„]")
_ENDS = re.compile(r"[»\"”“](?:\s*[;.,:]|\s+(?:және|и))?$")
_OPEN, _CLOSED, _STRAIGHT = re.compile("[«„]"), re.compile("[»]"), re.compile('["“”]')


class Quoted(NamedTuple):
    """`lines` are numbers of lines that stand in a quotation."""

    lines: frozenset[int]
    troubles: tuple[Trouble, ...]


class _Marks(NamedTuple):
    """How many quotations a piece leaves open; straight marks come in pairs."""

    angled: int
    straight: int

    def after(self, text: str) -> "_Marks":
        """Return the marks when `text` was read too."""
        angled = len(_OPEN.findall(text)) - len(_CLOSED.findall(text))
        return _Marks(self.angled + angled, self.straight + len(_STRAIGHT.findall(text)))

    @property
    def is_open(self) -> bool:
        return self.angled > 0 or self.straight % 2 == 1


_NONE = _Marks(0, 0)


def quoted(lines: Sequence[Line]) -> Quoted:
    """Return which lines are quotations, and what is doubtful of them."""
    texts = [line.text for line in lines]
    found: set[int] = set()
    troubles: list[Trouble] = []
    number = 0
    while number < len(texts):
        last = number
        if _opens(texts[number]):
            last, trouble = _last(texts, number)
            if trouble:
                saw = texts[number][:100]
                troubles.append(Trouble(code=trouble, where=lines[number].where, saw=saw))
        is_whole = texts[number].startswith(_BEGINS) and (last > number or _is_led(texts, number))
        begins = number if is_whole else number + 1
        found.update(range(begins, last + 1))
        number = last + 1
    return Quoted(frozenset(found), tuple(troubles))


def _is_led(texts: Sequence[str], number: int) -> bool:
    """Whether the line before says that a quotation follows."""
    return number > 0 and texts[number - 1].endswith(":")


def _opens(text: str) -> bool:
    """Whether a quotation begins here that this line does not end."""
    return (text.startswith(_BEGINS) or bool(_INSIDE.search(text))) and _NONE.after(text).is_open


def _last(texts: Sequence[str], first: int) -> tuple[int, str]:
    """Return the last line of the quotation, and the code of a trouble or ""."""
    still, likely = _NONE.after(texts[first]), None
    for number in range(first + 1, min(len(texts), first + FURTHEST)):
        still = still.after(texts[number])
        if _ENDS.search(texts[number]):
            if not still.is_open:
                return number, ""
            likely = number if likely is None else likely
    return (first, "quote_not_closed") if likely is None else (likely, "quote_unbalanced")
