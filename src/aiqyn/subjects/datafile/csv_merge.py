"""The parts of a large file put together, and what only the whole of it shows: repeats."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from aiqyn.subjects.datafile.columns import Scan, few, in_short
from aiqyn.subjects.datafile.columns_tally import Notes, Tally
from aiqyn.subjects.datafile.csv_blocks import Places
from aiqyn.subjects.datafile.csv_cells import Prints
from aiqyn.subjects.datafile.csv_part import Part, Reading, block_of
from aiqyn.subjects.datafile.csv_source import AFTER, Source
from aiqyn.subjects.datafile.model import MOST_SPOTS

MOST_COMPARED = 40_000_000  # records among which repeats are looked for, 16 bytes each
MOST_BITS = 25  # of a print, by which places are told apart: 128 MB
_ALL = (1 << 64) - 1


class _Place(Struct, frozen=True):
    """Where a part stands."""

    start: int  # byte
    size: int  # bytes that were taken for it
    above: int  # rows of the table before it
    numbers: Places  # of its records, from 1 in it
    begins: NDArray[np.uint32] | None  # bytes of it before each of them, where that is known


class Merged:
    """What the parts read so far have given; they come in order."""

    def __init__(self, reading: Reading, notes: Notes, last: int) -> None:
        self.reading, self.notes = reading, notes
        self.last = last  # row that was read last
        self.rows = 0  # records of data
        self.tallies = [Tally(profile) for profile in reading.profiles]
        self.places: list[_Place] = []
        self.numbers: list[Places] = []
        self.prints: list[Prints] = []
        self.keys: dict[int, list[Prints]] = {}
        self.gaps: dict[int, list[Places]] = {}
        self.counts: dict[int, Places] = {}  # column: how often each known value stands in it

    def add(self, part: Part, start: int, size: int) -> None:
        """Add the part of `size` bytes that begins at byte `start`."""
        self.notes.take(part.notes, self.last)
        for column, (tally, other) in enumerate(zip(self.tallies, part.tallies, strict=True)):
            tally.merge(other)
            tally.watch.take(other.watch, self.last)
            if column in part.counts:
                self.counts[column] = _sum(self.counts.get(column), part.counts[column])
            if tally.values is None:
                self.reading.many.add(column)
            by_place, plain = part.twins[column]
            tally.twin = (tally.twin + by_place + 2 * self.rows * plain) & _ALL
        if self.rows <= MOST_COMPARED:
            self.places.append(_Place(start, size, self.last, part.numbers, part.begins))
            self.numbers.append(part.numbers + self.last)
            self.prints.append(part.rows)
            for column, (said, gaps) in part.keys.items():
                self.keys.setdefault(column, []).append(said)
                self.gaps.setdefault(column, []).append(gaps + self.rows)
        self.rows += len(part.numbers)
        self.last += part.records

    def scan(self, source: Source) -> Scan:
        """Return what all parts have given, repeats noted."""
        for column, known in enumerate(self.reading.known):
            if known is not None and column in self.counts:
                known.count(self.counts[column], self.tallies[column])
        if self.numbers:
            numbers = np.concatenate(self.numbers)
            may_repeat = np.arange(len(numbers))
            for column in self.keys:
                alike = self._note_key(column, numbers, source)
                may_repeat = np.intersect1d(may_repeat, alike, assume_unique=True)
            twins = may_repeat[later_twins(np.concatenate(self.prints)[may_repeat])]
            for number, row in self._rows(numbers[twins], source):
                self.notes.add("duplicate_row", number, 0, in_short(row))
        return Scan(tallies=self.tallies, notes=self.notes, rows=self.rows)

    def _note_key(self, column: int, numbers: Places, source: Source) -> Places:
        """Note repeats and gaps; return the records that do not differ from all by this key."""
        gaps = np.concatenate(self.gaps[column])
        said = np.concatenate(self.keys[column])
        filled = np.delete(np.arange(len(said)), gaps)
        alike = twins_of(said[filled])
        twins = filled[alike[later_twins(said[filled][alike])]]
        self.tallies[column].distinct = len(filled) - len(twins)
        for kind, places in (("duplicate_key", twins), ("missing_key", gaps)):
            if few(len(places), self.rows):
                for number, row in self._rows(numbers[places], source):
                    self.notes.add(kind, number, column + 1, row[column] if row else "")
        return np.union1d(filled[alike], gaps)

    def _rows(self, numbers: Places, source: Source) -> list[tuple[int, list[str]]]:
        """Return rows by their numbers, read again; cells only of those that are shown."""
        found: list[tuple[int, list[str]]] = []
        shown = numbers[:MOST_SPOTS].tolist()
        bounds = [place.above for place in self.places]
        parts = np.searchsorted(bounds, shown, side="left") - 1
        for at in np.unique(parts).tolist():
            place = self.places[at]
            inside = [number for number, part in zip(shown, parts, strict=True) if part == at]
            found += _again(place, inside, self.reading, source)
        return found + [(number, []) for number in numbers[MOST_SPOTS:].tolist()]


def _again(
    place: _Place, numbers: Sequence[int], reading: Reading, source: Source
) -> list[tuple[int, list[str]]]:
    if place.begins is not None:
        at = np.searchsorted(place.numbers, np.array(numbers) - place.above)
        begins = (place.start + place.begins[at].astype(np.int64)).tolist()
        lines = (source.line(begin) for begin in begins)
        delimiter = reading.look.dialect.delimiter
        return [
            (number, line.decode().split(delimiter))
            for number, line in zip(numbers, lines, strict=True)
        ]
    content = source.read(place.start, place.size)
    after = source.read(place.start + place.size, AFTER)
    block, _ = block_of(content, after, reading.look, Notes())
    width = reading.look.width
    at = np.searchsorted(block.numbers, np.array(numbers) - place.above).tolist()
    return [
        (number, [block.cell(record, column) for column in range(width)])
        for number, record in zip(numbers, at, strict=True)
    ]


def twins_of(said: Prints) -> Places:
    """Return the places of prints that stand somewhere else too, in order.

    Those that share the first bits with no other are left out before the rest is sorted.
    """
    bits = min(len(said).bit_length() + 2, MOST_BITS)
    slots = (said >> np.uint64(64 - bits)).astype(np.int64)
    order = np.arange(len(said), dtype=np.int32)
    last = np.empty(1 << bits, np.int32)
    last[slots] = order
    is_shared = np.zeros(1 << bits, np.bool_)
    is_shared[slots[last[slots] != order]] = True
    places = np.flatnonzero(is_shared[slots])
    _, inverse, counts = np.unique(said[places], return_inverse=True, return_counts=True)
    twins: Places = places[counts[inverse] > 1]
    return twins


def later_twins(said: Prints) -> Places:
    """Return the places of prints that stood somewhere before, in order."""
    places = twins_of(said)
    _, first = np.unique(said[places], return_index=True)
    return np.delete(places, first)


def _sum(counts: Places | None, more: Places) -> Places:
    if counts is None:
        return more
    longer, shorter = (counts, more) if len(counts) > len(more) else (more, counts)
    total = longer.copy()
    total[: len(shorter)] += shorter
    return total
