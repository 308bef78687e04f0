"""Whether the numbers of units follow one another: what was skipped, what stands twice."""

import re
from collections.abc import Iterator

from aiqyn.acts.model import Kind, Trouble
from aiqyn.acts.structure.tree import Node

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_RUNS_ON = (Kind.CHAPTER, Kind.SUBCHAPTER, Kind.ARTICLE, Kind.POINT, Kind.SECTION)
_PLAIN = re.compile(r"\d+(?:-\d+)*")

Place = tuple[int, ...]


def troubles(top: Node) -> Iterator[Trouble]:
    """Yield a trouble for every unit whose number does not follow from the one before it.

    A number may begin anew in each unit that holds it, or go on from the unit before.
    """
    yield from _within(top, {})


def _within(node: Node, ran: dict[Kind, Place]) -> Iterator[Trouble]:
    here: dict[Kind, Place] = {}
    for child in node.children:
        place = place_of(child.number)
        if place:
            code = _judged(place, here.get(child.kind), ran.get(child.kind))
            if code:
                yield Trouble(code=code, where=child.where, saw=child.marker)
            here[child.kind] = place
            if child.kind in _RUNS_ON:
                ran[child.kind] = place
        if child.kind is Kind.APPENDIX:
            ran = {}
        yield from _within(child, ran)


def _judged(place: Place, before: Place | None, ran: Place | None) -> str:
    if before is None:
        follows = place[0] <= 1 or (ran is not None and _follows(place, ran))
        return "" if follows else "number_skipped"
    if place == before:
        return "number_repeated"
    if _follows(place, before):
        return ""
    return "number_repeated" if place < before else "number_skipped"


def _follows(place: Place, before: Place) -> bool:
    """Whether 6 follows 5 and 5-3, 5-1 follows 5, 5-4 follows 5-3."""
    if place == (before[0] + 1,):
        return True
    if len(place) > len(before):
        return place[:-1] == before and place[-1] == 1
    return place[:-1] == before[: len(place) - 1] and place[-1] == before[len(place) - 1] + 1


def place_of(number: str) -> Place:
    """Return the number as one that can be compared; () for one that is none, or of levels."""
    if _PLAIN.fullmatch(number):
        return tuple(map(int, number.split("-")))
    if number and set(number) <= set(_ROMAN):
        return (_roman(number),)
    return ()


def _roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
