"""Nothing personal leaves a grade: values of personal columns are masked wherever they are told."""

from msgspec.structs import replace

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.model import Column, DataFile, Spot, Table, Trouble

HOLDING = ("personal_", "small_group")  # what kinds that hold a publication begin with
MASK = "***"


def is_personal(trouble: Trouble) -> bool:
    """Whether an officer has to decide before this is published."""
    return trouble.kind.startswith(HOLDING)


def hidden(file: DataFile, most_spots: int) -> DataFile:
    """Return `file` with personal data masked and at most `most_spots` spots of a trouble.

    What personal troubles show is masked already. In their columns nothing else is shown at
    all; elsewhere single numbers and addresses are masked where they stand.
    """
    return replace(
        file,
        tables=tuple(_table(table, most_spots) for table in file.tables),
        troubles=tuple(_trouble(each, frozenset(), most_spots) for each in file.troubles),
    )


def _table(table: Table, most: int) -> Table:
    closed = frozenset(
        spot.column
        for trouble in table.troubles
        if trouble.kind.startswith("personal_")
        for spot in trouble.spots
    )
    return replace(
        table,
        columns=tuple(_column(each, closed) for each in table.columns),
        troubles=tuple(_trouble(each, closed, most) for each in table.troubles),
    )


def _column(column: Column, closed: frozenset[int]) -> Column:
    if column.number in closed:
        return replace(column, least="", greatest="", mean=None, top=())
    top = tuple((personal.hide(value, names=False), count) for value, count in column.top)
    return replace(column, top=top)


def _trouble(trouble: Trouble, closed: frozenset[int], most: int) -> Trouble:
    spots = trouble.spots[:most]
    if not is_personal(trouble):
        spots = tuple(_spot(spot, closed) for spot in spots)
    return replace(trouble, spots=spots)


def _spot(spot: Spot, closed: frozenset[int]) -> Spot:
    if spot.column in closed:
        return replace(spot, saw=MASK, wants=MASK if spot.wants else "")
    names = bool(closed) and not spot.column  # a whole row of a table that has some
    return replace(
        spot,
        saw=personal.hide(spot.saw, names=names),
        wants=personal.hide(spot.wants, names=names),
    )
