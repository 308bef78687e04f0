"""Personal data outside the records: above and below them, in names, in rows that do not fit."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.columns_tally import Notes
from aiqyn.subjects.datafile.model import MOST_SPOTS, Trouble
from aiqyn.subjects.datafile.values import cell_value
from aiqyn.subjects.personal_columns import may_hold


def note_people(row: Sequence[object], number: int, notes: Notes) -> None:
    """Note the personal data in row `number` of the table; what was seen is masked.

    Bare digits that fit by chance are none: no column is there to decide. A name is told
    beside something else about a person only: alone, it may be that of the officer in charge.
    """
    texts = [cell if type(cell) is str else cell_value(cell).plain for cell in row]
    if not may_hold(texts):
        return
    found = [
        (each.kind, column, each.masked)
        for column, text in enumerate(texts, 1)
        for each in sorted(personal.find(text), key=lambda each: each.begin)
        if each.is_sure
    ]
    if any(kind != personal.NAME for kind, *_ in found):
        for kind, column, masked in found:
            notes.add(kind, number, column, masked)


def joined(troubles: Iterable[Trouble]) -> tuple[Trouble, ...]:
    """Return one trouble a kind, kinds in alphabetical order."""
    made: dict[str, Trouble] = {}
    for trouble in troubles:
        if before := made.get(trouble.kind):
            spots = sorted(before.spots + trouble.spots, key=lambda spot: (spot.row, spot.column))
            count = before.count + trouble.count
            made[trouble.kind] = replace(before, count=count, spots=tuple(spots[:MOST_SPOTS]))
        else:
            made[trouble.kind] = trouble
    return tuple(made[kind] for kind in sorted(made))
