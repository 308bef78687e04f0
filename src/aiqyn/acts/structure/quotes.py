"""Quoted words of other acts: «… мынадай редакцияда жазылсын: "5-бап. …"».

What stands in quotation marks over several lines is the text of another act. Its numbers
are not the numbers of this one.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from aiqyn.acts.model import Trouble
from aiqyn.acts.reading.lines import Line

MOST_ENDS = 300  # lines looked at that could end one quotation
_BEGINS = ("«", '"', "“", "„")
_INSIDE = re.compile(r":\s*[«\"“„]")
_ENDS = re.compile(r"[»\"”“](?:\s*[;.,:]|\s+(?:және|и))?$")
_OPEN, _CLOSED, _STRAIGHT = re.compile("[«„]"), re.compile("[»]"), re.compile('["“”]')


class Quoted(NamedTuple):
    """`lines` are numbers of lines that stand in a quotation."""

    lines: frozenset[int]
    troubles: tuple[Trouble, ...]


class _Text:
    """Lines with how many quotation marks stand before the end of each; straight ones pair up."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        angled = (len(_OPEN.findall(text)) - text.count("»") for text in texts)
        self._angled = list(accumulate(angled, initial=0))
        self._straight = list(accumulate((len(_STRAIGHT.findall(t)) for t in texts), initial=0))
        self._ends = [number for number, text in enumerate(texts) if _ENDS.search(text)]

    def opens(self, number: int) -> bool:
        """Whether a quotation begins in a line that does not end it."""
        text = self.texts[number]
        begins = text.startswith(_BEGINS) or _INSIDE.search(text)
        return bool(begins) and self._is_open(number, number)

    def last(self, first: int) -> tuple[int, str]:
        """Return the last line of the quotation, and the code of a trouble or ""."""
        place = bisect_right(self._ends, first)
        ends = self._ends[place : place + MOST_ENDS]
        for number in ends:
            if not self._is_open(first, number):
                return number, ""
        return (ends[0], "quote_unbalanced") if ends else (first, "quote_not_closed")

    def is_led(self, number: int) -> bool:
        """Whether the line before says that a quotation follows."""
        return number > 0 and self.texts[number - 1].endswith(":")

    def _is_open(self, first: int, last: int) -> bool:
        """Whether a quotation is left open by lines `first`..`last`."""
        angled = self._angled[last + 1] - self._angled[first]
        straight = self._straight[last + 1] - self._straight[first]
        return angled > 0 or straight % 2 == 1


def quoted(lines: Sequence[Line]) -> Quoted:
    """Return which lines are quotations, and what is doubtful of them."""
    text = _Text([line.text for line in lines])
    found: set[int] = set()
    troubles: list[Trouble] = []
    number = 0
    while number < len(lines):
        last = number
        if text.opens(number):
            last, trouble = text.last(number)
            if trouble:
                saw = lines[number].text[:100]
                troubles.append(Trouble(code=trouble, where=lines[number].where, saw=saw))
        is_own = lines[number].text.startswith(_BEGINS) and (last > number or text.is_led(number))
        found.update(range(number if is_own else number + 1, last + 1))
        number = last + 1
    return Quoted(frozenset(found), tuple(troubles))
