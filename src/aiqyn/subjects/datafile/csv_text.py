"""Delimited text of any size, encoding and dialect, read into what is known of it."""

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path

from aiqyn.subjects.datafile.columns import read_table
from aiqyn.subjects.datafile.csv_encoding import Encoding
from aiqyn.subjects.datafile.csv_look import Look, look_at, notes_of_text
from aiqyn.subjects.datafile.csv_records import lines_of, split
from aiqyn.subjects.datafile.grid import Grid, Keep
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import DataFile, Table, Trouble
from aiqyn.subjects.datafile.tables import apart_in

SMALL = 4 << 20  # bytes up to which a file is read at once


def read_csv(
    path: Path,
    *,
    name: str = "",
    declared: str = "",
    keep: Keep | None = None,
    limits: Limits = LIMITS,
) -> DataFile:
    """Return what a file of delimited text holds; it never raises for what is wrong inside.

    `declared` is the encoding its source names. `keep` gets the rows of a file small
    enough to be held in memory. Raises OSError where the file cannot be read.
    """
    if path.stat().st_size > SMALL:
        from aiqyn.subjects.datafile.csv_parts import read_large  # noqa: PLC0415  # loads numpy

        return read_large(path, name=name or path.name, declared=declared, limits=limits)
    content = path.read_bytes()
    look, text = look_at(content)
    records = split(lines_of(text), look.dialect, width=look.width)
    if keep:
        keep("", records.rows)
    notes = notes_of_text(text, records, look)
    tables = apart_in(Grid(rows=records.rows, is_typed=False, troubles=notes.troubles()), limits)
    tables = tables or [read_table(records.rows, notes, limits=limits)]
    return file_of(name or path.name, look, tables, declared)


def file_of(name: str, look: Look, tables: Sequence[Table], declared: str) -> DataFile:
    """Return the file once its tables are known."""
    return DataFile(
        name=name,
        format="tsv" if look.dialect.delimiter == "\t" else "csv",
        encoding=look.encoding.name,
        delimiter=look.dialect.delimiter,
        quote=look.dialect.quote,
        line_end=look.line_end,
        tables=tuple(tables),
        troubles=tuple(_of_bytes(look.encoding, declared, is_empty=not tables[0].columns)),
    )


def _of_bytes(encoding: Encoding, declared: str, *, is_empty: bool) -> Iterator[Trouble]:
    if is_empty:
        yield Trouble(kind="empty_file")
    if encoding.name != "utf-8":
        yield Trouble(kind="not_utf8", detail=encoding.name)
    elif encoding.mark:
        yield Trouble(kind="byte_order_mark")
    if declared and _known(declared) != _known(encoding.name):
        yield Trouble(kind="wrong_declared_encoding", detail=declared)


def _known(label: str) -> str:
    """Return one name per encoding; an unknown label is returned as it is."""
    try:
        return codecs.lookup(label).name.removesuffix("-le").removesuffix("-be")
    except LookupError:
        return label
