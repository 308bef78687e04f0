"""Parquet through DuckDB: typed columns with names of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from msgspec.structs import replace

from aiqyn.subjects.datafile.csv_text import read_csv
from aiqyn.subjects.datafile.grid import CELLS, Asking, Cell, Grid, Row
from aiqyn.subjects.datafile.model import DataFile, Table
from aiqyn.subjects.datafile.refusal import refused
from aiqyn.subjects.datafile.tables import Tables

MAGIC = b"PAR1"
MANY = 50_000  # rows from which a file is read the fast way
LONGEST = 2_000  # characters of a nested value kept in a cell
_PATTERN = frozenset("*?[]")  # in a path they would name other files too
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def read(path: Path, asking: Asking) -> DataFile:
    """Read the rows, as many as the limits let in."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - len(MAGIC)))
        if file.read() != MAGIC:
            return refused(asking, "truncated")
    try:
        with _plainly_named(path) as plain, duckdb.connect(config=_SETTINGS) as connection:
            source = connection.read_parquet(str(plain))
            [(total,)] = source.count("*").fetchall()
            if total > MANY and not asking.keep:
                return _large(source, asking)
            grid = _grid(source, asking)
    except (duckdb.Error, ValueError, OverflowError, RuntimeError) as problem:
        return refused(asking, "broken_format", str(problem).partition("\n")[0])
    tables = Tables(asking)
    tables.add(grid)
    return tables.file("parquet")


def _large(source: duckdb.DuckDBPyRelation, asking: Asking) -> DataFile:
    """Read many rows the fast way: as the delimited text they would be."""
    with TemporaryDirectory(prefix="aiqyn-") as folder:
        text = Path(folder) / "rows.csv"
        source.write_csv(str(text), header=True)
        found = read_csv(text, name=asking.name, limits=asking.limits)
    tables = tuple(_records(table, tuple(source.columns)) for table in found.tables)
    return DataFile(name=asking.name, format="parquet", tables=tables, was_cut=found.was_cut)


def _records(table: Table, names: tuple[str, ...]) -> Table:
    """Count rows from the first record: the header is none in Parquet."""
    troubles = [
        replace(trouble, spots=tuple(replace(s, row=max(s.row - 1, 0)) for s in trouble.spots))
        for trouble in table.troubles
    ]
    first = min(table.rows, 1)
    return replace(table, header=names, header_row=0, first_row=first, troubles=tuple(troubles))


@contextmanager
def _plainly_named(path: Path) -> Iterator[Path]:
    if not _PATTERN & set(str(path)):
        yield path
        return
    with TemporaryDirectory(prefix="aiqyn-") as folder:
        plain = Path(folder) / "file.parquet"
        plain.symlink_to(path.absolute())
        yield plain


def _grid(source: duckdb.DuckDBPyRelation, asking: Asking) -> Grid:
    limits = asking.limits
    names = tuple(source.columns)
    most = min(limits.rows, limits.cells // max(len(names), 1))
    fetched = source.limit(most + 1).fetchall()
    rows: list[Row] = [tuple(map(_cell, row)) for row in fetched[:most]]
    return Grid(rows=rows, header=names, was_cut=len(fetched) > most)


def _cell(value: object) -> Cell:
    """Return the value, or its text where a table has no such kind: lists, structures, bytes."""
    return value if value is None or isinstance(value, CELLS) else str(value)[:LONGEST]
