"""Cells of one table before they are analysed, and what a reader is asked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from msgspec import Struct

from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import MOST_SPOTS, Spot, Trouble
from aiqyn.subjects.datafile.packed import Budget

Cell = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
CELLS = (str, int, float, bool, Decimal, date, datetime, time, timedelta)
Row = Sequence[Cell]
Keep = Callable[[str, Sequence[Row]], None]  # the name of a table, and its rows from the first


class Asking(Struct, frozen=True, kw_only=True):
    """What a reader is asked for, beside the file."""

    name: str
    format: str = "unknown"
    limits: Limits = LIMITS
    keep: Keep | None = None
    budget: Budget
    depth: int = 0  # archives the file lies in


class Grid(Struct, frozen=True, kw_only=True):
    """Cells of one table as a reader found them."""

    name: str = ""
    rows: Sequence[Row] = ()
    header: tuple[str, ...] = ()  # names the format itself gives; the rows are then all data
    is_typed: bool = True  # numbers and days come as the file stores them
    troubles: tuple[Trouble, ...] = ()  # what the reader saw and the cells do not show
    was_cut: bool = False  # a limit was reached: not all rows are here


def spotted(kind: str, spots: Iterable[Spot]) -> tuple[Trouble, ...]:
    """Return the trouble with as many of its spots as are kept; nothing where there is none."""
    kept = []
    count = 0
    for spot in spots:
        count += 1
        if count <= MOST_SPOTS:
            kept.append(spot)
    return (Trouble(kind=kind, count=count, spots=tuple(kept)),) if count else ()


def address(row: int, column: int) -> str:
    """Return "AB3" for row 2, column 27, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
