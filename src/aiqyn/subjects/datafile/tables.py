"""From grids of cells to tables, under one budget of cells for the whole file."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from aiqyn.subjects.datafile.areas import areas_of, cells_in
from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.columns_people import joined
from aiqyn.subjects.datafile.columns_ragged import in_short
from aiqyn.subjects.datafile.grid import Asking, Grid, spotted
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Area, Column, DataFile, Spot, Table, Trouble
from aiqyn.subjects.datafile.refusal import CUTS

_SERIALS = (20_000, 60_000)  # 1954 to 2064, as spreadsheets count days
_EPOCH = date(1899, 12, 30)
_WORD = re.compile(r"\w+")
_DAY_WORDS = frozenset(
    {"күні", "күн", "мерзімі", "берілген", "туған", "дата", "даты", "срок", "date", "day"}
)


class Tables:
    """Collects the tables of one file."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.found: list[Table] = []
        self.was_cut = False
        self._left = asking.limits.cells

    def add(self, grid: Grid) -> None:
        """Analyse one grid; one past the limits is cut or left out, and `was_cut` says so."""
        if len(self.found) >= self.asking.limits.tables:
            self.was_cut = True
            return
        grid = self._within(grid)
        if self.asking.keep:
            self.asking.keep(grid.name, grid.rows)
        limits = self.asking.limits
        self.found += apart_in(grid, limits) or [analysed(grid, limits)]

    def file(self, fmt: str, *troubles: Trouble) -> DataFile:
        """Return the file with the tables found."""
        empty = () if self.found or troubles else (Trouble(kind="empty_file"),)
        return DataFile(
            name=self.asking.name,
            format=fmt,
            tables=tuple(self.found),
            troubles=(*troubles, *empty),
            was_cut=self.was_cut or any(each.kind in CUTS for each in troubles),
        )

    def _within(self, grid: Grid) -> Grid:
        """Return the grid with as many rows as may still be read."""
        rows = grid.rows
        width = max(map(len, rows), default=0)
        most = min(self.asking.limits.rows, self._left // max(width, 1))
        self._left -= min(len(rows), most) * width
        self.was_cut |= grid.was_cut or len(rows) > most
        if len(rows) <= most:
            return grid
        cut = Trouble(kind="too_large", detail=f"{len(rows)} × {width}")
        return replace(grid, rows=rows[:most], troubles=(*grid.troubles, cut), was_cut=True)


def apart_in(grid: Grid, limits: Limits) -> list[Table]:
    """Return the several tables that stand in one grid, each by itself; none where it is one.

    What turns out to be no table belongs to that above it, or below where it is the first.
    """
    areas = [] if grid.header else areas_of(grid.rows)
    while len(areas) > 1:
        told = _parted(grid.troubles, areas)
        found = [
            _analysed_in(area, replace(grid, troubles=here), limits)
            for area, here in zip(areas, told, strict=True)
        ]
        if all(table.rows and table.header_row for table in found):
            return found
        areas = _rejoined(areas, found)
    return []


def _rejoined(areas: Sequence[Area], found: Sequence[Table]) -> list[Area]:
    """Return the areas, one that holds no table with its neighbour; none where it has none."""
    bad = next(at for at, table in enumerate(found) if not (table.rows and table.header_row))
    upper = bad - 1 if bad and areas[bad - 1].left == areas[bad].left else bad
    if upper + 1 == len(areas) or areas[upper].left != areas[upper + 1].left:
        return []
    above, below = areas[upper : upper + 2]
    whole = replace(above, bottom=below.bottom, right=max(above.right, below.right))
    left = [*areas[:upper], whole, *areas[upper + 2 :]]
    return [replace(area, number=number) for number, area in enumerate(left, 1)]


def _analysed_in(area: Area, grid: Grid, limits: Limits) -> Table:
    rows = cells_in(grid.rows, area)
    table = analysed(replace(grid, rows=rows, troubles=()), limits, first=area.top)
    begun: tuple[Trouble, ...] = ()
    if area.number > 1:
        saw = in_short(rows[max(table.header_row - area.top, 0)])
        column = area.left if area.left > 1 else 0
        begun = spotted("several_tables", [Spot(row=table.header_row, column=column, saw=saw)])
    table = _moved(table, area.left - 1)
    return replace(table, area=area, troubles=joined((*begun, *grid.troubles, *table.troubles)))


def _moved(table: Table, by: int) -> Table:
    """Return the table so many columns further to the right."""
    if not by:
        return table
    columns = tuple(replace(each, number=each.number + by) for each in table.columns)
    return replace(
        table,
        columns=columns,
        troubles=tuple(
            replace(
                each,
                spots=tuple(
                    replace(spot, column=spot.column + by if spot.column else 0)
                    for spot in each.spots
                ),
            )
            for each in table.troubles
        ),
    )


def _parted(troubles: Sequence[Trouble], areas: Sequence[Area]) -> list[tuple[Trouble, ...]]:
    """Return what a reader told of each area; the first has what is told of the whole sheet."""
    told: list[list[Trouble]] = [[] for _ in areas]
    for each in troubles:
        unseen = each.count - len(each.spots)
        for number, mine in enumerate(told):
            spots = tuple(spot for spot in each.spots if _owner(areas, spot) == number)
            if spots or unseen:
                mine.append(replace(each, spots=spots, count=len(spots) + unseen))
            unseen = 0
    return [tuple(each) for each in told]


def _owner(areas: Sequence[Area], spot: Spot) -> int:
    return next((number for number, area in enumerate(areas) if _is_in(area, spot)), 0)


def _is_in(area: Area, spot: Spot) -> bool:
    is_beside = bool(spot.column) and not area.left <= spot.column <= area.right
    return not is_beside and (not spot.row or area.top <= spot.row <= area.bottom)


def analysed(grid: Grid, limits: Limits, first: int = 1) -> Table:
    """Return what the cells of one grid show from row `first`, with what its reader has seen."""
    if not grid.rows and grid.was_cut:
        return Table(name=grid.name, troubles=grid.troubles)
    header = grid.header or None
    table = analyse(
        grid.rows,
        name=grid.name,
        header=header,
        typed=grid.is_typed,
        first=first,
        limits=limits,
    )
    return replace(
        table,
        header=grid.header or table.header,
        troubles=(*grid.troubles, *table.troubles, *_serial_days(table, grid)),
    )


def _serial_days(table: Table, grid: Grid) -> tuple[Trouble, ...]:
    """Tell columns of days that show the numbers by which a spreadsheet counts days."""
    if not grid.is_typed:
        return ()
    spots = tuple(
        Spot(column=column.number, name=column.name, saw=column.least, wants=_day(column.least))
        for column in table.columns
        if column.kind == "whole" and column.least and _is_of_days(column)
    )
    return (Trouble(kind="day_number", count=len(spots), spots=spots),) if spots else ()


def _is_of_days(column: Column) -> bool:
    words = set(_WORD.findall(column.name.lower()))
    is_within = int(column.least) >= _SERIALS[0] and int(column.greatest) <= _SERIALS[1]
    return is_within and bool(words & _DAY_WORDS)


def _day(serial: str) -> str:
    return (_EPOCH + timedelta(days=int(serial))).isoformat()
