"""Rows with too few cells or too many: told as such, and what is wrong in the cells they have."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.columns_aside import LABELS, Aside
from aiqyn.subjects.datafile.columns_cells import Wrong, wrong_in
from aiqyn.subjects.datafile.columns_people import is_mere_number, note_people
from aiqyn.subjects.datafile.columns_tally import Notes, Tally
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.profile_header import Row, reach
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, Value, cell_value
from aiqyn.subjects.personal_columns import NOTHING, Verdict, Watch, may_hold

TELLING = NUMBERS | DAYS | {"yes_no", "address"}  # kinds of columns that a stray value shows in
NAMED = "named_row"  # longer than most, each cell under a name: a record like any other
_T = TypeVar("_T")
_FITS_NOT = ("wrong_kind", "")
_NO_COLUMN = Profile()  # of cells that stand under no name, or under somebody else's


def in_short(row: Row) -> str:
    """Return a row for a report: its filled cells, the first of them."""
    said = (cell if type(cell) is str else cell_value(cell).plain for cell in row[:20])
    return " | ".join(text.strip() for text in said if text.strip())


def kind_of_ragged(row: Row, width: int, named: int = 0) -> str:
    """Return what a row is that is not as wide as its table; NAMED where its header is as wide."""
    if len(row) < width:
        return "short_row"
    return NAMED if reach(row) <= named else "long_row"


def note_spare(rows: Sequence[tuple[int, Row]], width: int, notes: Notes) -> None:
    """Note what is wrong right of a table: of each row its number and its cells there.

    They stand under names of the header, but most records end before them: no column is there.
    """
    wrong = {
        cell: wrong_in(cell, cell_value(cell), _NO_COLUMN)
        for cell in set(chain.from_iterable(cells for _, cells in rows))
    }
    texts = {cell: cell if type(cell) is str else cell_value(cell).plain for cell in wrong}
    may_have_people = may_hold(("\n".join(texts.values()),))
    for number, cells in rows:
        for column, cell in enumerate(cells, width + 1):
            for kind, wants in wrong[cell]:
                notes.add(kind, number, column, texts[cell], wants)
        if may_have_people:
            note_people([*[""] * width, *cells], number, notes)


def is_record(row: Row, width: int, named: int) -> bool:
    """Whether a row is as wide as its table, or stands under names of a wider header."""
    return len(row) == width or kind_of_ragged(row, width, named) == NAMED


def even_row(row: Sequence[_T], width: int) -> Sequence[_T | str]:
    """Return as many cells of a ragged row as the table has columns, blank ones added."""
    return [*row[:width], *[""] * (width - len(row))]


class Ragged(Struct, frozen=True):
    """How ragged rows of one table are told; places of one column are those of records first."""

    aside: Aside
    watches: Sequence[Watch]  # for personal data, of every column
    notes: Notes

    def note(self, row: Row, number: int) -> None:
        """Tell row `number` and what is wrong in it.

        Its cells are held against the columns they stand in. Where none of them fits, they have
        slid or are no record: then only what is wrong in any column is told.
        """
        width = len(self.watches)
        kind = kind_of_ragged(row, width)
        spare = [cell for cell in row[width:] if cell_value(cell).kind != "blank"]
        saw = in_short(row if len(row) < width else spare)
        self.notes.add(kind, number, min(len(row), width) + 1, saw)
        self.notes.details[kind] = str(width)
        if total := kind_aside(row, self.aside):
            self.notes.add(total, number, 0, in_short(row))
        else:
            self._cells(row, number)
        self._people(row, number, note_people(row, number, self.notes))

    def _cells(self, row: Row, number: int) -> None:
        for column, (cell, wrong) in enumerate(wrong_in_row(row, self.aside.profiles), 1):
            saw = cell if type(cell) is str else cell_value(cell).plain
            for kind, wants in wrong:
                self.notes.add(kind, number, column, saw, wants)

    def _people(self, row: Row, number: int, told: set[tuple[str, int]]) -> None:
        """Let every column look at its cell, but for what was told of the row already."""
        texts = [cell if type(cell) is str else cell_value(cell).plain for cell in row]
        for watch, text in zip(self.watches, texts, strict=False):
            looks_at_all = watch.counts_people or watch.named[personal.IIN]
            if not looks_at_all and (is_mere_number(text) or not may_hold((text,))):
                continue
            verdict = watch.judged(text)
            if verdict is not NOTHING:
                found = tuple(each for each in verdict.found if (each[0], watch.number) not in told)
                left = Verdict(verdict.alike, found)
                watch.add_judged([(left, 1)], [(number, left)])


def note_ragged(rows: Iterable[tuple[int, Row]], tallies: Sequence[Tally], notes: Notes) -> None:
    """Note rows that are not as wide as the table, each with its number."""
    profiles = [tally.profile for tally in tallies]
    aside = Aside(profiles, tuple(profile.name for profile in profiles))
    telling = Ragged(aside, [tally.watch for tally in tallies], notes)
    for number, row in rows:
        telling.note(row, number)


def kind_aside(row: Row, aside: Aside) -> str:
    """Return what a ragged row is when it is no record: "totals_row"; "" where it may be one."""
    whole = even_row(row, len(aside.profiles))
    is_marked = any(aside.is_marked(at, cell) for at, cell in enumerate(whole[:LABELS]))
    return aside.kind(whole) if is_marked else ""


def wrong_in_row(row: Row, profiles: Sequence[Profile]) -> list[tuple[object, Wrong]]:
    """Return what is wrong with every cell of a ragged row."""
    values = [cell_value(cell) for cell in row]
    wrong = _wrong(row, values, profiles)
    if _has_slid(values, wrong, profiles):
        wrong = _wrong(row, values, ())
    return list(zip(row, wrong, strict=True))


def profiles_of(row: Row, profiles: Sequence[Profile]) -> list[Profile]:
    """Return by which measure each cell of a ragged row is read."""
    values = [cell_value(cell) for cell in row]
    if _has_slid(values, _wrong(row, values, profiles), profiles):
        return [_NO_COLUMN] * len(row)
    return [*profiles[: len(row)], *[_NO_COLUMN] * (len(row) - len(profiles))]


def _wrong(row: Row, values: Sequence[Value], profiles: Sequence[Profile]) -> list[Wrong]:
    measures = [*profiles[: len(row)], *[_NO_COLUMN] * (len(row) - len(profiles))]
    return [wrong_in(*each) for each in zip(row, values, measures, strict=True)]


def _has_slid(values: Sequence[Value], wrong: Sequence[Wrong], profiles: Sequence[Profile]) -> bool:
    """Whether a row does not stand under its names: one text alone, or no cell that fits."""
    if sum(value.kind != "blank" for value in values) < 2:
        return True
    fits = [
        _FITS_NOT not in each
        for value, each, profile in zip(values, wrong, profiles, strict=False)
        if profile.kind in TELLING and value.kind not in ("blank", "missing")
    ]
    return len(fits) > 1 and not any(fits)
