"""From any file with a table to Parquet: types where every value has one, text elsewhere."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from aiqyn.datastore.engine import quoted
from aiqyn.subjects.datafile.grid import Cell, Row
from aiqyn.subjects.datafile.model import Column, DataFile, Table
from aiqyn.subjects.datafile.open import read

DELIMITED = ("csv", "tsv")
WIDEST_CELL = 10_000_000  # characters: the reader of delimited text has its own limits before us
BIGGEST_LINE = 2 * WIDEST_CELL  # bytes


def largest_table(file: DataFile) -> Table | None:
    """The table with most rows; None where there is no table with data."""
    tables = [table for table in file.tables if table.rows and table.columns]
    return max(tables, key=lambda table: table.rows, default=None)


def column_names(table: Table) -> list[str]:
    """Names of the columns, each once: "" becomes "column_3", a second "x" becomes "x_2"."""
    names: list[str] = []
    taken: set[str] = set()
    for column in table.columns:
        plain = " ".join(column.name.replace("\0", "").split()) or f"column_{column.number}"
        name, again = plain, 1
        while name.casefold() in taken:
            again += 1
            name = f"{plain}_{again}"
        taken.add(name.casefold())
        names.append(name)
    return names


def write_parquet(path: Path, file: DataFile, to: Path) -> int:
    """Write the largest table of the file at `path` to `to`; return its number of rows.

    `file` is what `datafile.open.read` has told of it. Raises InputError where the file is
    gone. Writes nothing and returns 0 where there is no table.
    """
    table = largest_table(file)
    if table is None:
        return 0
    with TemporaryDirectory(dir=to.parent) as folder:
        plain = Path(folder) / "table.csv"
        with plain.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            width = len(table.columns)
            writer.writerows(_even(row, width) for row in _rows(path, file, table) if any(row))
        return _to_parquet(plain, table, to, Path(folder))


def _rows(path: Path, file: DataFile, table: Table) -> Iterable[Sequence[str]]:
    """Rows of data, cells as text."""
    last = table.area.bottom if table.area else None
    columns = slice(table.area.left - 1, table.area.right) if table.area else slice(None)
    if file.format in DELIMITED and not file.inside:
        return (row[columns] for row in islice(_delimited(path, file), table.first_row - 1, last))
    kept: dict[str, Sequence[Row]] = {}
    read(path, name=file.name, keep=kept.__setitem__)
    rows = kept.get(table.name, ())[table.first_row - 1 : last]
    return ([_written(cell) for cell in row[columns]] for row in rows)


def _delimited(path: Path, file: DataFile) -> Iterator[list[str]]:
    csv.field_size_limit(WIDEST_CELL)
    with path.open(encoding=file.encoding or "utf-8", errors="replace", newline="") as text:
        start = text.read(1)
        if start != "\ufeff":
            text.seek(0)
        lines = (line.replace("\0", "") for line in text)
        yield from csv.reader(lines, delimiter=file.delimiter or ",", quotechar=file.quote or '"')


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell)


def _even(row: Sequence[str], width: int) -> list[str]:
    """Exactly `width` cells: what is missing is empty, what is too much is cut."""
    cells = list(row[:width])
    return cells + [""] * (width - len(cells))


def _to_parquet(plain: Path, table: Table, to: Path, folder: Path) -> int:
    names = column_names(table)
    engine = duckdb.connect(config={"temp_directory": str(folder), "memory_limit": "1GB"})
    with engine:
        engine.execute("SET preserve_insertion_order=true")
        shape = (
            "header=false, auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', "
            f"strict_mode=false, parallel=false, max_line_size={BIGGEST_LINE}"
        )
        source = f"read_csv(?, {shape}, columns={{{_columns(names)}}})"
        engine.execute(f"CREATE TABLE plain AS SELECT * FROM {source}", [str(plain)])  # noqa: S608
        chosen = ", ".join(
            f"{_typed(engine, name, column)} AS {quoted(name)}"
            for name, column in zip(names, table.columns, strict=True)
        )
        written = str(to).replace("'", "''")
        engine.execute(f"COPY (SELECT {chosen} FROM plain) TO '{written}' (FORMAT parquet)")  # noqa: S608
        [[rows]] = engine.execute("SELECT count(*) FROM plain").fetchall()
        return int(rows)


def _columns(names: Iterable[str]) -> str:
    said = (name.replace("'", "''") for name in names)
    return ", ".join(f"'{name}': 'VARCHAR'" for name in said)


def _typed(engine: duckdb.DuckDBPyConnection, name: str, column: Column) -> str:
    """The column as its kind has it, where every value can be read so; as text elsewhere."""
    text = quoted(name)
    cast = _cast(text, column)
    if not cast:
        return text
    lost = f"SELECT count(*) FROM plain WHERE {text} IS NOT NULL AND {cast} IS NULL"  # noqa: S608
    try:
        [[bad]] = engine.execute(lost).fetchall()
    except duckdb.Error:  # a shape DuckDB does not know
        return text
    return text if bad else cast


def _cast(text: str, column: Column) -> str:
    """SQL that reads the text as the column's kind; "" where text is right."""
    number = f"replace(replace(replace(trim({text}), ' ', ''), '\u00a0', ''), '\u202f', '')"
    if column.kind == "whole":
        return f"TRY_CAST({number} AS BIGINT)"
    if column.kind == "decimal":
        return f"TRY_CAST(replace({number}, ',', '.') AS DOUBLE)"
    if column.kind in ("date", "moment"):
        kind = "DATE" if column.kind == "date" else "TIMESTAMP"
        if "%" not in column.shape:
            return f"TRY_CAST({text} AS {kind})"
        shape = column.shape.replace("'", "''")
        said = f"try_strptime({text}, '{shape}')"
        return f"CAST(coalesce({said}, TRY_CAST({text} AS TIMESTAMP)) AS {kind})"
    return ""
