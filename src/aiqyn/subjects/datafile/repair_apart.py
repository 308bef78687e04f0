"""Tables that stand below one another on a sheet: each is put right by itself, in its own file.

What holds of the sheet and not of its cells, as merged cells do, goes to the table it stands in.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.model import Table, Trouble
from aiqyn.subjects.datafile.profile_header import Row
from aiqyn.subjects.datafile.repair_rows import Rows, rows_of_grid

SEVERAL = "several_tables"


def begins_of(table: Table) -> list[int]:
    """Return the rows, from 1, in which further tables begin."""
    return [spot.row for each in table.troubles if each.kind == SEVERAL for spot in each.spots]


def taken_apart(table: Table, rows: Sequence[Row], *, typed: bool) -> list[tuple[Table, Rows]]:
    """Return the tables that stand in `rows`; none where one of them has no record to write."""
    cuts = [0, *(row - 1 for row in begins_of(table)), len(rows)]
    told = {each.kind for each in analyse(rows, typed=typed).troubles}
    others = [each for each in table.troubles if each.kind not in told]
    found = []
    for begun, end in pairwise(cuts):
        part = rows[begun:end]
        one = analyse(part, typed=typed, first=begun + 1)
        one = replace(one, troubles=(*one.troubles, *_inside(others, begun, end)))
        found.append((one, replace(rows_of_grid(part, one, typed=typed), skipped=begun)))
    return found if all(one.rows for one, _ in found) else []


def _inside(troubles: Sequence[Trouble], begun: int, end: int) -> list[Trouble]:
    """Return what of these is told of rows between the two, the sheet as a whole with the first."""
    found = []
    for each in troubles:
        spots = tuple(
            spot for spot in each.spots if begun < spot.row <= end or not begun + spot.row
        )
        if spots:
            found.append(replace(each, spots=spots, count=len(spots)))
    return found
