"""One part of a large delimited file, read against the profiles of its columns."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from math import inf
from time import monotonic

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from aiqyn.subjects.datafile.columns_aside import LABELS, Aside
from aiqyn.subjects.datafile.columns_cells import Wrong, wrong_in
from aiqyn.subjects.datafile.columns_people import note_people
from aiqyn.subjects.datafile.columns_ragged import (
    even_row,
    in_short,
    is_record,
    note_ragged,
    note_spare,
)
from aiqyn.subjects.datafile.columns_tally import MOST_DISTINCT, Notes, Tally
from aiqyn.subjects.datafile.counted import seen_as
from aiqyn.subjects.datafile.csv_blocks import PAD, Block, Places, mark_cells, pack
from aiqyn.subjects.datafile.csv_cells import (
    TENS,
    Flags,
    Key,
    Prints,
    are_equal,
    may_be_total,
    numbers,
    plain_texts,
    prints,
)
from aiqyn.subjects.datafile.csv_known import BAD, SILENT, Known
from aiqyn.subjects.datafile.csv_look import Look, notes_of_text
from aiqyn.subjects.datafile.csv_order import (
    Floats,
    order_of_known,
    order_of_numbers,
    order_of_texts,
)
from aiqyn.subjects.datafile.csv_personal import look_for_known_people, look_for_people
from aiqyn.subjects.datafile.csv_records import bytes_of_lines, lines_of, split
from aiqyn.subjects.datafile.csv_source import AFTER, Source
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.profile_header import is_blank
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, value_of

_BY_VALUE = DAYS | {"yes_no", "address", "mixed", "empty"}  # kinds that are not vouched for


class LateError(Exception):
    """The time for a file is over."""


class Reading:
    """What is known before parts are read, and remembered between them."""

    def __init__(self, look: Look, profiles: list[Profile], key: Key | None = None) -> None:
        self.look, self.profiles = look, profiles
        self.aside = Aside(profiles, tuple(profile.name for profile in profiles))
        self.key = key or Key.drawn()
        self.begin = -1  # byte at which the first part begins, which is read at any time
        self.until = inf  # moment of `monotonic`, the same in all processes
        self.many: frozenset[int] = frozenset()  # columns whose values are not counted
        self._met: dict[int, Prints] = {}  # values of the others that were counted here, or some
        self.known = [
            Known(profile) if profile.is_of_few or profile.kind in _BY_VALUE else None
            for profile in profiles
        ]

    @property
    def told(self) -> tuple[Look, list[Profile], Key]:
        """What another process needs to read as this one does."""
        return self.look, self.profiles, self.key

    def until_of(self, start: int) -> float:
        """Return the moment at which the part from byte `start` on is given up."""
        return inf if start == self.begin else self.until

    def all_known(self) -> Iterator[tuple[int, Known]]:
        """Yield the columns whose values are remembered, and those."""
        return ((column, known) for column, known in enumerate(self.known) if known is not None)

    def are_many(self, column: int, said: Prints) -> bool:
        """Whether these values, each once, and those met before are too many to be counted.

        Threads may forget each other's values: then it is noticed later.
        """
        met = np.union1d(self._met.get(column, said[:0]), said)
        if len(met) <= MOST_DISTINCT:
            self._met[column] = met
            return False
        self.many |= {column}
        return True

    def known_of(self, column: int) -> Known | None:
        known = self.known[column]
        return None if known is None or known.is_full else known


class Part(Struct):
    """What one part has given; rows are counted from 1 in it."""

    records: int  # of any kind
    length: int  # bytes read; the next part begins there
    tallies: list[Tally]
    notes: Notes
    numbers: Places  # rows of the records that are data
    rows: Prints  # a print of each
    keys: dict[int, tuple[Prints, Places]]  # column: prints of its cells, and which say nothing
    twins: list[int]  # of each column: the first that is equal to it, cell by cell
    counts: dict[int, Places]  # column: how often each known value stands in it
    # bytes of the part before each of them; None where they are not written in plain UTF-8
    begins: NDArray[np.uint32] | None = None


def part_at(source: Source, start: int, size: int, reading: Reading) -> Part:
    """Read the records that begin in `size` bytes of a file, from byte `start` on.

    Raises LateError.
    """
    content = source.read(start, size)
    after = b""
    if reading.look.dialect.quote.encode() in content:
        after = source.read(start + size, AFTER)
        after = after[: after.rfind(b"\n") + 1] if start + size + AFTER < source.size else after
    return read_part(content, after, reading, reading.until_of(start))


def read_part(content: bytes, after: bytes, reading: Reading, until: float) -> Part:
    """Read the records that begin in `content`, which ends with a line; `after` follows it."""
    notes = Notes()
    block, length = block_of(content, after, reading.look, notes)
    ragged = []
    for number, row in block.odd:
        if is_blank(row):
            notes.add("blank_row", number)
        else:
            ragged.append((number, row))
    block = _set_aside(block, reading, notes)
    part = _tallied(block, length, reading, notes, until)
    note_ragged(ragged, part.tallies, notes)
    if block.is_as_written:
        part.begins = (block.starts[0] - PAD).astype(np.uint32)
    return part


def block_of(content: bytes, after: bytes, look: Look, notes: Notes) -> tuple[Block, int]:
    """Return where the cells of a part stand, and how many of its bytes were read."""
    text = content
    if look.encoding.name != "utf-8":
        text = content.decode(look.encoding.name, "replace").encode()
    block = mark_cells(text, look)
    if block is not None:
        return block, len(content)
    return _split_exactly(content, after, look, notes)


def _split_exactly(content: bytes, after: bytes, look: Look, notes: Notes) -> tuple[Block, int]:
    here = content.decode(look.encoding.name, "replace")
    text = here + after.decode(look.encoding.name, "replace")
    lines = lines_of(text)
    records = split(lines, look.dialect, width=look.width, stop=len(lines_of(here)))
    length = bytes_of_lines(content + after, records.lines)
    notes.take(notes_of_text(text, records, look))
    good, numbers, odd = [], [], []
    for number, row in enumerate(records.rows, 1):
        if is_record(row, look.width, look.named) and not is_blank(row):
            good.append(even_row(row, look.cells))
            numbers.append(number)
        else:
            odd.append((number, row))
    block = pack(good, numbers, look.cells)
    block.records, block.odd = len(records.rows), odd
    return block, length


def _set_aside(block: Block, reading: Reading, notes: Notes) -> Block:
    """Return the block without records that are totals or the header again."""
    aside = reading.aside
    marked: set[int] = set()
    for column, name in enumerate(aside.names[:LABELS]):
        for place in may_be_total(block, column, name).tolist():
            if aside.is_marked(column, block.cell(place, column)):
                marked.add(place)
    gone = []
    for place in sorted(marked):
        row = [block.cell(place, column) for column in range(reading.look.cells)]
        if kind := aside.kind(row[: reading.look.width]):
            gone.append(place)
            notes.add(kind, int(block.numbers[place]), 0, in_short(row))
            note_people(row, int(block.numbers[place]), notes)
    return block.without(gone) if gone else block


def _tallied(block: Block, length: int, reading: Reading, notes: Notes, until: float) -> Part:
    count = len(block.numbers)
    part = Part(
        records=block.records,
        length=length,
        tallies=[Tally(profile) for profile in reading.profiles],
        notes=notes,
        numbers=block.numbers,
        rows=np.zeros(count, np.uint64),
        keys={},
        twins=[],
        counts={},
    )
    met: dict[bytes, int] = {}
    for column, tally in enumerate(part.tallies):
        if monotonic() > until:
            raise LateError
        if not count:
            part.twins.append(0)
            continue
        said = prints(block, column, reading.key)
        looking = _Column(block, column, said, reading, tally, notes)
        gaps = _read_column(looking, part)
        reading.key.mix(part.rows, said)
        part.twins.append(_twin(block, column, said, met))
        if tally.profile.may_be_key:
            part.keys[column] = said, np.array(sorted(gaps), np.int64)
    if count and reading.look.named:
        _read_spare(block, reading, part)
    return part


def _read_spare(block: Block, reading: Reading, part: Part) -> None:
    """Read the cells right of the table: they tell rows apart, too."""
    width = reading.look.width
    columns = range(width, reading.look.cells)
    for column in columns:
        reading.key.mix(part.rows, prints(block, column, reading.key))
    filled = np.flatnonzero((block.ends[width:] > block.starts[width:]).any(axis=0))
    cells = zip(*(block.cells(filled, column) for column in columns), strict=True)
    note_spare(list(zip(block.numbers[filled].tolist(), cells, strict=True)), width, part.notes)


def _twin(block: Block, column: int, said: Prints, met: dict[bytes, int]) -> int:
    """Return the first column that is equal to this one, itself where none is.

    `met` are the first columns by what their prints say in their order: nobody can write two
    that share it, so each is compared with one at most.
    """
    twin = met.setdefault(said.tobytes(), column)
    return twin if twin != column and are_equal(block, twin, column) else column


class _Column(Struct):
    """One column of a part while it is read."""

    block: Block
    at: int
    said: Prints
    reading: Reading
    tally: Tally
    notes: Notes
    keys: Floats | None = None  # numbers by which the column may be sorted

    def note(self, place: int, text: str, wrong: Wrong) -> None:
        row = int(self.block.numbers[place])
        for kind, wants in wrong:
            self.notes.add(kind, row, self.at + 1, text, wants)


def _read_column(column: _Column, part: Part) -> list[int]:
    """Add up a column; return the places of cells that say nothing."""
    known = column.reading.known_of(column.at)
    if known is not None:
        return _by_value(column, known, part)
    block, tally = column.block, column.tally
    look_for_people(block, column.at, tally)
    kind = tally.profile.kind
    blank = block.ends[column.at] == block.starts[column.at]
    good = _good(column)
    _count_values(column, good)
    tally.kinds["blank"] += int(blank.sum())
    gaps: list[int] = np.flatnonzero(blank).tolist()
    others = np.flatnonzero(~good & ~blank)
    for place, text in zip(others.tolist(), block.cells(others, column.at), strict=True):
        value = value_of(text)
        tally.add(text, value, 1)
        column.note(place, text, wrong_in(text, value, tally.profile))
        if seen_as(value, kind).kind in ("blank", "missing"):
            gaps.append(place)
        elif column.keys is not None and value.kind in NUMBERS:
            column.keys[place] = float(value.plain)
    if column.keys is not None:
        order_of_numbers(tally.order, block.numbers, column.keys)
    elif tally.order.direction:
        order_of_texts(tally.order, block, tally.profile, gaps)
    return gaps


def _by_value(column: _Column, known: Known, part: Part) -> list[int]:
    """Count known values; every cell of one that is wrong is a place of its trouble."""
    numbers = known.number(column.said, column.block, column.at)
    part.counts[column.at] = counts = np.bincount(numbers)
    for place in known.marked(numbers, counts, BAD).tolist():
        text, _, wrong = known.values[numbers[place]]
        column.note(place, text, wrong)
    look_for_known_people(column.block, column.tally, known, numbers, counts)
    if column.tally.order.direction:
        order_of_known(column.tally.order, column.block.numbers, known, numbers)
    gaps: list[int] = known.marked(numbers, counts, SILENT).tolist()
    return gaps


def _good(column: _Column) -> Flags:
    """Return which cells surely have no trouble, and add them up."""
    kind = column.tally.profile.kind
    if kind in NUMBERS:
        return _good_numbers(column)
    if kind in _BY_VALUE:
        return np.zeros(len(column.said), np.bool_)
    good = plain_texts(column.block, column.at, of_digits=kind == "code")
    if column.block.unseen is not None:
        good &= ~column.block.unseen[:, column.at]
    column.tally.kinds["text"] += int(good.sum())
    return good


def _good_numbers(column: _Column) -> Flags:
    """Return which cells are plain usual numbers, and add them up."""
    good, digits, decimals = numbers(column.block, column.at)
    tally, profile = column.tally, column.tally.profile
    values = digits / TENS[decimals]
    if profile.low is not None and profile.high is not None:
        good &= (values >= profile.low) & (values <= profile.high)
    if profile.order:
        column.keys = np.where(good, values, np.nan)
    for count in np.flatnonzero(np.bincount(decimals[good])).tolist():
        these = digits[good & (decimals == count)]
        tally.total += Decimal(int(these.sum())).scaleb(-count)
        tally.kinds["decimal" if count else "whole"] += len(these)
        tally.styles["1234.5" if count else "1234"] += len(these)
        tally.stretch(
            Decimal(int(these.min())).scaleb(-count), Decimal(int(these.max())).scaleb(-count)
        )
    return good


def _count_values(column: _Column, good: Flags) -> None:
    """Count the values of cells that were vouched for, while there are few enough to keep."""
    column.tally.values = None
    if column.at in column.reading.many:
        return
    said, first, counts = np.unique(column.said[good], return_index=True, return_counts=True)
    if column.reading.are_many(column.at, said):
        return
    texts = column.block.cells(np.flatnonzero(good)[first], column.at)
    column.tally.values = Counter(dict(zip(texts, counts.tolist(), strict=True)))
