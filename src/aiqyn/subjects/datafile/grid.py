"""Cells of one table before they are analysed, and what a reader is asked."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from msgspec import Struct

from aiqyn.subjects.datafile.limits import LIMITS, Limits

Cell = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
Row = Sequence[Cell]
Keep = Callable[[str, Sequence[Row]], None]  # the name of a table, and its rows from the first


class Asking(Struct, frozen=True, kw_only=True):
    """What a reader is asked for, beside the file."""

    name: str
    format: str = "unknown"
    limits: Limits = LIMITS
    keep: Keep | None = None
