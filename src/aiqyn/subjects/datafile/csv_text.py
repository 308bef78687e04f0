"""Delimited text of any size, encoding and dialect, read into what is known of it."""

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from aiqyn.subjects.datafile.columns import read_table
from aiqyn.subjects.datafile.columns_tally import Notes
from aiqyn.subjects.datafile.csv_dialect import find_dialect, line_end_of
from aiqyn.subjects.datafile.csv_encoding import Encoding, detect
from aiqyn.subjects.datafile.csv_records import (
    LINE_ENDS,
    Dialect,
    Records,
    lines_of,
    split,
)
from aiqyn.subjects.datafile.grid import Keep
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import DataFile, Table, Trouble
from aiqyn.subjects.datafile.profile_header import usual_width

SMALL = 4 << 20  # bytes up to which a file is read at once
HEAD = 1 << 20  # bytes of its beginning that tell how a file is written
PART, PARTS = 128 << 10, 16  # bytes and number of further samples, spread over the file


class Look(Struct, frozen=True, kw_only=True):
    """How a file is written."""

    encoding: Encoding
    dialect: Dialect
    line_end: str
    width: int  # cells of a usual record


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
    table = read_table(records.rows, notes_of_text(text, records, look), limits=limits)
    return file_of(name or path.name, look, table, declared)


def look_at(content: bytes) -> tuple[Look, str]:
    """Return how a whole file is written, and its text."""
    encoding = detect([content])
    text = decode(content[encoding.mark :], encoding)
    return look_in([text], encoding), text


def look_in(samples: Sequence[str], encoding: Encoding) -> Look:
    """Return how a text is written, by parts of it that begin with a line."""
    dialect = find_dialect(samples)
    rows = [row for sample in samples for row in split(lines_of(sample[:HEAD]), dialect).rows]
    line_end = line_end_of(samples[0][:HEAD])
    return Look(encoding=encoding, dialect=dialect, line_end=line_end, width=usual_width(rows))


def decode(content: bytes, encoding: Encoding) -> str:
    return content.decode(encoding.name, "replace")


def notes_of_text(text: str, records: Records, look: Look, first: int = 1) -> Notes:
    """Return what is wrong with the text itself; its first record is row `first`."""
    notes = Notes()
    for quirk in records.quirks:
        notes.add(quirk.kind, quirk.row + first, quirk.column + 1, quirk.saw, quirk.wants)
    if "\r" in text and not ends_agree(text):
        _note_ends(text, records, look, notes, first)
    return notes


def ends_agree(text: str) -> bool:
    """Whether every line of the text ends in the same way."""
    both = text.count("\r\n")
    return sum(count > 0 for count in (both, text.count("\r") - both, text.count("\n") - both)) < 2


def _note_ends(text: str, records: Records, look: Look, notes: Notes, first: int) -> None:
    """Note rows whose line ends in another way than most."""
    ends = LINE_ENDS.findall(text)
    line = 0
    for row in range(len(records.rows)):
        taken = 1 + records.spread.get(row, 0)
        if others := [end for end in ends[line : line + taken] if end != look.line_end]:
            notes.add("mixed_line_ends", row + first, 0, ascii(others[0])[1:-1])
        line += taken


def file_of(name: str, look: Look, table: Table, declared: str) -> DataFile:
    """Return the file once its table is known."""
    return DataFile(
        name=name,
        format="tsv" if look.dialect.delimiter == "\t" else "csv",
        encoding=look.encoding.name,
        delimiter=look.dialect.delimiter,
        quote=look.dialect.quote,
        line_end=look.line_end,
        tables=(table,),
        troubles=tuple(_of_bytes(look.encoding, declared, is_empty=not table.columns)),
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
