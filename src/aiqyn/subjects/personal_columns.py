"""Personal data in a column of cells: what stands there once by chance, and what in bulk.

A reader of tables calls `scan_cells` for every column that may hold any (`may_hold` on a
sample says so cheaply), and `small_groups` once for the whole table.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.model import MOST_SPOTS, Column, Spot, Trouble

MANY = 10  # names that make a list of people
MOST_IN_GROUP = 4  # people; a group that small points at somebody. Aiqyn's own
# Of the cells that look alike; the arithmetic lets one in fifty (cards, mobile numbers) or one
# in five hundred (IIN) pass by chance.
BULK = {
    personal.IIN: Fraction(1, 20),
    personal.PHONE: Fraction(1, 2),
    personal.CARD: Fraction(1, 2),
    personal.NAME: Fraction(1, 2),
}
SHORT = 4  # letters
FEW = {personal.PHONE: 2, personal.CARD: 3}  # unsure ones that are too few to tell
_COARSE = re.compile("|".join(personal.COARSE.values()))
_LOOKS = {  # the length of digits that might as well have been one
    personal.IIN: re.compile(r"\d{12}(?:\.0)?"),
    personal.PHONE: re.compile(r"\d{11}(?:\.0)?"),
    personal.CARD: re.compile(r"\d{13,19}"),
}
_WHOLE = re.compile(r"\d{1,9}(?:\.0)?")


def may_hold(cells: Iterable[str]) -> bool:
    """Whether any of the cells, a sample of a column, may hold personal data."""
    return any(map(_COARSE.search, cells))


def scan_cells(cells: Iterable[tuple[int, str]], *, name: str, number: int) -> tuple[Trouble, ...]:
    """Return the personal data in one column, a trouble a kind; what is seen is masked.

    `cells` are row numbers and values; `name` and `number` are the column's.
    """
    seen = _Seen(name)
    for row, cell in cells:
        seen.add(row, cell)
    return tuple(
        Trouble(
            kind=kind,
            count=seen.count[kind],
            spots=tuple(Spot(row=row, column=number, name=name, saw=saw) for row, saw in spots),
        )
        for kind, spots in seen.spots.items()
        if seen.is_bulk(kind)
    )


def small_groups(
    columns: Sequence[Column], rows: Iterable[tuple[int, Sequence[str]]]
) -> Trouble | None:
    """Return the rows of a table that count one to four people of some sex, age or illness.

    None where the table does not count people by such things.
    """
    counts = [each for each in columns if says(each.name, "count") and each.kind == "whole"]
    groups = [each for each in columns if says(each.name, "group") and each not in counts]
    if not counts or not groups:
        return None
    spots: list[Spot] = []
    found = 0
    for row, cells in rows:
        for column in counts:
            cell = cells[column.number - 1].strip() if column.number <= len(cells) else ""
            if _WHOLE.fullmatch(cell) and 1 <= int(float(cell)) <= MOST_IN_GROUP:
                found += 1
                if len(spots) < MOST_SPOTS:
                    spots.append(Spot(row=row, column=column.number, name=column.name, saw=cell))
    return Trouble(kind=personal.SMALL_GROUP, count=found, spots=tuple(spots)) if found else None


def says(heading: str, about: str) -> bool:
    """Whether the name of a column has a word of personal.yaml about this."""
    return _words(about).search(heading.casefold()) is not None


@cache
def _words(about: str) -> re.Pattern[str]:
    """Long words are matched by their beginning, short ones whole: «пол» is not «полис»."""
    words = personal.lore().headings[about]
    ends = (re.escape(word) + (r"(?!\w)" if len(word) <= SHORT else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends)})")


class _Seen:
    """What was found in one column so far."""

    def __init__(self, heading: str) -> None:
        self.count: Counter[str] = Counter()
        self.spots: dict[str, list[tuple[int, str]]] = {}
        self.sure: Counter[str] = Counter()
        self.alike: Counter[str] = Counter()  # cells that look like one, whether they are or not
        self.filled = 0
        self.named = {
            personal.IIN: says(heading, "iin"),
            personal.CARD: says(heading, "card"),
            personal.NAME: says(heading, "name"),
        }

    def add(self, row: int, cell: str) -> None:
        if not cell:
            return
        self.filled += 1
        if not _COARSE.search(cell) and not self.named[personal.IIN]:
            return
        value = self._written(cell.strip())
        for kind, looks in _LOOKS.items():
            self.alike[kind] += looks.fullmatch(value) is not None
        kinds = {each.kind: each for each in personal.find(value)}
        if personal.NAME not in kinds and personal.OF_FATHER.fullmatch(value):
            self._note(personal.NAME, row, f"{value[0]}***", is_sure=True)
        for kind, found in kinds.items():
            self._note(kind, row, found.masked, is_sure=found.is_sure)

    def _written(self, value: str) -> str:
        """A number that lost its zeros, or gained a fraction, in a spreadsheet."""
        value = value.removesuffix(".0")
        if self.named[personal.IIN] and value.isdecimal() and 10 <= len(value) < 12:
            return value.zfill(12)
        return value

    def _note(self, kind: str, row: int, masked: str, *, is_sure: bool) -> None:
        self.count[kind] += 1
        self.sure[kind] += is_sure
        spots = self.spots.setdefault(kind, [])
        if len(spots) < MOST_SPOTS:
            spots.append((row, masked))

    def is_bulk(self, kind: str) -> bool:
        """Whether what was found is more than chance, or a name or two in passing."""
        count = self.count[kind]
        if self.named.get(kind):
            return True
        if kind == personal.NAME:
            return count >= MANY and count >= BULK[kind] * self.filled
        if kind not in BULK:
            return True
        if self.sure[kind] and kind != personal.IIN:
            return True
        return count >= FEW.get(kind, 1) and count >= BULK[kind] * self.alike[kind]
