"""Personal data in a column of cells: what stands there once by chance, and what in bulk.

A reader of tables keeps a `Watch` for every column, hands it the cells, joins those of parts
of one table, and asks `noted` once all rows were read. `may_hold` says cheaply which cells
are worth handing over.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.model import MOST_SPOTS, Spot, Trouble

SHORTEST = 7  # letters of what may be personal: an address of mail at least
MANY = 10  # names that make a list of people
MOST_IN_GROUP = 4  # people; a group that small points at somebody. Aiqyn's own
# Of the cells that look alike; the arithmetic lets one in fifty (cards, mobile numbers) or one
# in twenty (twelve digits that begin with a day) pass by chance.
BULK = {
    personal.IIN: Fraction(1, 4),
    personal.PHONE: Fraction(1, 2),
    personal.CARD: Fraction(1, 2),
    personal.NAME: Fraction(1, 2),
}
WHOLE_WORD = 4  # letters of a word of a heading that is not matched by its beginning alone
FEW = {personal.PHONE: 2, personal.CARD: 3}  # unsure ones that are too few to tell
_COARSE = re.compile("|".join(personal.COARSE.values()))
_LONG_NUMBER = re.compile(r"\d[\d ()-]{9}")
_ACCOUNT_BEGINS = re.compile(r"[A-Z]{2}[0-9]{2}")
ENDS_OF_NAMES = ("ұлы", "улы", "ызы", "вич", "ьич", "вна", "чна")  # of patronymics
_ENDS_OF_NAMES = [each for end in ENDS_OF_NAMES for each in (end, end.upper())]
_LOOKS = {  # digits that might as well have been one
    personal.IIN: re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}"),
    personal.PHONE: re.compile(r"\d{11}"),
    personal.CARD: re.compile(r"\d{13,19}"),
}
_SMALL = re.compile(rf"[1-{MOST_IN_GROUP}](?:\.0)?")


class Verdict(NamedTuple):
    """What one cell of a column holds."""

    alike: tuple[str, ...] = ()  # kinds whose digits it looks like
    found: tuple[tuple[str, str, bool], ...] = ()  # kind, mask, and whether it is sure


NOTHING = Verdict()


class Watch:
    """What personal data one column was seen to hold so far."""

    def __init__(self, heading: str, number: int = 0) -> None:
        self.heading, self.number = heading, number
        self.filled = 0  # cells that say something; the reader counts them
        self.count: Counter[str] = Counter()
        self.places: dict[str, list[tuple[int, str]]] = {}  # row and mask, by kind
        self.sure: Counter[str] = Counter()
        self.alike: Counter[str] = Counter()  # cells that look like one, whether they are or not
        self.named = {
            kind: says(heading, about)
            for kind, about in ((personal.IIN, "iin"), (personal.CARD, "card"))
        }
        self.named[personal.NAME] = says(heading, "name")
        self.counts_people = says(heading, "count")

    @property
    def shortest(self) -> int:
        """Letters of the shortest cell worth handing over."""
        if self.counts_people:
            return 1
        return 5 if self.named[personal.NAME] else SHORTEST

    def add(self, row: int, cell: str) -> None:
        """Look at one cell that is not empty."""
        self.add_all((row,), (cell,))

    def add_all(self, rows: Sequence[int], cells: Sequence[str]) -> None:
        """Look at many cells in the order of their rows; equal ones are judged once."""
        counted = Counter(cells)
        verdicts = {cell: self.judged(cell) for cell in counted}
        self.add_judged(
            ((verdicts[cell], count) for cell, count in counted.items()),
            ((row, verdicts[cell]) for row, cell in zip(rows, cells, strict=True)),
        )

    def add_judged(
        self, counted: Iterable[tuple[Verdict, int]], places: Iterable[tuple[int, Verdict]]
    ) -> None:
        """Add what was judged: each verdict as often as it stands there, and rows in order."""
        room: dict[str, int] = {}
        for verdict, times in counted:
            for kind in verdict.alike:
                self.alike[kind] += times
            for kind, _, is_sure in verdict.found:
                self.count[kind] += times
                self.sure[kind] += times * is_sure
                room[kind] = MOST_SPOTS - len(self.places.setdefault(kind, []))
        if any(room.values()):
            self._show(places, room)

    def _show(self, places: Iterable[tuple[int, Verdict]], room: dict[str, int]) -> None:
        """Keep the first places of every kind, as many as there is room for."""
        for row, verdict in places:
            for kind, masked, _ in verdict.found:
                if room[kind]:
                    room[kind] -= 1
                    self.places[kind].append((row, masked))
            if not any(room.values()):
                return

    def judged(self, cell: str) -> Verdict:
        """Return what a cell holds, as this column has it; NOTHING itself where it is nothing."""
        if len(cell) < SHORTEST and self.counts_people and _SMALL.fullmatch(cell.strip()):
            return Verdict(found=((personal.SMALL_GROUP, cell.strip(), True),))
        if len(cell) < self.shortest:
            return NOTHING
        value = cell.strip()
        if masked := personal.mask_of_name(value):
            return Verdict(found=((personal.NAME, masked, True),))
        if masked := personal.mask_of_phone(value):
            return Verdict(found=((personal.PHONE, masked, True),))
        if not (self.named[personal.IIN] or may_hold((cell,))):
            return NOTHING
        value = self._written(value)
        alike = tuple(kind for kind, looks in _LOOKS.items() if looks.fullmatch(value))
        kinds = {each.kind: each for each in personal.find(value)}
        found = tuple((kind, each.masked, each.is_sure) for kind, each in kinds.items())
        return Verdict(alike, found) if alike or found else NOTHING

    def take(self, other: "Watch", above: int = 0) -> None:
        """Add what was seen in a further part of the column that has `above` rows before it."""
        self.count += other.count
        self.sure += other.sure
        self.alike += other.alike
        for kind, places in other.places.items():
            mine = self.places.setdefault(kind, [])
            mine += [(row + above, saw) for row, saw in places[: MOST_SPOTS - len(mine)]]

    def found(self) -> Iterator[str]:
        """Yield the kinds that the column holds, by chance alone left out."""
        for kind in self.count:
            if kind != personal.SMALL_GROUP and self._is_bulk(kind):
                yield kind

    def _written(self, value: str) -> str:
        """A number that lost its zeros, or gained a fraction, in a spreadsheet."""
        value = value.removesuffix(".0")
        if self.named[personal.IIN] and value.isdecimal() and 10 <= len(value) < 12:
            return value.zfill(12)
        return value

    def _is_bulk(self, kind: str) -> bool:
        """Whether what was found is more than chance, or a name or two in passing."""
        count = self.count[kind]
        if self.named.get(kind) or kind not in BULK:
            return True
        if kind == personal.NAME:
            return count >= MANY and count >= BULK[kind] * self.filled
        if kind != personal.IIN and self.sure[kind]:
            return True
        return count >= FEW.get(kind, 1) and count >= BULK[kind] * self.alike[kind]


def may_hold(cells: Iterable[str]) -> bool:
    """Whether any of the cells may hold personal data; the opposite is certain."""
    return any(_has_sign(cell) and _COARSE.search(cell) for cell in cells)


def _has_sign(text: str) -> bool:
    """Whether a text has what personal data cannot be without: told far sooner than the data."""
    if "@" in text or _LONG_NUMBER.search(text) or _ACCOUNT_BEGINS.search(text):
        return True
    return not text.isascii() and any(end in text for end in _ENDS_OF_NAMES)


def noted(watches: Sequence[Watch], above: int = 0) -> tuple[Trouble, ...]:
    """Return the personal data of a table, a trouble a kind; what was seen is masked.

    `above` is added to every row.
    A column that counts people tells small groups only beside one that says which people.
    """
    found: dict[str, list[Watch]] = {}
    for watch in watches:
        for kind in watch.found():
            found.setdefault(kind, []).append(watch)
    if any(says(watch.heading, "group") for watch in watches if not watch.counts_people):
        small = [watch for watch in watches if watch.count[personal.SMALL_GROUP]]
        found.update({personal.SMALL_GROUP: small} if small else {})
    return tuple(_trouble(kind, found[kind], above) for kind in sorted(found))


def scan_cells(cells: Iterable[tuple[int, str]], *, name: str, number: int) -> tuple[Trouble, ...]:
    """Return the personal data in one column: `cells` are row numbers and values."""
    watch = Watch(name, number)
    for row, cell in cells:
        if cell:
            watch.filled += 1
            watch.add(row, cell)
    return noted([watch])


def _trouble(kind: str, watches: Sequence[Watch], above: int) -> Trouble:
    spots = [
        Spot(row=row + above, column=watch.number, name=watch.heading, saw=saw)
        for watch in watches
        for row, saw in watch.places[kind]
    ]
    spots.sort(key=lambda spot: (spot.row, spot.column))
    return Trouble(
        kind=kind,
        count=sum(watch.count[kind] for watch in watches),
        spots=tuple(spots[:MOST_SPOTS]),
    )


def says(heading: str, about: str) -> bool:
    """Whether the name of a column has a word of personal.yaml about this."""
    return _words(about).search(heading.casefold()) is not None


@cache
def _words(about: str) -> re.Pattern[str]:
    """Long words are matched by their beginning, short ones whole: «пол» is not «полис»."""
    words = personal.lore().headings[about]
    ends = (re.escape(word) + (r"(?!\w)" if len(word) <= WHOLE_WORD else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends)})")
