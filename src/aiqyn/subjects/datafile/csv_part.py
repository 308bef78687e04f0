"""One part of a large delimited file, read against the profiles of its columns."""

from decimal import Decimal

import numpy as np
from msgspec import Struct, field

from aiqyn.subjects.datafile.columns import in_short, note_ragged
from aiqyn.subjects.datafile.columns_aside import LABELS, Aside
from aiqyn.subjects.datafile.columns_cells import Wrong, wrong_with
from aiqyn.subjects.datafile.columns_tally import Notes, Tally
from aiqyn.subjects.datafile.csv_blocks import Block, Places, mark_cells, pack
from aiqyn.subjects.datafile.csv_cells import (
    TENS,
    Flags,
    Prints,
    may_be_total,
    numbers,
    plain_texts,
    print_of,
    prints,
)
from aiqyn.subjects.datafile.csv_look import Look, notes_of_text
from aiqyn.subjects.datafile.csv_records import bytes_of_lines, lines_of, split
from aiqyn.subjects.datafile.profile import Profile, seen_as
from aiqyn.subjects.datafile.profile_header import is_blank
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, Value, value_of

FEW = 4  # a column has few values where a part has this many cells of one on average
KEPT = 200_000  # values remembered with what is wrong with them
_BY_VALUE = DAYS | {"yes_no", "address", "mixed", "empty"}  # kinds that are not vouched for
_ODD = np.uint64(0x9E3779B97F4A7C15)


class Reading(Struct):
    """What is known before parts are read, and remembered between them."""

    look: Look
    profiles: list[Profile]
    marks: list[int] = field(default_factory=list)  # prints of the first names
    many: set[int] = field(default_factory=set)  # columns whose values are not counted
    known: dict[tuple[int, str], tuple[Value, Wrong]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.marks = [print_of(profile.name) for profile in self.profiles[:LABELS]]

    def judge(self, column: int, text: str) -> tuple[Value, Wrong]:
        """Return what a cell says and what is wrong with it."""
        found = self.known.get((column, text))
        if found is None:
            if len(self.known) > KEPT:
                self.known.clear()
            found = value_of(text), wrong_with(text, self.profiles[column])
            self.known[column, text] = found
        return found


class Part(Struct):
    """What one part has given; rows are counted from 1 in it."""

    records: int  # of any kind
    length: int  # bytes read; the next part begins there
    tallies: list[Tally]
    notes: Notes
    numbers: Places  # rows of the records that are data
    rows: Prints  # a print of each
    keys: dict[int, tuple[Prints, Places]]  # column: prints of its cells, and which say nothing
    twins: list[tuple[int, int]]  # of each column: prints by place, and their sum


def read_part(content: bytes, after: bytes, reading: Reading) -> Part:
    """Read the records that begin in `content`, which ends with a line; `after` follows it."""
    notes = Notes()
    block, length = block_of(content, after, reading.look, notes)
    for number, row in block.odd:
        if is_blank(row):
            notes.add("blank_row", number)
        else:
            note_ragged(row, reading.look.width, number, notes)
    block = _set_aside(block, reading, notes)
    return _tallied(block, length, reading, notes)


def block_of(content: bytes, after: bytes, look: Look, notes: Notes) -> tuple[Block, int]:
    """Return where the cells of a part stand, and how many of its bytes were read."""
    encoding, dialect = look.encoding, look.dialect
    text = content
    if encoding.name != "utf-8":
        text = content.decode(encoding.name, "replace").encode()
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
        if len(row) == look.width and not is_blank(row):
            good.append(row)
            numbers.append(number)
        else:
            odd.append((number, row))
    block = pack(good, numbers, look.width)
    block.records, block.odd = len(records.rows), odd
    return block, length


def _set_aside(block: Block, reading: Reading, notes: Notes) -> Block:
    """Return the block without records that are totals or the header again."""
    aside = Aside(reading.profiles, tuple(profile.name for profile in reading.profiles))
    marked: set[int] = set()
    for column, mark in enumerate(reading.marks):
        places = may_be_total(block, column)
        again = np.flatnonzero(prints(block, column) == np.uint64(mark))
        for place in {*places.tolist(), *again.tolist()}:
            if aside.is_marked(column, block.cell(place, column)):
                marked.add(place)
    gone = []
    for place in sorted(marked):
        row = [block.cell(place, column) for column in range(reading.look.width)]
        if kind := aside.kind(row):
            gone.append(place)
            notes.add(kind, int(block.numbers[place]), 0, in_short(row))
    return block.without(gone) if gone else block


def _tallied(block: Block, length: int, reading: Reading, notes: Notes) -> Part:
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
    )
    order = np.arange(1, 2 * count, 2, dtype=np.uint64)
    for column, tally in enumerate(part.tallies):
        if not count:
            part.twins.append((0, 0))
            continue
        said = prints(block, column)
        gaps = _read_column(_Column(block, column, said, reading, tally, notes))
        part.rows = part.rows * _ODD + said
        part.twins.append((int((said * order).sum()), int(said.sum())))
        if tally.profile.may_be_key:
            part.keys[column] = said, np.array(sorted(gaps), np.int64)
    return part


