"""A clean table beside the original: what can be put right is, and every change is told.

The original is never touched. Nothing is guessed: what cannot be put right stays as it is.
Rows that are no records (titles, notes, totals, blank and repeated ones) leave the table and
are told in full in the list of changes, which is a CSV of its own beside the table. A row with
too few cells gets blank ones at its end; what it has too many stands under the names of a
header as wide as that, else in a column of its own.
The list ends with what is left, and who has to do it.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from aiqyn.chain import Noun
from aiqyn.subjects.datafile import open as door
from aiqyn.subjects.datafile.columns_aside import LABELS, Aside
from aiqyn.subjects.datafile.columns_ragged import (
    NAMED,
    even_row,
    is_record,
    kind_aside,
    kind_of_ragged,
    profiles_of,
)
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import Column, Table, Trouble
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.profile_header import Layout, Row, is_blank, reach
from aiqyn.subjects.datafile.repair_cells import (
    Mender,
    name_apart,
    names_past,
    print_of,
    tidy_names,
)
from aiqyn.subjects.datafile.repair_list import OF_ROWS, Change, Listing
from aiqyn.subjects.datafile.repair_parquet import write_parquet
from aiqyn.subjects.datafile.repair_rows import Rows, rows_of_grid, rows_of_text
from aiqyn.subjects.datafile.values import cell_value
from aiqyn.text import LANGUAGES

BYTES = 4  # of a letter in UTF-8, at most
SEVERAL = "several_tables"
SPARE = "extra_cells"  # the column of what stood under no name


class Mended(Noun, frozen=True, kw_only=True):
    """What was written, what was changed, what is still wrong."""

    path: str  # of the clean table
    changes_path: str  # of the whole list of changes
    rows: int  # records written
    counts: dict[str, int]  # changes by kind
    changes: tuple[Change, ...] = ()  # the first MOST_CHANGES of each kind
    left: tuple[Trouble, ...] = ()  # what only people can put right, where it still is


class Names:
    """The names of the clean tables of one run: none is that of another, nor of an original."""

    def __init__(self, originals: Sequence[Path]) -> None:
        self.begun = Counter(path.with_suffix("") for path in originals)
        self.taken = {_place(path) for path in originals}

    def beside(self, path: Path, parts: Sequence[str], form: str) -> Path:
        """Return where a clean table goes: `name.clean.csv`, `name.sheet.table_2.clean.csv`.

        A file keeps its ending where another has its name but for that. Where the place is
        taken still, the last part gets a number.
        """
        name = path.name if self.begun[path.with_suffix("")] > 1 else path.stem
        said = ("".join(each if each.isalnum() else "_" for each in part)[:60] for part in parts)
        begun = ".".join(part for part in (name, *said) if part)
        to, number = path.with_name(f"{begun}.clean.{form}"), 1
        while _place(to) in self.taken:
            number += 1
            to = path.with_name(f"{begun}_{number}.clean.{form}")
        self.taken.add(_place(to))
        return to


def _place(path: Path) -> str:
    """Return what is equal for paths that may be one file, also where capitals do not count."""
    return str(path.parent.resolve() / path.name).casefold()


def mend(
    path: Path,
    *,
    form: str = "csv",
    for_spreadsheets: bool = False,
    language: str = LANGUAGES[0],
    limits: Limits = LIMITS,
    names: Names | None = None,
) -> tuple[Mended, ...]:
    """Write every table of a file anew, clean, beside it; return what was done to each.

    `form` is "csv" (UTF-8, commas) or "parquet". `for_spreadsheets` puts an apostrophe
    before texts a spreadsheet would run; else they stay as they are. The list of changes is in
    `language`. The original is not touched, an earlier clean table is replaced.
    `names` are those of all files mended in one run. Nothing is written of a file that was
    not read whole: records would be lost. Raises InputError where there is no file.
    """
    names = names or Names([path])
    grids: list[Sequence[Row]] = []
    found = door.read(path, limits=limits, keep=lambda _, rows: grids.append(list(rows)))
    done: list[Mended] = []
    if not found.is_whole:
        return ()
    at = -1
    for table in found.tables:
        at += table.area is None or table.area.number == 1
        if not table.rows:
            continue
        with ExitStack() as stack:
            if found.is_text and not table.area:
                rows = stack.enter_context(rows_of_text(path))
            else:
                rows = rows_of_grid(grids[at], table)
            sheet = table.name if len(grids) > 1 else ""
            part = f"table_{table.area.number}" if table.area else ""
            repair = _Repair(table, rows, for_spreadsheets)
            troubles = (*found.troubles, *table.troubles)
            done.append(
                repair.write(names.beside(path, (sheet, part), form), form, troubles, language)
            )
    return tuple(done)


class _Repair:
    """One table while it is put right."""

    def __init__(self, table: Table, rows: Rows, for_spreadsheets: bool) -> None:
        self.rows = rows
        self.menders = [
            Mender(profile, column, for_spreadsheets=for_spreadsheets)
            for profile, column in zip(rows.profiles, table.columns, strict=True)
        ]
        self.elsewhere = Mender(
            Profile(), Column(name="", number=0, kind="text"), for_spreadsheets=for_spreadsheets
        )
        self.names = tidy_names(table.columns)
        kinds = {trouble.kind: trouble for trouble in table.troubles}
        self.gone = set(_blank_columns(kinds, rows.aside))
        self.is_further = table.area is not None and table.area.number > 1
        self.seen: set[object] | None = set() if "duplicate_row" in kinds else None
        self.aside = Aside(rows.profiles, rows.layout.names)
        header = rows.above[rows.layout.header[0]] if len(rows.layout.header) == 1 else ()
        self.further = names_past(header, len(self.menders))
        self.spare = self._name_of_spare(has_long="long_row" in kinds)
        self.tail = [*self.further, self.spare] if self.spare else self.further
        self.written = 0

    def _name_of_spare(self, *, has_long: bool) -> str:
        """Return the name of the column for cells that have none; "" where all are blank."""
        wide = len(self.menders) + len(self.further)
        may_have = has_long or self.rows.layout.named
        if not may_have or all(len(row) <= wide or reach(row) <= wide for row in self.rows.data):
            return ""
        taken = [*(name for name, _ in self.names), *self.further]
        return name_apart(SPARE, {name.lower() for name in taken})

    def write(self, to: Path, form: str, troubles: tuple[Trouble, ...], language: str) -> Mended:
        self.to, told = to, to.with_suffix(".changes.csv")
        plain = to if form == "csv" else to.with_name(f".{to.name}.csv")
        with _anew(told) as listed, _anew(plain) as table:
            self.listing = Listing(troubles, language, listed, self.rows)
            writer = csv.writer(table)
            longest = 0
            for row in self._table():
                longest = max(longest, writer.writerow(row) * BYTES)
            left = self.listing.end()
        if form == "parquet":
            try:
                kinds = [each.profile.kind for each in self._kept()]
                write_parquet(plain, to, [*kinds, *["text"] * len(self.tail)], longest)
            finally:
                plain.unlink()
        return Mended(
            path=str(to),
            changes_path=str(told),
            rows=self.written,
            counts=dict(sorted(self.listing.counts.items())),
            changes=tuple(self.listing.changes),
            left=left,
        )

    def _kept(self) -> list[Mender]:
        return [each for at, each in enumerate(self.menders) if at not in self.gone]

    def _table(self) -> Iterator[list[str]]:
        """Yield the rows of the clean table, telling what was done to each."""
        if self.is_further:
            self._begun()
        self._above()
        for at in sorted(self.gone):
            self.listing.tell(Change(kind="blank_column", row=0, column=at + 1))
        names = [name for at, (name, _) in enumerate(self.names) if at not in self.gone]
        yield [*names, *self.tail]
        number = self.rows.layout.first
        for row in self.rows.data:
            number += 1
            if len(row) != len(self.menders) and not is_blank(row):
                yield from self._ragged(row, number)
            elif kind := self._kind(row):
                self.listing.tell(Change(kind=kind, row=number, before=_joined(row)))
            else:
                yield self._record(row, number)
        for below, row in enumerate(self.rows.below, number + 1):
            kind = "blank_row" if is_blank(row) else "note_row"
            self.listing.tell(Change(kind=kind, row=below, before=_joined(row)))

    def _begun(self) -> None:
        """Tell that the table has left the one above it, or beside."""
        place = self.rows.layout.header[-1]
        begun, column = _joined(self.rows.above[place]), 1 if self.rows.aside else 0
        self.listing.tell(
            Change(kind=SEVERAL, row=place + 1, column=column, before=begun, after=self.to.name)
        )

    def _above(self) -> None:
        layout = self.rows.layout
        last = layout.header[-1] + 1 if layout.header else 0
        for place, row in enumerate(self.rows.above):
            if place not in layout.header:
                kind = _kind_above(place, row, layout)
                self.listing.tell(Change(kind=kind, row=place + 1, before=_joined(row)))
        self._header(layout)
        for number, (name, kinds) in enumerate(self.names, 1):
            was = layout.names[number - 1]
            for kind in kinds if number - 1 not in self.gone else ():
                self.listing.tell(
                    Change(kind=kind, row=last, column=number, name=name, before=was, after=name)
                )

    def _header(self, layout: Layout) -> None:
        """Tell the rows of a header that do not enter the table as they are."""
        kept = _joined(layout.names)
        for place in layout.header:
            row, number = self.rows.above[place], place + 1
            if len(layout.header) > 1:
                told = Change(kind="header_rows", row=number, before=_joined(row), after=kept)
                self.listing.tell(told)
            elif layout.named:
                kept = _joined([*layout.names, *self.further])
                told = Change(kind="wide_header", row=number, before=_joined(row), after=kept)
                self.listing.tell(told, "" if self.further else "names_left")

    def _kind(self, row: Row) -> str:
        """Return why a row is no record to be kept; "" for one that is."""
        if is_blank(row):
            return "blank_row"
        if any(self.aside.is_marked(at, cell) for at, cell in enumerate(row[:LABELS])):
            kind = self.aside.kind(row)
            if kind:
                return kind
        return "duplicate_row" if self._is_repeat(row) else ""

    def _is_repeat(self, row: Row) -> bool:
        if self.seen is None:
            return False
        named = self.rows.layout.named
        said = print_of(even_row(row, named) if named else row)
        is_known = said in self.seen
        self.seen.add(said)
        return is_known

    def _ragged(self, row: Row, number: int) -> Iterator[list[str]]:
        """Yield a ragged row as wide as the table, nothing of it lost; a total leaves the table."""
        width = len(self.menders)
        kind = kind_of_ragged(row, width, width + len(self.further))
        if total := kind_aside(row, self.aside):
            for each in (kind, total) if kind != NAMED else (total,):
                self.listing.tell(Change(kind=each, row=number, before=_joined(row)))
            return
        profiles = self.rows.profiles
        if not is_record(row, width, self.rows.layout.named):
            profiles = profiles_of(row, profiles)
        elif self._is_repeat(row):
            self.listing.tell(Change(kind="duplicate_row", row=number, before=_joined(row)))
            return
        menders = [
            mender if profile is mender.profile else self.elsewhere
            for mender, profile in zip(self.menders, profiles, strict=False)
        ]
        spare = list(self._spare(row[width:], number))
        even = even_row(row, width)
        record = self._record(even, number, [*menders, *self.menders[len(menders) :]])
        if self.tail:
            record[-len(self.tail) :] = self._ended(spare)
        if kind != NAMED:
            change = Change(kind=kind, row=number, before=_joined(row), after=_joined(record))
            self.listing.tell(change)
        yield record

    def _ended(self, cells: Sequence[str]) -> list[str]:
        """Return what stands right of the table: under names of its header, or of none."""
        named, left = even_row(cells, len(self.further)), cells[len(self.further) :]
        line = _line(left) if any(cell.strip() for cell in left) else ""
        return [*map(_text, named), line][: len(self.tail)]

    def _spare(self, cells: Row, number: int) -> Iterator[str]:
        """Yield cells that stand under no name, put right as far as that needs none."""
        for column, cell in enumerate(cells, len(self.menders) + 1):
            yield self._mended(cell, number, column, self.elsewhere)

    def _record(self, row: Row, number: int, menders: Sequence[Mender] = ()) -> list[str]:
        self.written += 1
        clean = [
            self._mended(cell, number, at + 1, mender)
            for at, (cell, mender) in enumerate(zip(row, menders or self.menders, strict=True))
            if at not in self.gone
        ]
        return [*clean, *[""] * len(self.tail)]

    def _name(self, column: int) -> str:
        names = [*(name for name, _ in self.names), *(self.tail or [""])]
        return names[min(column, len(names)) - 1]

    def _mended(self, cell: object, number: int, column: int, mender: Mender) -> str:
        after, kinds = mender.mend(cell)
        name = self._name(column) if kinds else ""
        for kind in kinds:
            self.listing.tell(
                Change(
                    kind=kind, row=number, column=column, name=name, before=_text(cell), after=after
                )
            )
        return after


def _blank_columns(kinds: Mapping[str, Trouble], aside: int) -> Iterator[int]:
    """Yield the columns, from 0, that hold nothing in any row, ragged ones included.

    `aside` columns of the sheet stand before the first of the table.
    """
    ragged = [kinds[kind] for kind in OF_ROWS if kind in kinds]
    reach = [spot.column for each in ragged for spot in each.spots]  # the first cell not there
    if len(reach) < sum(each.count for each in ragged) or "blank_column" not in kinds:
        return
    for spot in kinds["blank_column"].spots:
        if spot.column >= max(reach, default=0):
            yield spot.column - 1 - aside


def _kind_above(place: int, row: Row, layout: Layout) -> str:
    if place == layout.numbering:
        return "numbering_row"
    return "blank_row" if is_blank(row) else "preamble_row"


def _text(cell: object) -> str:
    return cell if type(cell) is str else cell_value(cell).plain


def _joined(row: Row) -> str:
    """Return a whole row as one line of CSV, nothing shortened."""
    return ",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in map(_text, row))


def _line(cells: Sequence[str]) -> str:
    """Return cells as one line of CSV, quoted only where that is needed."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


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
