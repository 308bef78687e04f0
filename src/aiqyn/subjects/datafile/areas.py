"""Where several tables stand on one sheet: below one another, or side by side.

A record taken for a header is lost, so they are told apart only where that is beyond doubt:
names stand over records of their own shape, and what is above is a table as well. Elsewhere
all rows stay one table, and people are told of what may be another.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from msgspec import Struct

from aiqyn.subjects.datafile.columns_aside import LABELS, is_total
from aiqyn.subjects.datafile.model import Area
from aiqyn.subjects.datafile.profile_header import Layout, Row, filled, is_blank, lay_out, reach
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, bare, cell_value, words

MOST = 50  # tables of one sheet
SAMPLE = 60  # records by which a table is known
LOOKED_AT = 200  # rows of a table in which its header is looked for
RECORDS, RECORDS_OF_TWO = 2, 3  # at least; two columns may be remarks, or who signed
LONGEST = 200  # letters of a title in which the number of a table is looked for
_CAPTION = re.compile(  # gives nothing back: in a long cell that would take minutes
    r"\W*+(?:\d++\s*+[-–—.]?+\s*+(?:кесте|таблица|table)|(?:кесте|таблица|table)\s*+№?+\s*+\d++)\b",
    re.IGNORECASE,
)


class _Block(Struct, frozen=True):
    """Rows between blank ones."""

    begin: int  # of the titles above it
    head: int  # the first row that says more than one thing
    end: int
    is_captioned: bool  # «2-кесте», "Таблица 2"


def areas_of(rows: Sequence[Row]) -> list[Area]:
    """Return where the tables stand, with their titles; nothing where there is one alone."""
    found = []
    width = max(map(len, rows), default=0)
    for left, right in _beside(rows) or [(0, width)]:
        side = rows if right - left == width else [row[left:right] for row in rows]
        begun = _begins(side)
        if side is rows and len(begun) == 1:
            return []
        for begin, end in pairwise((*begun, len(side))):
            while end > begin and is_blank(side[end - 1]):
                end -= 1  # noqa: PLW2901
            reached = max(map(reach, side[begin:end]), default=0)
            found.append((begin, end, left, left + reached))
    if not 1 < len(found) <= MOST:
        return []
    return [
        Area(number=number, top=top + 1, bottom=bottom, left=left + 1, right=right)
        for number, (top, bottom, left, right) in enumerate(found, 1)
    ]


def cells_in(rows: Sequence[Row], area: Area) -> list[Row]:
    """Return the rows of one area."""
    return [row[area.left - 1 : area.right] for row in rows[area.top - 1 : area.bottom]]


def _begins(rows: Sequence[Row]) -> list[int]:
    """Return the rows, from 0, in which tables below one another begin."""
    begun = [0]
    above = _Above()
    for block in _blocks(rows):
        here = rows[block.begin : block.end]
        if above.rows and _is_another(here, block, above):
            begun.append(block.begin)
            above = _Above()
        above.take(here)
    return begun


class _Above:
    """The table above, as far as it is known by."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.widths: set[int] = set()  # of all its records
        self._known: Layout | None = None

    def take(self, rows: Sequence[Row]) -> None:
        """Add rows that belong to it."""
        self.widths |= set(map(reach, rows)) - {0, 1}
        if len(self.rows) < LOOKED_AT:
            self.rows += [*rows[:LOOKED_AT], ()]
            self._known = None

    @property
    def layout(self) -> Layout:
        self._known = self._known or lay_out(self.rows[:LOOKED_AT])
        return self._known

    @property
    def is_table(self) -> bool:
        return _has_records(self.rows[:LOOKED_AT], self.layout)


def _blocks(rows: Sequence[Row]) -> Iterator[_Block]:
    """Yield the blocks of rows; titles between blank rows belong to the block below them."""
    edges = [
        place
        for place, row in enumerate(rows)
        if (len(row) < 2 or type(row[1]) is not str or not row[1].strip()) and _is_edge(row)
    ]
    if not edges:
        return
    begin = -1
    for start, end in pairwise((-1, *edges, len(rows))):
        start += start < 0 or is_blank(rows[start])  # noqa: PLW2901  # a caption is its first row
        if start >= end:
            continue
        head = next((at for at in range(start, end) if filled(rows[at]) > 1), end)
        begin = start if begin < 0 else begin
        if head < end:
            titles = [_lone(row) for row in rows[begin:head]]
            yield _Block(begin, head, end, any(map(_is_caption, titles)))
        if head < end or _is_note(_lone(rows[start])):
            begin = -1


def _is_edge(row: Row) -> bool:
    """Whether a block may end here: at a blank row, or at the caption of a table."""
    if row and type(row[0]) is str and row[0] and is_blank(row[1:2]):
        return is_blank(row) or (is_blank(row[1:]) and _is_caption(row[0]))
    return is_blank(row)


def _is_caption(text: str) -> bool:
    return _CAPTION.match(text[:LONGEST]) is not None


def _lone(row: Row) -> str:
    return " ".join(cell_value(cell).plain for cell in row).strip()


def _is_note(text: str) -> bool:
    return bare(text).startswith((*words().notes, "*"))