class _Column(Struct):
    """One column of a part while it is read."""

    block: Block
    at: int
    said: Prints
    reading: Reading
    tally: Tally
    notes: Notes

    def note(self, place: int, text: str, wrong: Wrong) -> None:
        row = int(self.block.numbers[place])
        for kind, wants in wrong:
            self.notes.add(kind, row, self.at + 1, text, wants)


def _read_column(column: _Column) -> list[int]:
    """Add up a column; return the places of cells that say nothing."""
    unlike, first, counts = np.unique(column.said, return_index=True, return_counts=True)
    kind = column.tally.profile.kind
    if kind in _BY_VALUE or len(unlike) * FEW <= len(column.said):
        return _by_value(column, first, counts)
    lengths = column.block.ends[:, column.at] - column.block.starts[:, column.at]
    blank = lengths == 0
    good = _good_numbers(column) if kind in NUMBERS else _good_texts(column)
    _count_values(column, first, counts, good)
    column.tally.kinds["blank"] += int(blank.sum())
    gaps = np.flatnonzero(blank).tolist()
    others = np.flatnonzero(~good & ~blank)
    texts = column.block.cells(others, column.at)
    for place, text in zip(others.tolist(), texts, strict=True):
        value, wrong = column.reading.judge(column.at, text)
        column.tally.add(text, value, 1)
        column.note(place, text, wrong)
        if seen_as(value, kind).kind in ("blank", "missing"):
            gaps.append(place)
    return gaps


def _by_value(column: _Column, first: Places, counts: Places) -> list[int]:
    """Look at every value once, however often it stands in the column."""
    bad: dict[int, tuple[str, Wrong]] = {}
    silent = []
    texts = column.block.cells(first, column.at)
    for place, text, count in zip(first.tolist(), texts, counts.tolist(), strict=True):
        value, wrong = column.reading.judge(column.at, text)
        column.tally.add(text, value, count)
        if wrong:
            bad[int(column.said[place])] = text, wrong
        if seen_as(value, column.tally.profile.kind).kind in ("blank", "missing"):
            silent.append(column.said[place])
    if bad:
        hit = np.isin(column.said, np.array(list(bad), np.uint64))
        for place in np.flatnonzero(hit).tolist():
            column.note(place, *bad[int(column.said[place])])
    if not silent:
        return []
    gaps: list[int] = np.flatnonzero(np.isin(column.said, np.array(silent, np.uint64))).tolist()
    return gaps


def _good_numbers(column: _Column) -> Flags:
    """Return which cells are plain usual numbers, and add them up."""
    good, digits, decimals = numbers(column.block, column.at)
    tally, profile = column.tally, column.tally.profile
    values = digits / TENS[decimals]
    if profile.low is not None and profile.high is not None:
        good &= (values >= profile.low) & (values <= profile.high)
    for count in np.unique(decimals[good]).tolist():
        these = digits[good & (decimals == count)]
        tally.total += Decimal(int(these.sum())).scaleb(-count)
        tally.kinds["decimal" if count else "whole"] += len(these)
        tally.styles["1234.5" if count else "1234"] += len(these)
        tally.stretch(
            Decimal(int(these.min())).scaleb(-count), Decimal(int(these.max())).scaleb(-count)
        )
    return good


def _good_texts(column: _Column) -> Flags:
    good = plain_texts(column.block, column.at)
    column.tally.kinds["text"] += int(good.sum())
    return good


def _count_values(column: _Column, first: Places, counts: Places, good: Flags) -> None:
    """Count the values of cells that were vouched for, while there are few enough to keep."""
    if column.at in column.reading.many:
        column.tally.values = None
        return
    known = good[first]
    values = column.tally.values
    assert values is not None  # noqa: S101  # a part has fewer cells than are counted
    texts = column.block.cells(first[known], column.at)
    for text, count in zip(texts, counts[known].tolist(), strict=True):
        values[text] += count
