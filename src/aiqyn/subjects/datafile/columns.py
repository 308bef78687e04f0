"""The analysis of any table of cells: where it begins, what its columns are, what is wrong where.

`analyse` is for tables held in memory. Large delimited files are read in parts
(`csv_parts.py`) against the same profiles, and end in the same `Scan`.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.subjects.datafile.columns_aside import LABELS, Aside
from aiqyn.subjects.datafile.columns_cells import wrong_among
from aiqyn.subjects.datafile.columns_order import direction_of, keys_of
from aiqyn.subjects.datafile.columns_people import joined, look_for_people, note_people
from aiqyn.subjects.datafile.columns_ragged import (
    even_row,
    in_short,
    is_record,
    note_ragged,
    note_spare,
)
from aiqyn.subjects.datafile.columns_tables import note_other_tables
from aiqyn.subjects.datafile.columns_tally import Notes, Tally
from aiqyn.subjects.datafile.counted import SILENT, Counted, seen_as
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import Table, Trouble
from aiqyn.subjects.datafile.profile import MOSTLY, Profile, learn
from aiqyn.subjects.datafile.profile_header import (
    Layout,
    Row,
    is_blank,
    lay_out,
    notes_below,
    reach,
)
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, cell_value
from aiqyn.subjects.personal_columns import noted

SAMPLE = 20_000  # rows that profiles are learnt from


Met = dict[int, Counted]  # columns met, by their number


class Scan(Struct, kw_only=True):
    """What reading all records of a table has given."""

    tallies: list[Tally]
    notes: Notes
    rows: int = 0  # records: neither blank nor ragged nor set aside
    last: int = 0  # row of the table that was read last, from 1


def analyse(
    rows: Iterable[Row],
    *,
    name: str = "",
    header: Sequence[str] | None = None,
    typed: bool = False,
    first: int = 1,
    limits: Limits = LIMITS,
) -> Table:
    """Return what is known of a table of cells, its rows in order from row `first`.

    `header`: names known beforehand, `rows` are records alone then.
    `typed`: cells come as numbers, days … where the file stores them so; then a number
    that comes as text is told, and rows are as wide as their last filled cell.
    """
    table = list(rows)
    if typed:
        table = even(table, len(header or ()))
    known = None if header is None else Layout(width=len(header), names=tuple(header))
    found = read_table(table, Notes(), known=known, typed=typed, first=first, limits=limits)
    return replace(found, name=name, is_typed=typed)


def read_table(
    table: Sequence[Row],
    notes: Notes,
    *,
    known: Layout | None = None,
    typed: bool = False,
    first: int = 1,
    limits: Limits = LIMITS,
) -> Table:
    """Return what is known of a table, beside what `notes` tell of its text; see `analyse`."""
    table = _narrow(table, limits, notes)
    layout = known or lay_out(table)
    below = notes_below(table[layout.first :], layout.width)
    end = len(table) - below
    note_above(table, layout, notes)
    met: Met = {}
    profiles = learn_columns(table[layout.first : end], layout, typed=typed, met=met)
    scan = read_rows(table[layout.first : end], profiles, layout, met)
    notes.take(scan.notes)
    note_below(table[end:], end + 1, notes)
    scan.notes = notes
    return finish(scan, layout, above=first - 1)


def even(table: list[Row], width: int = 0) -> list[Row]:
    """Return the rows without blank ones at the end and blank cells at the right, one width.

    Rows of a known `width` are records: blank ones stay, and so do blank columns at the right.
    A yes or no becomes what it says: as cells True and 1 are equal, and one would be lost.
    """
    while table and not width and is_blank(table[-1]):
        table.pop()
    width = max([width, *map(reach, table)])
    rows: list[Row] = [[*row[:width], *[None] * (width - len(row))] for row in table]
    if bool not in map(type, chain.from_iterable(rows)):
        return rows
    return [[cell_value(cell) if type(cell) is bool else cell for cell in row] for row in rows]


def _narrow(table: Sequence[Row], limits: Limits, notes: Notes) -> Sequence[Row]:
    widest = max(map(len, table), default=0)
    if widest <= limits.columns:
        return table
    notes.add("too_wide")
    notes.details["too_wide"] = str(widest)
    return [row[: limits.columns] for row in table]


def note_above(table: Sequence[Row], layout: Layout, notes: Notes) -> None:
    """Note what stands above the data: the first rows of `table` are those of its beginning."""
    for kind, places in (
        ("preamble_row", layout.preamble),
        ("header_rows", layout.header if len(layout.header) > 1 else ()),
        ("numbering_row", (layout.numbering,) if layout.numbering >= 0 else ()),
    ):
        for place in places:
            notes.add(kind, place + 1, 0, in_short(table[place]))
    if layout.named:
        place = layout.header[0]
        spare = in_short(table[place][layout.width :])
        notes.add("wide_header", place + 1, layout.width + 1, spare)
        notes.details["wide_header"] = str(layout.width)
    for place in range(layout.first):
        if is_blank(table[place]):
            notes.add("blank_row", place + 1)
        note_people(table[place], place + 1, notes)
    if not layout.header:
        note_people(layout.names, 0, notes)


def note_below(rows: Sequence[Row], first: int, notes: Notes) -> None:
    """Note the rows under the data; the first of them is row `first` of the table."""
    for number, row in enumerate(rows, first):
        if is_blank(row):
            notes.add("blank_row", number)
        else:
            notes.add("note_row", number, 0, in_short(row))
            note_people(row, number, notes)


def learn_columns(
    records: Sequence[Row], layout: Layout, *, typed: bool, met: Met | None = None
) -> list[Profile]:
    """Return what each column is, from records spread over the table; `met` is filled."""
    step = max(1, len(records) // SAMPLE)
    aside = Aside([], layout.names)
    sample = [
        row for row in records[::step] if len(row) == layout.width and tuple(row) != aside.names
    ]
    cells = zip(*sample, strict=True) if sample else [()] * layout.width
    profiles = []
    for number, (name, column) in enumerate(zip(layout.names, cells, strict=True), 1):
        counted = Counted(column)
        profile = learn(counted, name=name, number=number, typed=typed)
        profile.order = direction_of(counted, profile)
        profiles.append(profile)
        if met is not None:
            met[number] = counted
    return profiles


def read_rows(
    rows: Sequence[Row], profiles: list[Profile], layout: Layout, met: Met | None = None
) -> Scan:
    """Read records against their profiles; `met` are columns whose values are known already."""
    notes = Notes()
    width, first = len(profiles), layout.first + 1
    numbers, records, ragged = [], [], []
    for number, row in enumerate(rows, first):
        if is_blank(row):
            notes.add("blank_row", number)
        elif is_record(row, width, layout.named):
            numbers.append(number)
            records.append(even_row(row, layout.named) if layout.named else row)
        else:
            ragged.append((number, row))
    numbers, records = _set_aside(numbers, records, profiles, notes)
    met = met or {}
    tallies = [Tally(profile) for profile in profiles]
    alike: dict[tuple[object, ...], int] = {}
    for tally, cells in zip(tallies, zip(*records, strict=True), strict=False):
        tally.twin = alike.setdefault(cells, tally.profile.number)
        known = met.get(tally.profile.number)
        counted = known if known and known.cells == cells else Counted(cells)
        _read_column(counted, numbers, tally, notes)
    _note_twins(records, numbers, notes)
    if layout.named:
        spare = zip(numbers, (row[width:] for row in records), strict=True)
        note_spare([(number, cells) for number, cells in spare if any(cells)], width, notes)
    if ragged:
        note_ragged(ragged, tallies, notes)
    if notes.counts["blank_row"]:
        note_other_tables(rows, first, profiles, notes)
    return Scan(tallies=tallies, notes=notes, rows=len(records), last=first + len(rows) - 1)


def _set_aside(
    numbers: list[int], records: list[Row], profiles: list[Profile], notes: Notes
) -> tuple[list[int], list[Row]]:
    """Return the records that are data, and note the others."""
    aside = Aside(profiles, tuple(profile.name for profile in profiles))
    marked: set[int] = set()
    for column in range(min(LABELS, len(profiles))):
        cells = [row[column] for row in records]
        signs = aside.marked_among(column, set(cells))
        if signs:
            marked.update(place for place, cell in enumerate(cells) if cell in signs)
    gone = {}
    for place in sorted(marked):
        if kind := aside.kind(records[place][: len(profiles)]):
            gone[place] = kind
            notes.add(kind, numbers[place], 0, in_short(records[place]))
            note_people(records[place], numbers[place], notes)
    if not gone:
        return numbers, records
    left = [place for place in range(len(records)) if place not in gone]
    return [numbers[place] for place in left], [records[place] for place in left]


def _read_column(counted: Counted, numbers: list[int], tally: Tally, notes: Notes) -> None:
    profile = tally.profile
    tally.add_all(counted)
    if bad := wrong_among(counted, profile):
        for place, cell in enumerate(counted.cells):
            if cell in bad:
                saw = cell if type(cell) is str else cell_value(cell).plain
                for kind, wants in bad[cell]:
                    notes.add(kind, numbers[place], profile.number, saw, wants)
    if profile.may_be_key:
        _note_key(counted, numbers, tally, notes)
    if profile.order:
        keys = keys_of(counted, profile)
        tally.order.add(numbers, map(keys.get, counted.cells))
    look_for_people(counted, numbers, tally.watch)


def _note_key(counted: Counted, numbers: list[int], tally: Tally, notes: Notes) -> None:
    if counted.are_distinct and counted.kinds.keys().isdisjoint(_MAY_BE_SILENT):
        tally.distinct = counted.total
        return
    cells, values = counted.cells, counted.values
    seen: set[object] = set()
    twins, gaps = [], []
    for place, cell in enumerate(cells):
        if seen_as(values[cell], tally.profile.kind).kind in ("blank", "missing"):
            gaps.append(place)
        elif cell in seen:
            twins.append(place)
        else:
            seen.add(cell)
    tally.distinct = len(seen)
    for kind, places in (("duplicate_key", twins), ("missing_key", gaps)):
        if few(len(places), len(cells)):
            for place in places:
                cell = cells[place]
                saw = cell if type(cell) is str else cell_value(cell).plain
                notes.add(kind, numbers[place], tally.profile.number, saw)


_MAY_BE_SILENT = SILENT | {"yes_no"}


def few(count: int, rows: int) -> bool:
    """Whether so many slips leave a column the key of its table."""
    return count <= (1 - MOSTLY) * rows


def _note_twins(records: Sequence[Row], numbers: list[int], notes: Notes) -> None:
    rows = list(map(tuple, records))
    seen: set[tuple[object, ...]] = set(rows)
    if len(seen) == len(rows):
        return
    seen.clear()
    for number, row in zip(numbers, rows, strict=True):
        if row in seen:
            notes.add("duplicate_row", number, 0, in_short(row))
        seen.add(row)


def finish(scan: Scan, layout: Layout, *, above: int = 0) -> Table:
    """Return the table once all its records were read; `above` rows come before its first."""
    notes = scan.notes
    _note_other_tables(scan)
    for tally in scan.tallies:
        tally.order.row += above if tally.order.row else 0
        _note_column(tally, scan.rows, notes)
    _note_twin_columns(scan)
    _note_names(layout, scan, notes)
    troubles = joined((*notes.troubles(layout.names, above), *_people(scan, above)))
    return Table(
        header=tuple(" ".join(each.split()) for each in layout.names) if layout.header else (),
        header_row=layout.header[-1] + 1 + above if layout.header else 0,
        first_row=layout.first + 1 + above if scan.rows else 0,
        rows=scan.rows,
        columns=tuple(tally.column(scan.rows) for tally in scan.tallies),
        troubles=troubles,
    )


def _people(scan: Scan, above: int) -> tuple[Trouble, ...]:
    """Return the personal data that was seen, `above` rows further down."""
    for tally in scan.tallies:
        tally.watch.filled = tally.filled
    return noted([tally.watch for tally in scan.tallies], above)


def _note_other_tables(scan: Scan) -> None:
    """A row that fits no column and follows a blank one is the header of another table."""
    notes = scan.notes
    telling = [
        each.profile.number
        for each in scan.tallies
        if each.profile.kind in NUMBERS | DAYS | {"yes_no", "address"}
    ]
    if len(telling) < 2:
        return
    blank = {row for row, *_ in notes.places("blank_row")}
    by_row: dict[int, set[int]] = {}
    wrong = notes.places("wrong_kind")
    for row, column, *_ in wrong:
        by_row.setdefault(row, set()).add(column)
    for row, columns in by_row.items():
        if columns >= set(telling) and row - 1 in blank:
            notes.drop("wrong_kind", row)
            saw = " | ".join(place[2] for place in wrong if place[0] == row)
            kind = "several_tables" if row < scan.last else "note_row"  # who signed is no header
            notes.add(kind, row, 0, saw)


def _note_column(tally: Tally, rows: int, notes: Notes) -> None:
    profile, number = tally.profile, tally.profile.number
    filled = tally.kinds.total() - tally.kinds["blank"] - tally.kinds["missing"]
    if rows and not filled:
        kind = "empty_column" if profile.name.strip() else "blank_column"
        notes.add(kind, 0, number, profile.name)
    if profile.kind == "mixed":
        notes.add("mixed_types", 0, number, profile.name)
    if profile.kind in DAYS and len({style.partition(" ")[0] for style in tally.styles}) > 1:
        notes.add("mixed_date_formats", 0, number, ", ".join(sorted(tally.styles)))
    if rows >= 10 and filled == rows and tally.values is not None and len(tally.values) == 1:
        notes.add("constant", 0, number, next(iter(tally.values)))


def _note_twin_columns(scan: Scan) -> None:
    """Note columns that repeat another one, cell by cell; a column of one value is no news."""
    seen: dict[int, str] = {}
    for tally in scan.tallies:
        if tally.values is not None and len(tally.values) < 2:
            continue
        if tally.twin in seen:
            scan.notes.add("duplicate_column", 0, tally.profile.number, seen[tally.twin])
        seen.setdefault(tally.twin, tally.profile.name)


def _note_names(layout: Layout, scan: Scan, notes: Notes) -> None:
    if not layout.header:
        if scan.rows and not any(layout.names):
            notes.add("no_header")
        return
    row = layout.header[-1] + 1
    seen: set[str] = set()
    for tally in scan.tallies:
        written, number = tally.profile.name, tally.profile.number
        tidy = " ".join(written.split())
        if tidy != written:
            notes.add("untidy_name", row, number, written, tidy)
        if not tidy and tally.kinds.total() > tally.kinds["blank"]:
            notes.add("nameless_column", row, number)
        if tidy and tidy.lower() in seen:
            notes.add("duplicate_name", row, number, tidy)
        seen.add(tidy.lower())
    if not scan.rows:
        notes.add("header_only")
