"""Tables that stand below one another on a sheet: each is put right by itself, in its own file.

They are cut only where a header is beyond doubt, for a record taken for one is lost: where it
repeats the first header, or where its table is wider than all that stands above it. Elsewhere
all rows stay together, and people are told of several tables.

What holds of the sheet and not of its cells, as merged cells do, goes to the table it stands in.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from aiqyn.subjects.datafile.columns import analyse, reach
from aiqyn.subjects.datafile.columns_aside import is_total
from aiqyn.subjects.datafile.model import Table, Trouble
from aiqyn.subjects.datafile.profile_header import Row, is_blank
from aiqyn.subjects.datafile.repair_rows import Rows, rows_of_grid
from aiqyn.subjects.datafile.values import cell_value

SEVERAL = "several_tables"


def begins_of(table: Table) -> list[int]:
    """Return the rows, from 1, in which further tables begin."""
    return [spot.row for each in table.troubles if each.kind == SEVERAL for spot in each.spots]


def taken_apart(table: Table, rows: Sequence[Row], *, typed: bool) -> list[tuple[Table, Rows]]:
    """Return the tables that stand in `rows`; none where one may be none or has no record."""
    begins = [row - 1 for row in begins_of(table)]
    cuts = [0, *begins, len(rows)]
    places = zip(cuts, begins, cuts[2:], strict=False)
    if not all(_is_header(table, rows[above:at], rows[at:end]) for above, at, end in places):
        return []
    told = {each.kind for each in analyse(rows, typed=typed).troubles}
    others = [each for each in table.troubles if each.kind not in told]
    found = []
    for begun, end in pairwise(cuts):
        part = rows[begun:end]
        one = analyse(part, typed=typed, first=begun + 1)
        one = replace(one, troubles=(*one.troubles, *_inside(others, begun, end)))
        found.append((one, replace(rows_of_grid(part, one, typed=typed), skipped=begun)))
    are_sure = all(its.skipped in (0, one.header_row - 1) for one, its in found)
    return found if are_sure and all(one.rows for one, _ in found) else []


def _is_header(table: Table, above: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether the first of `rows` is a header beyond doubt, and no record of the table above."""
    names = _names(rows[0])
    if any(map(is_total, names)):
        return False
    return names == _names(table.header) or _is_wider(names, above, rows)


def _names(row: Row) -> list[str]:
    return [" ".join(cell_value(cell).plain.split()) for cell in row[: reach(row)]]


def _is_wider(names: list[str], above: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether names, each another one, stand over two records or more as wide as no row above."""
    width = len(names)
    widths = [reach(row) for row in rows[1:] if not is_blank(row)]
    if len(widths) < 2 or set(widths) != {width} or len(set(names) - {""}) < width:
        return False
    return all(reach(row) < width for row in above)


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
