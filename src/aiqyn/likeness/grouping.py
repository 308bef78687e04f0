"""Copies among many texts, folded together: none dropped, each text in exactly one group."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from aiqyn.likeness.comparing import Comparison, Why, compare
from aiqyn.likeness.index import Index
from aiqyn.likeness.reading import Reading, read

FACES = 6  # texts of a group that stand for it
FRESH = 0.85  # likeness below which one more text of a group shows another face of it
Leaning = tuple[int, bool]  # a pair of opposites of lore.yaml, and the side
AGAINST = frozenset({Why.NUMBER, Why.DENIED, Why.OPPOSITE, Why.REPLACED})


def group(texts: Sequence[str]) -> list[list[int]]:
    """Return the numbers of `texts` by group, the largest first; a text without copies is alone.

    The same texts in another order make the same groups.
    """
    found = _Groups()
    same: dict[Hashable, list[int]] = defaultdict(list)
    readings: dict[Hashable, Reading] = {}
    for number, text in enumerate(texts):
        reading = read(text)
        mark = print_of(reading)
        same[mark].append(number)
        readings.setdefault(mark, reading)
    for mark, reading in sorted(readings.items(), key=_by_size):
        found.add(reading, same[mark])
    return sorted((sorted(each) for each in found.members()), key=lambda it: (-len(it), it[0]))


def print_of(reading: Reading) -> Hashable:
    """Return what is equal for texts that say the same words in any order."""
    numbers = sorted((each.value, each.left, each.right) for each in reading.numbers)
    words = tuple(sorted(reading.weights.items()))
    return words, tuple(sorted(reading.denied)), tuple(numbers)


def _by_size(entry: tuple[Hashable, Reading]) -> tuple[float, str]:
    return entry[1].weight, repr(entry[0])


def leanings(reading: Reading) -> set[Leaning]:
    """Return the pairs of opposites a text is on one side of only, each with that side."""
    return {(pair, next(iter(sides))) for pair, sides in reading.sides.items() if len(sides) == 1}


def _clash(mine: set[Leaning], its: set[Leaning]) -> bool:
    """Whether one is for what the other is against, though a text between them is neither."""
    return any((pair, not side) in its for pair, side in mine)


def fits(reading: Reading, faces: Sequence[Reading]) -> float:
    """Return how like a text is to the texts that stand for a group; 0 where it does not belong."""
    if any(_clash(leanings(reading), leanings(face)) for face in faces):
        return 0.0
    told = [compare(reading, face) for face in faces]
    if not all(_may_meet(each) for each in told):
        return 0.0
    return max((each.likeness for each in told if each.are_copies), default=0.0)


def is_face(reading: Reading, faces: Sequence[Reading], likeness: float) -> bool:
    """Whether a text of a group should stand for it too: it says it otherwise, or leans."""
    known = {leaning for face in faces for leaning in leanings(face)}
    if not leanings(reading) <= known:
        return True
    return likeness < FRESH and len(faces) < FACES


class _Groups:
    """Groups as they grow, the shortest texts first: what was added to is met by what adds."""

    def __init__(self) -> None:
        self._faces: Index[int] = Index()
        self._group_of: list[int] = []  # of each face
        self._readings: list[Reading] = []  # of each face
        self._of_group: dict[int, list[int]] = {}  # faces
        self._members: dict[int, list[int]] = {}
        self._leanings: dict[int, set[Leaning]] = {}  # of all texts of a group

    def members(self) -> Iterable[list[int]]:
        return self._members.values()

    def add(self, reading: Reading, numbers: list[int]) -> None:
        """Put equal texts, told by their numbers, where their copies are."""
        homes = self._homes(reading)
        if not homes:
            number = len(self._group_of)
            self._members[number] = list(numbers)
            self._leanings[number] = leanings(reading)
            self._of_group[number] = []
            self._show(number, reading)
            return
        (home, likeness), *others = homes
        self._members[home] += numbers
        self._leanings[home] |= leanings(reading)
        if likeness < FRESH and len(self._of_group[home]) < FACES:
            self._show(home, reading)
        for other, _ in others:
            if self._agree(home, other):
                self._join(home, other)

    def _homes(self, reading: Reading) -> list[tuple[int, float]]:
        """Return the groups that have copies of a text and nothing against it, nearest first."""
        best: dict[int, float] = {}
        for face, told in self._faces.compared(reading):
            if told.are_copies:
                home = self._group_of[face]
                best[home] = max(best.get(home, 0.0), told.likeness)
        nearest = sorted(best.items(), key=lambda each: (-each[1], each[0]))
        return [
            (home, likeness)
            for home, likeness in nearest
            if not _clash(leanings(reading), self._leanings[home])
            and all(_may_meet(compare(reading, its)) for its in self._shown(home))
        ]

    def _shown(self, home: int) -> list[Reading]:
        return [self._readings[face] for face in self._of_group[home]]

    def _show(self, home: int, reading: Reading) -> None:
        face = len(self._group_of)
        self._group_of.append(home)
        self._readings.append(reading)
        self._of_group[home].append(face)
        self._faces.add_read(face, reading)

    def _agree(self, home: int, other: int) -> bool:
        return not _clash(self._leanings[home], self._leanings[other]) and all(
            _may_meet(compare(mine, its))
            for mine in self._shown(home)
            for its in self._shown(other)
        )

    def _join(self, home: int, other: int) -> None:
        self._members[home] += self._members.pop(other)
        self._leanings[home] |= self._leanings.pop(other)
        for face in self._of_group.pop(other):
            self._group_of[face] = home
            self._of_group[home].append(face)


def _may_meet(told: Comparison) -> bool:
    return told.why not in AGAINST
