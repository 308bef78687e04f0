"""Two versions of a set beside one another: their tables compared row by row."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from aiqyn.datastore import QueryRefused
from aiqyn.datastore.difference import Difference, compare
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.errors import EvidenceError
from aiqyn.text import inert
from aiqyn_portal.sections.open_data import queries, tables
from aiqyn_portal.sections.open_data.models import File, Version

ROWS = 50  # of one page


class Echo:
    """A file that gives back what is written to it, for a download made row by row."""

    def write(self, value: str) -> str:
        return value


class Pair(NamedTuple):
    """One file in both versions."""

    before: File
    after: File


def pair_of(older: Version, newer: Version, name: str = "") -> Pair | None:
    """The file called `name` in both versions, or the first that has a table in both."""
    before = {file.name: file for file in queries.free_files(older) if file.has_table}
    after = {file.name: file for file in queries.free_files(newer) if file.has_table}
    both = [each for each in after if each in before]
    if name in both:
        return Pair(before[name], after[name])
    if both:
        return Pair(before[both[0]], after[both[0]])
    if len(before) == len(after) == 1:  # the file was called otherwise
        return Pair(*before.values(), *after.values())
    return None


def difference_of(pair: Pair, *, page: int = 1, rows: int = ROWS) -> Difference | None:
    """One page of what changed; None where it could not be told in time."""
    key = [column.name for column in pair.after.dictionary.all() if column.is_key][:1]
    try:
        return compare(
            tables.plain_file(pair.before.table_sha256),
            tables.plain_file(pair.after.table_sha256),
            key=key,
            offset=(page - 1) * rows,
            limit=rows,
        )
    except (QueryTooLong, QueryRefused, EvidenceError):
        return None


def lines(found: Difference) -> Iterator[str]:
    """The changes as CSV: a row of the table a line, two lines for a row that changed."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(["_change", *map(inert, found.columns)])
    for each in found.changes:
        if each.before:
            kind = "changed_from" if each.kind == "changed" else each.kind
            yield writer.writerow([kind, *_cells(each.before)])
        if each.after:
            kind = "changed_to" if each.kind == "changed" else each.kind
            yield writer.writerow([kind, *_cells(each.after)])


def _cells(row: tuple[str | None, ...]) -> Iterator[str]:
    return (inert(cell or "") for cell in row)
