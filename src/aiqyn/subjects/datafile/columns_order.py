"""By which columns the rows of a table are sorted, and where the order breaks first.

A column is looked at as a whole only where its beginning is in order. Numbers and days are
compared by what they say, texts letter by letter in the order of the Kazakh alphabet, which
has that of the Russian one; cells that say nothing are passed over.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from msgspec import Struct

from aiqyn.subjects.datafile.counted import Counted, seen_as
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, Value

RISING, FALLING = 1, -1
LEAST = 10  # cells from which an order is no chance
NEARLY = 20  # cells to every break of an order that is still one
BEGINNING = 12  # cells by which a column is let off
OF_TEXTS = ("text", "code")

Key = float | str
_LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACES = {ord(letter): chr(0x0430 + at) for at, letter in enumerate(_LETTERS)}


def key_of(cell: object, value: Value, profile: Profile) -> Key | None:
    """Return by what a cell is compared; None where its column cannot be sorted by it."""
    kind = seen_as(value, profile.kind).kind
    if profile.kind in NUMBERS:
        return float(value.plain) if kind in NUMBERS else None
    if kind in ("blank", "missing"):
        return None
    if profile.kind in DAYS:
        return value.plain if kind in DAYS else None
    return key_of_text(cell if type(cell) is str else value.plain)


def key_of_text(text: str) -> str:
    """Return by what a text is compared."""
    return text.strip().casefold().translate(_PLACES)


def keys_of(counted: Counted, profile: Profile) -> Mapping[object, Key]:
    """Return the keys of cells that have one."""
    if profile.kind in NUMBERS:
        return counted.numbers
    found = ((cell, key_of(cell, value, profile)) for cell, value in counted.values.items())
    return {cell: key for cell, key in found if key is not None}


def direction_of(counted: Counted, profile: Profile) -> int:
    """Return RISING or FALLING where these cells are nearly in order, 0 where they are not."""
    if profile.kind not in NUMBERS | DAYS and profile.kind not in OF_TEXTS:
        return 0
    if profile.both_orders or profile.month_first:  # days that may be read two ways
        return 0
    cells, values = counted.cells, counted.values
    begun = [key_of(cell, values[cell], profile) for cell in cells[:BEGINNING]]
    if _are_mixed(*_steps(begun)):
        return 0
    rises, falls = _steps(list(map(keys_of(counted, profile).get, cells)))
    return 0 if _are_mixed(rises, falls) else (rises > falls) - (falls > rises)


def _steps(keys: list[Key | None]) -> tuple[int, int]:
    """Return how often keys rise and fall from one to the next."""
    said = [key for key in keys if key is not None] if None in keys else keys
    pairs = list(pairwise(said))
    rises = sum([before < after for before, after in pairs])  # type: ignore[operator]
    falls = sum([before > after for before, after in pairs])  # type: ignore[operator]
    return rises, falls


def _are_mixed(rises: int, falls: int) -> bool:
    return min(rises, falls) * NEARLY > 2 * max(rises, falls)


class Order(Struct):
    """How far the cells of one column, or a part of it, are in order."""

    direction: int = 0  # as the sample of the column has it; 0: nobody looks
    count: int = 0  # cells compared
    moves: int = 0  # of these, those that differ from the one before
    breaks: int = 0  # of these, those on the wrong side
    row: int = 0  # of the first break
    first: tuple[int, Key] | None = None  # row and key
    last: Key | None = None

    def add(self, rows: Iterable[int], keys: Iterable[Key | None]) -> None:
        """Add cells in the order of their rows; None is passed over."""
        found = ((row, key) for row, key in zip(rows, keys, strict=True) if key is not None)
        if self.first is None:
            begun = next(found, None)
            if begun is None:
                return
            self.first, self.last, self.count = begun, begun[1], 1
        for row, key in found:
            self.count += 1
            if key != self.last:
                self._move(row, key)

    def _move(self, row: int, key: Key) -> None:
        self.moves += 1
        is_less = key < self.last  # type: ignore[operator]  # of one kind in one column
        if is_less == (self.direction == RISING):
            self.breaks += 1
            self.row = self.row or row
        self.last = key

    def join(self, other: "Order", above: int = 0) -> None:
        """Add what follows, which has `above` rows before it."""
        if other.first is None:
            return
        row, key = other.first
        self.add((row + above,), (key,))
        self.row = self.row or (other.row + above if other.row else 0)
        self.count += other.count - 1
        self.moves += other.moves
        self.breaks += other.breaks
        self.last = other.last

    @property
    def said(self) -> tuple[str, int, int]:
        """Return the order's name, how often it breaks and where first; "" for none."""
        is_told = self.moves and self.count >= LEAST and self.breaks * NEARLY <= self.moves
        if not self.direction or not is_told:
            return "", 0, 0
        return "rising" if self.direction == RISING else "falling", self.breaks, self.row
