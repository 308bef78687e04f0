"""The parts of a large file put together, and what only the whole of it shows: repeats."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from aiqyn.subjects.datafile.columns import Scan, few, in_short
from aiqyn.subjects.datafile.columns_tally import MOST_SPOTS, Notes, Tally
from aiqyn.subjects.datafile.csv_blocks import Places
from aiqyn.subjects.datafile.csv_cells import Prints
from aiqyn.subjects.datafile.csv_part import Part, Reading, block_of
from aiqyn.subjects.datafile.csv_source import AFTER, Source

MOST_COMPARED = 40_000_000  # records among which repeats are looked for, 16 bytes each
_ALL = (1 << 64) - 1


class _Place(Struct, frozen=True):
    """Where a part stands."""

    start: int  # byte
    size: int  # bytes that were taken for it
    above: int  # rows of the table before it


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

    def add(self, part: Part, start: int, size: int) -> None:
        """Add the part of `size` bytes that begins at byte `start`."""
        self.notes.take(part.notes, self.last)
        for column, (tally, other) in enumerate(zip(self.tallies, part.tallies, strict=True)):
            tally.merge(other)
            if tally.values is None:
                self.reading.many.add(column)
            by_place, plain = part.twins[column]
            tally.twin = (tally.twin + by_place + 2 * self.rows * plain) & _ALL
        if self.rows <= MOST_COMPARED:
            self.places.append(_Place(start, size, self.last))
            self.numbers.append(part.numbers + self.last)
            self.prints.append(part.rows)
            for column, (said, gaps) in part.keys.items():
                self.keys.setdefault(column, []).append(said)
                self.gaps.setdefault(column, []).append(gaps + self.rows)
        self.rows += len(part.numbers)
        self.last += part.records

    def scan(self, source: Source) -> Scan:
        """Return what all parts have given, repeats noted."""
        if self.numbers:
            numbers = np.concatenate(self.numbers)
            for column in self.keys:
                self._note_key(column, numbers, source)
            for row in self._rows(numbers[later_twins(np.concatenate(self.prints))], source):
                self.notes.add("duplicate_row", row[0], 0, in_short(row[1]))
        return Scan(tallies=self.tallies, notes=self.notes, rows=self.rows)

    def _note_key(self, column: int, numbers: Places, source: Source) -> None:
        gaps = np.concatenate(self.gaps[column])
        said = np.concatenate(self.keys[column])
        filled = np.delete(np.arange(len(said)), gaps)
        twins = filled[later_twins(said[filled])]
        self.tallies[column].distinct = len(filled) - len(twins)
        for kind, places in (("duplicate_key", twins), ("missing_key", gaps)):
            if few(len(places), self.rows):
                for number, row in self._rows(numbers[places], source):
                    self.notes.add(kind, number, column + 1, row[column] if row else "")

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
    content = source.read(place.start, place.size)
    after = source.read(place.start + place.size, AFTER)
    block, _ = block_of(content, after, reading.look, Notes())
    width = reading.look.width
    at = np.searchsorted(block.numbers, np.array(numbers) - place.above).tolist()
    return [
        (number, [block.cell(record, column) for column in range(width)])
        for number, record in zip(numbers, at, strict=True)
    ]


def later_twins(said: Prints) -> Places:
    """Return the places of prints that stood somewhere before, in order."""
    ordered = np.sort(said)
    met = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(met):
        return np.zeros(0, np.int64)
    at = np.minimum(np.searchsorted(met, said), len(met) - 1)
    places = np.flatnonzero(met[at] == said)
    _, first = np.unique(said[places], return_index=True)
    return np.delete(places, first)
