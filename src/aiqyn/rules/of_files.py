"""Rules about files of data: kinds of trouble, found by the reader, become places."""

from collections.abc import Callable, Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import Breaks, CannotTell, Check, Inapplicable
from aiqyn.subjects.datafile.model import DataFile, Spot, Table, Trouble

SHUT = frozenset({"empty_file", "broken_format", "truncated", "encrypted", "bomb"})
RAGGED = ("short_row", "long_row")
NO_RECORDS = (*RAGGED, "blank_row", "totals_row", "repeated_header")  # rows beside `Table.rows`
_ALL: dict[str, Callable[[Table], int]] = {  # how many of a unit one table has
    "rows": lambda table: table.rows + _count(table, NO_RECORDS),
    "cells": lambda table: (table.rows + _count(table, RAGGED)) * len(table.columns),
    "columns": lambda table: len(table.columns),
    "tables": lambda table: 1,
}


def check_of(breaks: Breaks) -> Check:
    """Return a check that the given kinds of trouble break."""

    def check(file: DataFile) -> Iterator[Place | Count]:
        if not _speaks_of(breaks, file):
            raise Inapplicable
        broken = broken_in(file, breaks.kinds)
        if broken:
            yield from places(file, breaks.kinds)
        if breaks.counts:
            yield share(file, breaks.counts, broken)
        if broken and breaks.asks:
            raise CannotTell(breaks.asks)
        if not broken and file.was_cut:
            raise CannotTell("cut")

    return check


def _count(table: Table, kinds: Sequence[str]) -> int:
    return sum(trouble.count for trouble in table.troubles if trouble.kind in kinds)


def _speaks_of(breaks: Breaks, file: DataFile) -> bool:
    has = {
        "table": has_table(file),
        "text": bool(file.encoding),
        "archive": bool(file.inside) or file.format in ("zip", "gzip"),
        "file": True,
    }
    return has[breaks.needs] and (not breaks.formats or file.format in breaks.formats)


def has_table(file: DataFile) -> bool:
    """Whether there is a table with columns to speak of."""
    return any(table.columns for table in file.tables)


def is_shut(file: DataFile) -> bool:
    """Whether the bytes could not be read as what they are, which another rule tells."""
    return any(trouble.kind in SHUT for trouble in file.troubles)


def broken_in(file: DataFile, kinds: Sequence[str]) -> int:
    """Return how many spots the kinds of trouble have, those not kept included."""
    return sum(trouble.count for _, trouble in troubles(file, kinds))


def share(file: DataFile, unit: str, broken: int) -> Count:
    """Return how many of all rows, cells, columns or tables are in order."""
    of = max(sum(map(_ALL[unit], file.tables)), broken)
    return Count(good=of - broken, of=of)


def troubles(file: DataFile, kinds: Sequence[str]) -> Iterator[tuple[str, Trouble]]:
    """Yield the troubles of these kinds with the name of their table, "" for the file."""
    for trouble in file.troubles:
        if trouble.kind in kinds:
            yield "", trouble
    for table in file.tables:
        for trouble in table.troubles:
            if trouble.kind in kinds:
                yield table.name, trouble


def places(file: DataFile, kinds: Sequence[str]) -> Iterator[Place]:
    """Yield every kept spot of these kinds; the note is the kind."""
    for name, trouble in troubles(file, kinds):
        for spot in trouble.spots or (Spot(saw=trouble.detail),):
            yield Place(
                where=where(name, spot),
                saw=spot.saw or trouble.detail,
                wants=spot.wants,
                note=trouble.kind,
            )


def where(table: str, spot: Spot) -> str:
    """Say a spot: "table Plan, row 3, column 2 (total)"; "file" for the whole of it."""
    column = f"column {spot.column}" + (f" ({spot.name})" if spot.name else "")
    said = [
        f"table {table}" if table else "",
        f"row {spot.row}" if spot.row else "",
        column if spot.column else "",
    ]
    return ", ".join(filter(None, said)) or "file"