def _is_another(here: Sequence[Row], block: _Block, above: _Above) -> bool:
    """Whether a block begins a table of its own, other than that above."""
    if block.is_captioned:
        return _has_records(here[:LOOKED_AT], lay_out(here[:LOOKED_AT])) and above.is_table
    head = block.head - block.begin
    names, body = _names(here[head]), here[head + 1 :]
    if not _are_over(names, body) or not above.is_table:
        return False
    is_other = _is_unlike(here[head], names, body, above, is_titled=head > 0)
    return is_other and lay_out(here[:LOOKED_AT]).header[-1:] == (head,)


def _is_unlike(
    row: Row, names: list[str], body: Sequence[Row], above: _Above, *, is_titled: bool
) -> bool:
    """Whether a row of names, and what stands under it, is of another table than that above."""
    known = above.layout
    if names == [" ".join(name.split()) for name in known.names[: len(names)]]:
        return is_titled or tuple(row) != known.names
    if len(names) > max(above.widths):
        return True
    least = RECORDS if len(names) > 2 else RECORDS_OF_TWO
    is_told = is_titled or len(names) < min(above.widths)
    return is_told and len(body) >= least and _differ(above.rows[known.first :], body)


def _names(row: Row) -> list[str]:
    return [" ".join(cell_value(cell).plain.split()) for cell in row[: reach(row)]]


def _are_over(names: list[str], body: Sequence[Row]) -> bool:
    """Whether these are names, each another one, over records no wider than they are."""
    if len(names) < 2 or not all(names) or len(set(names)) < len(names):
        return False
    if any(is_total(name) or cell_value(name).kind != "text" for name in names):
        return False
    reached = [reach(row) for row in body]
    if reached.count(len(names)) < RECORDS or max(reached) > len(names):
        return False
    return any(_is_telling(kinds) for kinds in _kinds(body))


def _kinds(records: Sequence[Row]) -> list[set[str]]:
    """Return what the cells of every column say, of a sample: numbers, days, texts."""
    width = max(map(reach, records), default=0)
    sample = [row for row in records[:SAMPLE] if filled(row) > 1]
    said = [{cell_value(row[at]).kind for row in sample if at < len(row)} for at in range(width)]
    return [{_FAMILIES.get(kind, "texts") for kind in kinds - _SILENT} for kinds in said]


_SILENT = {"blank", "missing"}
_FAMILIES = dict.fromkeys(NUMBERS, "numbers") | dict.fromkeys(DAYS, "days")


def _is_telling(kinds: set[str]) -> bool:
    """Whether a column has numbers alone, or days alone."""
    return len(kinds) == 1 and "texts" not in kinds


def _differ(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether some column has numbers, or days, in one table and nothing like that in the other."""
    pairs = zip(_kinds(above[:SAMPLE]), _kinds(below), strict=False)
    return any(
        one and other and one.isdisjoint(other) and (_is_telling(one) or _is_telling(other))
        for one, other in pairs
    )


def _has_records(rows: Sequence[Row], layout: Layout) -> bool:
    """Whether rows have a header and records, and are no remarks above a table."""
    records = [row for row in rows[layout.first :] if filled(row) > 1]
    if not layout.header or not records:
        return False
    if max(map(reach, records)) > 2:
        return len(records) >= RECORDS
    return len(records) >= RECORDS_OF_TWO and any(map(_is_telling, _kinds(records)))


def _beside(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the columns of tables that stand side by side, blank columns between them."""
    width = max(map(reach, rows[:SAMPLE]), default=0)
    gaps = [at for at in range(2, width - 2) if _is_gap(rows[:SAMPLE], at) and _is_gap(rows, at)]
    if not gaps:
        return []
    width = max(map(reach, rows))
    sides = [(left + 1, right) for left, right in pairwise((-1, *gaps, width)) if right - left > 1]
    if not 1 < len(sides) <= MOST:
        return []
    told = [_side([row[left:right] for row in rows]) for left, right in sides]
    ends, names = {each.end for each in told}, {each.names for each in told}
    is_apart = len(ends) == len(told) and all(each.has_key for each in told[1:])
    return sides if () not in names and (is_apart or len(names) == 1) else []


def _is_gap(rows: Sequence[Row], at: int) -> bool:
    return all(is_blank(row[at : at + 1]) for row in rows)


class _Side(Struct, frozen=True):
    """What may be a table beside another one, or some columns of the same."""

    end: int = 0  # of its records: totals and notes end no table
    names: tuple[str, ...] = ()  # none where it is no table, or has blank rows
    has_key: bool = False  # it says by itself what its records are about


def _side(rows: list[Row]) -> _Side:
    while rows and (filled(rows[-1]) < 2 or _is_of_total(rows[-1])):
        rows.pop()
    layout = lay_out(rows[:LOOKED_AT])
    names, records = layout.names, rows[layout.first :]
    if len(set(names)) < max(2, layout.width) or not all(name.strip() for name in names):
        return _Side()
    if len(records) < RECORDS_OF_TWO or any(map(is_blank, records)):
        return _Side()
    if not any(map(_is_telling, _kinds(records))):
        return _Side()
    once = set(map(tuple, records[:SAMPLE]))
    has_key = any(map(_is_key, zip_longest(*once, fillvalue="")))
    return _Side(end=len(rows), names=names, has_key=has_key)


def _is_of_total(row: Row) -> bool:
    return any(type(cell) is str and is_total(cell) for cell in row[:LABELS])


def _is_key(column: Sequence[object]) -> bool:
    """Whether a column has another text in each of its cells."""
    kinds = {cell_value(cell).kind for cell in column}
    return len(set(column)) == len(column) and kinds.isdisjoint(_SILENT | _FAMILIES.keys())
