"""Personal data in a column held in memory, and outside the records.

That is above and below them, in names, in rows that do not fit.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.columns_tally import Notes
from aiqyn.subjects.datafile.counted import Counted
from aiqyn.subjects.datafile.model import MOST_SPOTS, Trouble
from aiqyn.subjects.datafile.values import cell_value
from aiqyn.subjects.personal_columns import NOTHING, Watch, may_hold

DIGITS, OF_IIN = 10, 12  # in the shortest number of a person, and in an IIN


def look_for_people(counted: Counted, numbers: list[int], watch: Watch) -> None:
    """Add the personal data of a column."""
    texts = _texts(counted)
    looks_at_all = watch.counts_people or watch.named[personal.IIN]
    if not looks_at_all and not may_hold(("\n".join(texts.values()),)):
        return
    shortest = watch.shortest
    verdicts = {
        cell: verdict
        for cell, text in texts.items()
        if len(text) >= shortest
        and not is_mere_number(text)
        and (verdict := watch.judged(text)) is not NOTHING
    }
    if verdicts:
        watch.add_judged(
            ((verdict, counted.times[cell]) for cell, verdict in verdicts.items()),
            (
                (number, verdicts[cell])
                for number, cell in zip(numbers, counted.cells, strict=True)
                if cell in verdicts
            ),
        )


def _texts(counted: Counted) -> dict[object, str]:
    """Return how each cell is written; of a number that its file stores, what it says."""
    if counted.are_texts:
        return dict(zip(counted.times, counted.times, strict=True))  # type: ignore[arg-type]
    cells = counted.values.items()
    return {cell: cell if type(cell) is str else value.plain for cell, value in cells}


def is_mere_number(text: str) -> bool:
    """Whether digits are too few for anybody, or twelve that begin with no birthday."""
    length = len(text)
    if not (1 < length < DIGITS or length == OF_IIN) or not text.isdecimal():
        return False
    return length < DIGITS or not ("01" <= text[2:4] <= "12" and "01" <= text[4:6] <= "31")


def note_people(row: Sequence[object], number: int, notes: Notes) -> set[tuple[str, int]]:
    """Note the personal data in row `number` of the table; what was seen is masked.

    Returns the kinds and columns that were told.

    Bare digits that fit by chance are none: no column is there to decide. A name is told
    beside something else about a person only: alone, it may be that of the officer in charge.
    """
    texts = [cell if type(cell) is str else cell_value(cell).plain for cell in row]
    if not may_hold(texts):
        return set()
    found = [
        (each.kind, column, each.masked)
        for column, text in enumerate(texts, 1)
        if not is_mere_number(text) and may_hold((text,))
        for each in sorted(personal.find(text), key=lambda each: each.begin)
        if each.is_sure
    ]
    if all(kind == personal.NAME for kind, *_ in found):
        return set()
    for kind, column, masked in found:
        notes.add(kind, number, column, masked)
    return {(kind, column) for kind, column, _ in found}


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
