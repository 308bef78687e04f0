"""Delimited text among the readers of formats: its own reader does the work."""

import csv
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from aiqyn.subjects.datafile.addresses import links_of
from aiqyn.subjects.datafile.csv_text import SMALL, read_csv
from aiqyn.subjects.datafile.grid import Asking, Row
from aiqyn.subjects.datafile.model import DataFile

LONGEST = 10_000_000  # characters of a cell that is given to who asks for cells


def read(path: Path, asking: Asking) -> DataFile:
    """Read the table, and count the addresses its columns lead to."""
    found = read_csv(path, name=asking.name, keep=asking.keep, limits=asking.limits)
    if asking.keep and path.stat().st_size > SMALL:  # it was read in parts, and none kept
        asking.keep("", list(_rows(path, found, asking.limits.cells)))
    return replace(found, links=links_of(found.tables))


def _rows(path: Path, found: DataFile, cells: int) -> Iterator[Row]:
    """Yield the rows of a large file, as many as hold `cells` cells."""
    csv.field_size_limit(LONGEST)
    with path.open(encoding=found.encoding, errors="replace", newline="") as text:
        lines = (line.replace("\0", "").removeprefix("\ufeff") for line in text)
        for row in csv.reader(lines, delimiter=found.delimiter, quotechar=found.quote or '"'):
            cells -= len(row)
            if cells < 0:
                return
            yield row
