"""Published tables: the figures as printed (CSV) and a description of what they mean (YAML).

A description says which columns there are, which body a row speaks of, which
columns are the criteria of which methodology, and what must hold between the
figures. What may be claimed is a closed set, see `claims`.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.errors import CatalogueError, InputError
from aiqyn.scoring.claims import AnyClaim, Figures, Line
from aiqyn.scoring.exact import is_usable
from aiqyn.scoring.measure import need
from aiqyn.text import Text, missing

FOLDER = ROOT / "tables"

Record = tuple[int, list[str]]  # line, as an editor counts, and cells


class Column(Noun, frozen=True, kw_only=True):
    """One column; a number must lie between `at_least` and `at_most`."""

    holds: Literal["text", "number"] = "number"
    title: Text
    at_least: Decimal = Decimal(0)
    at_most: Decimal | None = None


class BodyOfTable(Noun, frozen=True, kw_only=True):
    """A body as the registry knows it, and as a sentence names it."""

    code: str
    title: Text


class RoundOfTable(Noun, frozen=True, kw_only=True):
    """The columns that hold one evaluation round."""

    methodology: str
    criteria: dict[str, str]  # criterion code → column
    total: str  # column of the printed total


class Description(Noun, frozen=True, kw_only=True):
    """What a table is, where it was printed, and what must hold in it."""

    title: Text
    source: Text
    url: str = ""
    key: str  # column that must not repeat
    columns: dict[str, Column]
    absent: dict[str, Text] = {}  # criteria the source speaks of, but the table has no column for
    bodies: dict[str, BodyOfTable] = {}  # by value of the key column
    rounds: tuple[RoundOfTable, ...] = ()
    claims: tuple[AnyClaim, ...] = ()

    def __post_init__(self) -> None:
        for text in (self.title, self.source, *(c.title for c in self.columns.values())):
            need(not missing(text), f"a phrase lacks {', '.join(missing(text))}: {text}")
        named = [self.key]
        for each in self.rounds:
            named += [each.total, *each.criteria.values()]
        for claim in self.claims:
            named += claim.columns()
        strange = sorted(set(named) - set(self.columns))
        need(not strange, f"no such column: {', '.join(strange)}")

    def round_of(self, methodology: str) -> RoundOfTable | None:
        return next((r for r in self.rounds if r.methodology == methodology), None)


class Row(Struct, frozen=True, kw_only=True):
    """One line of the table; an empty cell is missing, not zero."""

    line: int  # as an editor counts: the header is line 1
    key: str
    body: str  # code of the body, "" when the table does not speak of bodies
    texts: dict[str, str]  # every cell as printed
    numbers: dict[str, Decimal]  # the cells that hold a number


class Table(Struct, frozen=True, kw_only=True):
    """A table read and found sound; `sha256` is of its bytes."""

    path: str
    sha256: str
    description: Description
    rows: tuple[Row, ...]

    def figures(self) -> Figures:
        """Return what the claims need of the rows."""
        return [Line(row.line, row.key, row.body, row.numbers) for row in self.rows]


def table_names() -> list[str]:
    """Return the names of the tables that come with the library."""
    return sorted(path.name[:-4] for path in FOLDER.iterdir() if path.name.endswith(".csv"))


def describe(name: str) -> Description:
    """Read the description of a table that comes with the library."""
    if name not in table_names():
        raise CatalogueError(name, f"there is no such table; there are {', '.join(table_names())}")
    return read(FOLDER / f"{name}.yaml", Description)


def table(name: str) -> Table:
    """Read a table that comes with the library."""
    return read_table(FOLDER / f"{name}.csv", describe(name))


def description_of(path: Traversable | Path) -> Description:
    """Find the description of a file: beside it, or one of ours with the same columns.

    Raises InputError when there is none.
    """
    if isinstance(path, Path) and path.name and path.with_suffix(".yaml").is_file():
        return read(path.with_suffix(".yaml"), Description)
    _, header = _cells(path, _bytes(path))[0]
    for name in table_names():
        found = describe(name)
        if set(found.columns) <= set(header):
            return found
    for name in table_names():
        found = describe(name)
        absent = sorted(set(found.columns) - set(header))
        if 2 * len(absent) < len(found.columns):
            raise InputError(path, "line 1", f"column missing: {', '.join(absent)}")
    raise InputError(path, "line 1", f"no description fits these columns: {', '.join(header)}")


def read_table(path: Traversable | Path, description: Description) -> Table:
    """Read a CSV file in UTF-8 as its description says.

    Raises InputError with line, column and value for a wrong encoding, a missing
    or repeated column, a repeated key, an unknown body or an impossible number.
    """
    content = _bytes(path)
    lines = _cells(path, content)
    _, header = lines[0]
    _check_header(path, header, description)
    rows = tuple(_rows(path, lines, description))
    if not rows:
        raise InputError(path, "line 2", "the table has no rows")
    return Table(
        path=str(path),
        sha256=hashlib.sha256(content).hexdigest(),
        description=description,
        rows=rows,
    )


def _bytes(path: Traversable | Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InputError(path, "", problem.strerror or "cannot be read") from None


def _cells(path: object, content: bytes) -> list[Record]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        value = content[problem.start : problem.start + 1].hex()
        raise InputError(path, f"line {line}", f"not UTF-8: byte 0x{value}") from None
    try:
        records = list(_records(text))
    except csv.Error as problem:
        raise InputError(path, "", f"not CSV: {problem}") from None
    if not records or not any(records[0][1]):
        raise InputError(path, "line 1", "the header is missing")
    return records


def _records(text: str) -> Iterator[Record]:
    """Yield each record with the line it begins on; a cell may go over several lines."""
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _check_header(path: object, header: list[str], description: Description) -> None:
    for name in header:
        if header.count(name) > 1:
            raise InputError(path, f"line 1, column {name}", "the column stands twice")
    if absent := [name for name in description.columns if name not in header]:
        raise InputError(path, "line 1", f"column missing: {', '.join(absent)}")


def _rows(path: object, lines: list[Record], description: Description) -> Iterator[Row]:
    (_, header), seen = lines[0], dict[str, int]()
    for line, cells in lines[1:]:
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise InputError(path, f"line {line}", f"{len(cells)} cells instead of {len(header)}")
        row = _row(path, line, dict(zip(header, cells, strict=True)), description)
        if row.key in seen:
            place = f"line {line}, column {description.key}"
            raise InputError(path, place, f"{row.key!r} stands already in line {seen[row.key]}")
        seen[row.key] = line
        yield row


def _row(path: object, line: int, texts: dict[str, str], description: Description) -> Row:
    key = texts[description.key].strip()
    if not key:
        raise InputError(path, f"line {line}, column {description.key}", "the key is empty")
    if description.bodies and key not in description.bodies:
        raise InputError(path, f"line {line}, column {description.key}", f"unknown body {key!r}")
    numbers = {}
    for name, column in description.columns.items():
        if column.holds == "number" and texts[name].strip():
            numbers[name] = _number(path, f"line {line}, column {name}", texts[name], column)
    known = description.bodies.get(key)
    return Row(line=line, key=key, body=known.code if known else "", texts=texts, numbers=numbers)


def _number(path: object, place: str, text: str, column: Column) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise InputError(path, place, f"{text!r} is not a number") from None
    if not is_usable(value):
        raise InputError(path, place, f"{text!r} is not a number")
    if value < column.at_least:
        raise InputError(path, place, f"{text} is below {column.at_least}")
    if column.at_most is not None and value > column.at_most:
        raise InputError(path, place, f"{text} is over the maximum {column.at_most}")
    return value
