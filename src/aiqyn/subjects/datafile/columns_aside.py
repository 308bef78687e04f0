"""Rows that stand among the data and are none: totals, and the header once more."""

from collections.abc import Collection, Sequence
from functools import cache

from msgspec import Struct

from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.values import NUMBERS, bare, cell_value, words

LABELS = 5  # of the first columns that may name a total
_ENDS = (" барлығы", " жиыны")


class Aside(Struct):
    """How rows of one table are told from records."""

    profiles: list[Profile]
    names: tuple[str, ...]

    def is_marked(self, column: int, cell: object) -> bool:
        """Whether `cell`, in one of the first LABELS columns, makes its row worth a look."""
        if type(cell) is not str:
            return False
        if cell.isdecimal():  # as most cells are: a name, perhaps, and no word
            return cell == self.names[column]
        return is_total(cell) or (bool(cell) and cell == self.names[column])

    def marked_among(self, column: int, cells: Collection[object]) -> set[object]:
        """Return which of these cells of a column make their rows worth a look."""
        text = "\n".join(cell for cell in cells if type(cell) is str).lower()
        if any(word in text for word in _first_words()):
            return {cell for cell in cells if self.is_marked(column, cell)}
        name = self.names[column]
        return {name} if name and name in cells else set()

    def kind(self, row: Sequence[object]) -> str:
        """Return "totals_row", "repeated_header", or "" for a record; `row` is marked."""
        if tuple(row) == self.names:
            return "repeated_header"
        if not any(type(cell) is str and is_total(cell) for cell in row[:LABELS]):
            return ""
        counted = [
            cell_value(cell).kind
            for cell, profile in zip(row, self.profiles, strict=True)
            if profile.kind in NUMBERS and not (type(cell) is str and is_total(cell))
        ]
        is_sum = bool(NUMBERS & set(counted)) and set(counted) <= NUMBERS | {"blank", "missing"}
        return "totals_row" if is_sum else ""


@cache
def _first_words() -> frozenset[str]:
    """Return words of which one is in every text that says of a sum, as it is in lower case."""
    known = words()
    return frozenset(text.split()[0] for text in (*known.totals_begin, *known.totals, *_ENDS))


def is_total(text: str) -> bool:
    """Whether a text says that what stands beside it is a sum."""
    if len(text) > 60:
        return False
    said, known = bare(text).rstrip(":"), words()
    if not said.startswith(known.totals_begin):
        return said in known.totals or text.endswith(_ENDS)
    begun = next(word for word in known.totals_begin if said.startswith(word))
    return said == begun or not said[len(begun)].isalpha()
