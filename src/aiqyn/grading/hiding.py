"""Nothing personal leaves a grade: values of personal columns are masked wherever they are told."""

from msgspec.structs import replace

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.kinds import HOLDING
from aiqyn.subjects.datafile.model import Column, DataFile, Spot, Table, Trouble

MASK = "***"
_NONE: frozenset[int] = frozenset()


def is_personal(trouble: Trouble) -> bool:
    """Whether an officer has to decide before this is published."""
    return trouble.kind.startswith(HOLDING)


def hidden(file: DataFile, most_spots: int) -> DataFile:
    """Return `file` with personal data masked and at most `most_spots` spots of a trouble.

    What personal troubles show is masked already. In their columns nothing else is shown at
    all, nor are whole rows of their tables; elsewhere single numbers and addresses are masked
    where they stand. Names of columns count too: a file without a header has data there.
    """
    return replace(
        file,
        tables=tuple(_table(table, most_spots) for table in file.tables),
        troubles=tuple(_trouble(each, _NONE, {}, most_spots) for each in file.troubles),
    )


def _table(table: Table, most: int) -> Table:
    closed = frozenset(
        spot.column
        for trouble in table.troubles
        if trouble.kind.startswith("personal_")
        for spot in trouble.spots
    )
    names = {name: personal.hide(name) for name in table.header}
    names |= {column.name: personal.hide(column.name) for column in table.columns}
    return replace(
        table,
        header=tuple(names[name] for name in table.header),
        columns=tuple(_column(each, closed, names) for each in table.columns),
        troubles=tuple(_trouble(each, closed, names, most) for each in table.troubles),
    )


def _column(column: Column, closed: frozenset[int], names: dict[str, str]) -> Column:
    name = names[column.name]
    if column.number in closed:
        return replace(column, name=name, least="", greatest="", mean=None, top=())
    top = tuple((personal.hide(value, names=False), count) for value, count in column.top)
    return replace(column, name=name, top=top)


def _trouble(trouble: Trouble, closed: frozenset[int], names: dict[str, str], most: int) -> Trouble:
    is_masked = is_personal(trouble)
    spots = []
    for spot in trouble.spots[:most]:
        name = names.get(spot.name) or personal.hide(spot.name)
        spots.append(replace(spot if is_masked else _spot(spot, closed), name=name))
    detail = personal.hide(trouble.detail, names=False)
    return replace(trouble, spots=tuple(spots), detail=detail)


def _spot(spot: Spot, closed: frozenset[int]) -> Spot:
    if spot.column in closed or (closed and not spot.column):
        return replace(spot, saw=spot.saw and MASK, wants=spot.wants and MASK)
    return replace(
        spot,
        saw=personal.hide(spot.saw, names=False),
        wants=personal.hide(spot.wants, names=False),
    )
