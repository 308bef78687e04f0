"""The parts of a large file put together, and what only the whole of it shows: repeats."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from aiqyn.subjects.datafile.columns import Scan, few
from aiqyn.subjects.datafile.columns_ragged import in_short
from aiqyn.subjects.datafile.columns_tally import Notes, Tally
from aiqyn.subjects.datafile.csv_blocks import Places
from aiqyn.subjects.datafile.csv_cells import Prints
from aiqyn.subjects.datafile.csv_part import Part, Reading, block_of
from aiqyn.subjects.datafile.csv_source import AFTER, Source
from aiqyn.subjects.datafile.model import MOST_SPOTS

MOST_COMPARED = 40_000_000  # records among which repeats are looked for, 16 bytes each
BITS = 16  # of a print, by which most are told apart
AT_ONCE = 2  # columns sorted together
_SHIFT = np.uint64(64 - BITS)


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
        self.twins = [0] * len(self.tallies)  # columns equal so far: the first of them
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
            tally.order.join(other.order, self.last)
            if column in part.counts:
                self.counts[column] = _sum(self.counts.get(column), part.counts[column])
            if tally.values is None:
                self.reading.many |= {column}
        self.twins = refined(self.twins, part.twins)
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
        for tally, twin in zip(self.tallies, self.twins, strict=True):
            tally.twin = twin
        if self.numbers:
            self._note_repeats(np.concatenate(self.numbers), source)
        return Scan(tallies=self.tallies, notes=self.notes, rows=self.rows)

    def _note_repeats(self, numbers: Places, source: Source) -> None:
        """Note keys that are missing or stand there twice, and rows that do."""
        keys = {column: np.concatenate(parts) for column, parts in self.keys.items()}
        may_repeat: Places | None = None
        with ThreadPoolExecutor(AT_ONCE) as pool:  # sorting lets go of the interpreter's lock
            found = pool.map(twins_of, keys.values())
            for (column, said), twins in zip(keys.items(), found, strict=True):
                alike = self._note_key(column, said, twins, numbers, source)
                may_repeat = alike if may_repeat is None else np.intersect1d(may_repeat, alike)
        rows = np.concatenate(self.prints)
        if may_repeat is not None:
            rows, numbers = rows[may_repeat], numbers[may_repeat]
        twins = later_of(rows, twins_of(rows))
        for number, row in self._rows(numbers[twins], source):
            self.notes.add("duplicate_row", number, 0, in_short(row))

    def _note_key(
        self, column: int, said: Prints, twins: Places, numbers: Places, source: Source
    ) -> Places:
        """Note repeats and gaps; return the records that do not differ from all by this key."""
        gaps = np.concatenate(self.gaps[column])
        alike = np.setdiff1d(twins, gaps, assume_unique=True)
        repeats = later_of(said, alike)
        self.tallies[column].distinct = len(said) - len(gaps) - len(repeats)
        for kind, places in (("duplicate_key", repeats), ("missing_key", gaps)):
            if few(len(places), self.rows):
                for number, row in self._rows(numbers[places], source):
                    self.notes.add(kind, number, column + 1, row[column] if row else "")
        return np.union1d(alike, gaps)

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
    width = reading.look.cells
    at = np.searchsorted(block.numbers, np.array(numbers) - place.above).tolist()
    return [
        (number, [block.cell(record, column) for column in range(width)])
        for number, record in zip(numbers, at, strict=True)
    ]


def twins_of(said: Prints) -> Places:
    """Return the places of prints that stand somewhere else too, in order.

    Prints alone are sorted, which is far cheaper than to sort their places as well; the few
    that are met twice are then looked for among all, told apart by their first bits.
    """
    ordered = np.sort(said)
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(repeated):
        return np.zeros(0, np.int64)
    may_be = np.zeros(1 << BITS, np.bool_)
    may_be[repeated >> _SHIFT] = True
    places = np.flatnonzero(may_be[said >> _SHIFT])
    found = np.minimum(np.searchsorted(repeated, said[places]), len(repeated) - 1)
    twins: Places = places[repeated[found] == said[places]]
    return twins


def later_of(said: Prints, places: Places) -> Places:
    """Return which of `places`, in order, have the print of one before them."""
    _, first = np.unique(said[places], return_index=True)
    return np.delete(places, first)


def refined(twins: Sequence[int], more: Sequence[int]) -> list[int]:
    """Return for every column the first that is equal to it in both."""
    first: dict[tuple[int, int], int] = {}
    pairs = zip(twins, more, strict=True)
    return [first.setdefault(pair, column) for column, pair in enumerate(pairs)]


def _sum(counts: Places | None, more: Places) -> Places:
    if counts is None:
        return more
    longer, shorter = (counts, more) if len(counts) > len(more) else (more, counts)
    total = longer.copy()
    total[: len(shorter)] += shorter
    return total
