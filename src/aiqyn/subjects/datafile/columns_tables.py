"""Further tables under the first one: told by a header of their own after a blank row."""

from collections.abc import Iterator, Sequence

from aiqyn.subjects.datafile.columns_ragged import TELLING, in_short
from aiqyn.subjects.datafile.columns_tally import Notes
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.profile_header import Row, is_blank
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, cell_value

MOST = 50  # tables told of one sheet


def note_other_tables(
    rows: Sequence[Row], first: int, profiles: Sequence[Profile], notes: Notes
) -> None:
    """Note every further table; its header and its ragged rows are no values of another kind."""
    blank = [number - first for number, *_ in notes.places("blank_row")]
    begins = (at + 1 for at in blank if at + 2 < len(rows))
    found = (
        at
        for at in begins
        if _begins_table(rows[at], rows[at + 1], profiles)
        or _begins_below(rows[at : at + 3], profiles)
        or _is_wider(rows[at : at + 2], _above(rows, at))
    )
    for at, _ in zip(found, range(MOST), strict=False):
        notes.add("several_tables", first + at, 0, in_short(rows[at]))
        notes.drop("wrong_kind", first + at)
        if _begins_below(rows[at : at + 3], profiles):
            notes.drop("wrong_kind", first + at + 1)
        for place in _ragged_from(rows, at, len(profiles)):
            notes.drop("wrong_kind", first + place)


def _above(rows: Sequence[Row], at: int) -> Sequence[Row]:
    """Return the rows above the blank one that stands before place `at`."""
    begun = end = at - 1
    while begun and not is_blank(rows[begun - 1]):
        begun -= 1
    return rows[begun:end]


def _is_wider(begins: Sequence[Row], above: Sequence[Row]) -> bool:
    """Whether names and the row below them are as wide as no row above: most rows are theirs."""
    width = len(begins[0])
    widths = {len(row) for row in above}
    return bool(widths) and len(begins[1]) == width not in widths and _are_names(*begins)


def _are_names(row: Row, below: Row) -> bool:
    """Whether a row is names alone and has values below it."""
    kinds = [cell_value(cell).kind for cell in row]
    if not set(kinds) <= {"text", "blank"} or kinds.count("text") < 2:
        return False
    return any(cell_value(cell).kind in NUMBERS | DAYS for cell in below)


def _begins_table(row: Row, below: Row, profiles: Sequence[Profile]) -> bool:
    """Whether a row is names alone, does not fit the table above, and has values below it."""
    if not _are_names(row, below):
        return False
    if len(row) != len(profiles):
        return len(below) == len(row)
    return any(
        cell_value(cell).kind == "text" and profile.kind in TELLING
        for cell, profile in zip(row, profiles, strict=True)
    )


def _begins_below(rows: Sequence[Row], profiles: Sequence[Profile]) -> bool:
    """Whether the first two of three rows are names of two levels over values of another table."""
    if len(rows) < 3 or len({*map(len, rows)}) > 1:
        return False
    upper, lower, below = rows
    if not (_are_names(upper, below) and _are_names(lower, below)):
        return False
    gaps = [is_blank([cell]) for cell in upper]
    joined = [low if gap else cell for gap, cell, low in zip(gaps, upper, lower, strict=True)]
    return joined != list(upper) and _begins_table(joined, below, profiles)


def _ragged_from(rows: Sequence[Row], at: int, width: int) -> Iterator[int]:
    """Yield the places of the rows of this table that are not as wide as the first."""
    for place in range(at + 1, len(rows)):
        if len(rows[place]) == width or is_blank(rows[place]):
            return
        yield place
