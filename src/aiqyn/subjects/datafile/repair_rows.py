"""The rows of a table once more, sorted into what they are: above, data, below."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from aiqyn.subjects.datafile.areas import cells_in
from aiqyn.subjects.datafile.columns import even, learn_columns
from aiqyn.subjects.datafile.csv_parts import PART, Plan, cuts_of, plan_of
from aiqyn.subjects.datafile.csv_records import bytes_of_lines, lines_of, split
from aiqyn.subjects.datafile.csv_source import AFTER, Source, open_source
from aiqyn.subjects.datafile.model import Table
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.profile_header import Layout, Row, lay_out, notes_below


class Rows(Struct, frozen=True, kw_only=True):
    """All rows of one table, in order."""

    layout: Layout
    profiles: list[Profile]
    above: Sequence[Row]  # titles, header, blank rows
    data: Iterable[Row]  # may be gone through more than once
    below: Sequence[Row]  # notes
    skipped: int = 0  # rows of the sheet or file before the first of these
    aside: int = 0  # columns before the first


@contextmanager
def rows_of_text(path: Path) -> Iterator[Rows]:
    """Give the rows of delimited text of any size; `data` is read as it is asked for."""
    with open_source(path) as source:
        plan = plan_of(source)
        yield Rows(
            layout=plan.layout,
            profiles=plan.reading.profiles,
            above=plan.head[: plan.layout.first],
            data=_Data(source=source, plan=plan),
            below=split(lines_of(plan.below), plan.look.dialect).rows,
        )


class _Data(Struct, frozen=True, kw_only=True):
    """The records of a text, read from its file each time they are asked for."""

    source: Source
    plan: Plan

    def __iter__(self) -> Iterator[Row]:
        return _data(self.source, self.plan)


def _data(source: Source, plan: Plan) -> Iterator[Row]:
    name, at = plan.look.encoding.name, plan.start
    for start, size in cuts_of(source, plan, PART):
        end = start + size
        if end <= at:
            continue
        content = source.read(at, end - at)
        after = source.read(end, AFTER)
        here = lines_of(content.decode(name, "replace"))
        lines = [*here, *lines_of(after.decode(name, "replace"))]
        records = split(lines, plan.look.dialect, width=plan.look.width, stop=len(here))
        at += bytes_of_lines(content + after, records.lines)
        yield from records.rows


def rows_of_grid(grid: Sequence[Row], table: Table) -> Rows:
    """Give the rows of a table held in memory; `grid` are the cells of its whole sheet."""
    if table.area:
        grid = cells_in(grid, table.area)
    known = table.header if not table.header_row else ()
    rows = even(list(grid), len(known)) if table.is_typed else grid
    layout = Layout(width=len(known), names=known) if known else lay_out(rows)
    end = len(rows) - notes_below(rows[layout.first :], layout.width)
    data = rows[layout.first : end]
    return Rows(
        layout=layout,
        profiles=learn_columns(data, layout, typed=table.is_typed),
        above=rows[: layout.first],
        data=data,
        below=rows[end:],
        skipped=table.area.top - 1 if table.area else 0,
        aside=table.area.left - 1 if table.area else 0,
    )
