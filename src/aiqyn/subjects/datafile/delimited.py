"""Delimited text: handed on to the reader of delimited text."""

import csv
from pathlib import Path

from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import Column, DataFile, Table
from aiqyn.subjects.datafile.sniff import decoded


def read(path: Path, asking: Asking) -> DataFile:
    """Read the table."""
    text = decoded(path.read_bytes()) or ""
    delimiter = "\t" if asking.format == "tsv" else max(",;|", key=text[:10_000].count)
    rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    header = tuple(rows[0]) if rows else ()
    table = Table(
        header=header,
        header_row=1,
        first_row=2 if len(rows) > 1 else 0,
        rows=max(len(rows) - 1, 0),
        columns=tuple(
            Column(name=name, number=number, kind="text") for number, name in enumerate(header, 1)
        ),
    )
    return DataFile(
        name=asking.name,
        format=asking.format,
        delimiter=delimiter,
        encoding="utf-8",
        tables=(table,),
    )
