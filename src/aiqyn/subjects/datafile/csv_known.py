"""Values that stand in a column over and over: each is looked at once, and then counted."""

from collections.abc import Sequence
from threading import Lock

import numpy as np

from aiqyn.subjects.datafile.columns_cells import Wrong, wrong_in
from aiqyn.subjects.datafile.columns_tally import Tally
from aiqyn.subjects.datafile.counted import seen_as
from aiqyn.subjects.datafile.csv_blocks import Block, Places
from aiqyn.subjects.datafile.csv_cells import Prints
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.values import Value, value_of
from aiqyn.subjects.personal_columns import NOTHING, Verdict, Watch

MOST = 100_000  # values of one column that are remembered
# Marks of a value: something is wrong about it, it says nothing, it holds personal data.
BAD, SILENT, PEOPLE = 1, 2, 4
_SLOTS = 1 << 16
Met = tuple[int, str]  # a value's print, and itself
_SHIFT = np.uint64(48)


class Known:
    """The values of one column met so far, numbered; shared by the threads that read parts."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.values: list[tuple[str, Value, Wrong]] = []
        self.verdicts: list[Verdict] = [NOTHING]  # on personal data, by number
        self._watch = Watch(profile.name, profile.number)
        self._ids: dict[int, int] = {}  # of prints
        self._lock = Lock()
        self._slots = np.zeros(_SLOTS, np.int64)  # print → a number that may be its own
        self._prints = np.zeros(1024, np.uint64)  # by number, 0 is nobody's
        self._marks = np.zeros(1024, np.uint8)
        self.values.append(("", value_of(""), ()))

    @property
    def is_full(self) -> bool:
        return len(self.values) > MOST

    def number(self, said: Prints, block: Block, column: int) -> Places:
        """Return the number of every cell's value, new ones learnt on the way."""
        numbers: Places = self._slots[(said >> _SHIFT).view(np.int64)]
        left = np.flatnonzero(self._prints[numbers] != said)
        if len(left):
            prints, first, inverse = np.unique(said[left], return_index=True, return_inverse=True)
            texts = block.cells(left[first], column)
            with self._lock:
                found = [
                    self._number(each, text)
                    for each, text in zip(prints.tolist(), texts, strict=True)
                ]
            numbers[left] = np.array(found, np.int64)[inverse]
        return numbers

    def learn(self, met: Sequence[Met]) -> list[int]:
        """Return the numbers here of values that another process met."""
        with self._lock:
            return [self._number(said, text) for said, text in met]

    def since(self, number: int) -> list[Met]:
        """Return the values from this number on."""
        prints = self._prints[number : len(self.values)].tolist()
        return [(said, text) for said, (text, *_) in zip(prints, self.values[number:], strict=True)]

    def _number(self, said: int, text: str) -> int:
        known = self._ids.get(said)
        if known is not None:
            return known
        number = len(self.values)
        value = value_of(text)
        wrong = wrong_in(text, value, self.profile)
        if number >= len(self._prints):
            self._grow()
        is_silent = seen_as(value, self.profile.kind).kind in ("blank", "missing")
        verdict = self._watch.judged(text) if text else NOTHING
        marks = BAD * bool(wrong) | SILENT * is_silent | PEOPLE * (verdict is not NOTHING)
        self._marks[number] = marks
        self._prints[number] = said
        self.values.append((text, value, wrong))
        self.verdicts.append(verdict)
        self._ids[said] = number
        self._slots[said >> 48] = number
        return number

    def _grow(self) -> None:
        size = len(self._prints)
        self._marks = np.concatenate((self._marks, np.zeros(size, np.uint8)))
        self._prints = np.concatenate((self._prints, np.zeros(size, np.uint64)))

    def marked(self, numbers: Places, counts: Places, mark: int) -> Places:
        """Return the places of values with this mark; `counts` is how often each stands there."""
        if not np.any(counts[(self._marks[: len(counts)] & mark) != 0]):
            return np.zeros(0, np.int64)
        return np.flatnonzero(self._marks[numbers] & mark)

    def count(self, counts: Places, tally: Tally) -> None:
        """Add every value as often as it was counted, in the order they were met."""
        for (text, value, _), count in zip(self.values, counts.tolist(), strict=False):
            if count:
                tally.add(text, value, count)


def renumbered(counts: Places, numbers: Sequence[int]) -> Places:
    """Return how often each value stands there, where value n is `numbers[n]` among others."""
    places = np.array(numbers[: len(counts)], np.int64)
    found = np.zeros(int(places.max(initial=0)) + 1, np.int64)
    found[places] = counts
    return found
