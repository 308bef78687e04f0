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
    found = (at for at in begins if _begins_table(rows[at], rows[at + 1], profiles))
    for at, _ in zip(found, range(MOST), strict=False):
        notes.add("several_tables", first + at, 0, in_short(rows[at]))
        notes.drop("wrong_kind", first + at)
        for place in _ragged_from(rows, at, len(profiles)):
            notes.drop("wrong_kind", first + place)


def _begins_table(row: Row, below: Row, profiles: Sequence[Profile]) -> bool:
    """Whether a row is names alone, does not fit the table above, and has values below it."""
    if is_blank(row) or is_blank(below):
        return False
    kinds = [cell_value(cell).kind for cell in row]
    if not set(kinds) <= {"text", "blank"} or kinds.count("text") < 2:
        return False
    if not any(cell_value(cell).kind in NUMBERS | DAYS for cell in below):
        return False
    if len(row) != len(profiles):
        return len(below) == len(row)
    return any(
        kind == "text" and profile.kind in TELLING
        for kind, profile in zip(kinds, profiles, strict=True)
    )


def _ragged_from(rows: Sequence[Row], at: int, width: int) -> Iterator[int]:
    """Yield the places of the rows of this table that are not as wide as the first."""
    for place in range(at + 1, len(rows)):
        if len(rows[place]) == width or is_blank(rows[place]):
            return
        yield place
