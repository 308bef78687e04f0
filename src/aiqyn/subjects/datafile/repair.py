"""A clean table beside the original: what can be put right is, and every change is told.

The original is never touched. Nothing is guessed: what cannot be put right stays as it is.
Rows that are no records (titles, notes, totals, blank and repeated ones) leave the table and
are told in full in the list of changes, which is a CSV of its own beside the table.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from aiqyn.chain import Noun
from aiqyn.subjects.datafile import open as door
from aiqyn.subjects.datafile.columns_aside import LABELS, Aside
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import Table, Trouble
from aiqyn.subjects.datafile.profile_header import Layout, Row, is_blank
from aiqyn.subjects.datafile.repair_cells import Mender, tidy_names
from aiqyn.subjects.datafile.repair_parquet import write_parquet
from aiqyn.subjects.datafile.repair_rows import Rows, rows_of_grid, rows_of_text
from aiqyn.subjects.datafile.values import cell_value

MOST_CHANGES = 1_000  # of one kind kept in `Mended`; the list beside the table has all
COLUMNS = ("kind", "row", "column", "name", "before", "after")
OF_BYTES = frozenset(  # mended by writing the file anew
    (
        "not_utf8",
        "wrong_declared_encoding",
        "byte_order_mark",
        "mixed_line_ends",
        "bare_quote",
        "header_rows",
        "mixed_date_formats",
    )
)


class Change(Noun, frozen=True, kw_only=True):
    """One thing that was put right, where it stood in the original."""

    kind: str  # of trouble
    row: int
    column: int = 0  # 0: the whole row left the table
    name: str = ""
    before: str = ""
    after: str = ""


class Mended(Noun, frozen=True, kw_only=True):
    """What was written, what was changed, what is still wrong."""

    path: str  # of the clean table
    changes_path: str  # of the whole list of changes
    rows: int  # records written
    counts: dict[str, int]  # changes by kind
    changes: tuple[Change, ...] = ()  # the first MOST_CHANGES of each kind
    left: tuple[Trouble, ...] = ()  # what nobody but the owner can put right


def mend(
    path: Path,
    *,
    form: str = "csv",
    for_spreadsheets: bool = False,
    limits: Limits = LIMITS,
) -> tuple[Mended, ...]:
    """Write every table of a file anew, clean, beside it; return what was done to each.

    `form` is "csv" (UTF-8, commas) or "parquet". `for_spreadsheets` puts an apostrophe
    before texts a spreadsheet would run; else they stay as they are. The original is not
    touched, an earlier clean table is replaced. Raises InputError where there is no file.
    """
    grids: list[Sequence[Row]] = []
    found = door.read(path, limits=limits, keep=lambda _, rows: grids.append(list(rows)))
    is_text = found.format in ("csv", "tsv") and not found.inside
    done = []
    for at, table in enumerate(found.tables):
        with ExitStack() as stack:
            if is_text:
                rows = stack.enter_context(rows_of_text(path))
            else:
                rows = rows_of_grid(grids[at], table)
            if table.rows:
                to = _beside(path, table.name if len(found.tables) > 1 else "", form)
                troubles = (*found.troubles, *table.troubles)
                done.append(_Repair(table, troubles, rows, for_spreadsheets).write(to, form))
    return tuple(done)


def _beside(path: Path, table: str, form: str) -> Path:
    """Return where the clean table goes: `name.clean.csv`, `name.sheet.clean.csv`."""
    said = "".join(letter if letter.isalnum() else "_" for letter in table)[:60]
    return path.with_name(".".join(part for part in (path.stem, said, "clean", form) if part))


class _Repair:
    """One table while it is put right."""

    def __init__(
        self,
        table: Table,
        troubles: tuple[Trouble, ...],
        rows: Rows,
        for_spreadsheets: bool,
    ) -> None:
        self.rows, self.troubles = rows, troubles
        self.menders = [
            Mender(profile, column, for_spreadsheets=for_spreadsheets)
            for profile, column in zip(rows.profiles, table.columns, strict=True)
        ]
        self.names = tidy_names(table.columns)
        kinds = {trouble.kind: trouble for trouble in table.troubles}
        blank = kinds.get("blank_column")
        self.gone = {spot.column - 1 for spot in blank.spots} if blank else set()
        self.seen: set[int] | None = set() if "duplicate_row" in kinds else None
        self.aside = Aside(rows.profiles, rows.layout.names)
        self.counts: Counter[str] = Counter()
        self.changes: list[Change] = []
        self.written = 0

    def write(self, to: Path, form: str) -> Mended:
        told = to.with_suffix(".changes.csv")
        plain = to if form == "csv" else to.with_name(f".{to.name}.csv")
        with _anew(told) as listed, _anew(plain) as table:
            self.listing = csv.writer(listed)
            self.listing.writerow(COLUMNS)
            writer = csv.writer(table)
            for row in self._table(keep_ragged=form == "csv"):
                writer.writerow(row)
        if form == "parquet":
            try:
                write_parquet(plain, to, [each.profile.kind for each in self._kept()])
            finally:
                plain.unlink()
        return Mended(
            path=str(to),
            changes_path=str(told),
            rows=self.written,
            counts=dict(sorted(self.counts.items())),
            changes=tuple(self.changes),
            left=tuple(self._left()),
        )

    def _kept(self) -> list[Mender]:
        return [each for at, each in enumerate(self.menders) if at not in self.gone]

    def _table(self, *, keep_ragged: bool) -> Iterator[list[str]]:
        """Yield the rows of the clean table, telling what was done to each."""
        self._above()
        for at in sorted(self.gone):
            self._tell(Change(kind="blank_column", row=0, column=at + 1))
        yield [name for at, (name, _) in enumerate(self.names) if at not in self.gone]
        number = self.rows.layout.first
        for row in self.rows.data:
            number += 1
            kind = self._kind(row)
            if kind in ("short_row", "long_row") and keep_ragged:
                self.written += 1
                yield [_text(cell) for cell in row]
            elif kind:
                self._tell(Change(kind=kind, row=number, before=_joined(row)))
            else:
                self.written += 1
                yield self._record(row, number)
        for below, row in enumerate(self.rows.below, number + 1):
            kind = "blank_row" if is_blank(row) else "note_row"
            self._tell(Change(kind=kind, row=below, before=_joined(row)))

    def _above(self) -> None:
        layout = self.rows.layout
        for place, row in enumerate(self.rows.above):
            if place not in layout.header:
                kind = _kind_above(place, row, layout)
                self._tell(Change(kind=kind, row=place + 1, before=_joined(row)))
        last = layout.header[-1] + 1 if layout.header else 0
        for number, (name, kinds) in enumerate(self.names, 1):
            was = layout.names[number - 1]
            for kind in kinds if number - 1 not in self.gone else ():
                self._tell(
                    Change(kind=kind, row=last, column=number, name=name, before=was, after=name)
                )

    def _kind(self, row: Row) -> str:
        """Return why a row is no record to be kept; "" for one that is."""
        if is_blank(row):
            return "blank_row"
        if len(row) != len(self.menders):
            return "short_row" if len(row) < len(self.menders) else "long_row"
        if any(self.aside.is_marked(at, cell) for at, cell in enumerate(row[:LABELS])):
            kind = self.aside.kind(row)
            if kind:
                return kind
        if self.seen is None:
            return ""
        said = hash(tuple(row))
        if said in self.seen:
            return "duplicate_row"
        self.seen.add(said)
        return ""

    def _record(self, row: Row, number: int) -> list[str]:
        clean = []
        for at, (cell, mender) in enumerate(zip(row, self.menders, strict=True)):
            if at in self.gone:
                continue
            after, kinds = mender.mend(cell)
            for kind in kinds:
                name, before = self.names[at][0], _text(cell)
                self._tell(
                    Change(
                        kind=kind, row=number, column=at + 1, name=name, before=before, after=after
                    )
                )
            clean.append(after)
        return clean

    def _tell(self, change: Change) -> None:
        self.counts[change.kind] += 1
        self.listing.writerow([getattr(change, field) for field in COLUMNS])
        if self.counts[change.kind] <= MOST_CHANGES:
            self.changes.append(change)

    def _left(self) -> Iterator[Trouble]:
        for trouble in self.troubles:
            if trouble.kind not in OF_BYTES and self.counts[trouble.kind] < trouble.count:
                yield trouble


def _kind_above(place: int, row: Row, layout: Layout) -> str:
    if place == layout.numbering:
        return "numbering_row"
    return "blank_row" if is_blank(row) else "preamble_row"


def _text(cell: object) -> str:
    return cell if type(cell) is str else cell_value(cell).plain


def _joined(row: Row) -> str:
    """Return a whole row as one line of CSV, nothing shortened."""
    return ",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in map(_text, row))


@contextmanager
def _anew(path: Path) -> Iterator[Any]:
    """Write a file in one go: it appears whole, or not at all."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}", delete=False
    ) as file:
        try:
            yield file
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
