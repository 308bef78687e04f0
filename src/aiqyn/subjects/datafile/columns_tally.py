"""What is added up while cells are read: troubles with their places, and figures of columns."""

from collections import Counter
from decimal import Decimal
from itertools import chain
from operator import mul

from msgspec import Struct, field

from aiqyn.subjects.datafile.columns_order import Order
from aiqyn.subjects.datafile.counted import PLAIN, Counted, seen_as
from aiqyn.subjects.datafile.model import MOST_SPOTS, Column, Spot, Trouble
from aiqyn.subjects.datafile.profile import Profile, unit_in
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, Value
from aiqyn.subjects.personal_columns import Watch

SHOWN = 80  # characters of a value in a report
MOST_DISTINCT = 20_000  # values of a column that are counted one by one
TOP = 10
MOST_DIGITS = 20  # before the point of a number that is rounded

Place = tuple[int, int, str, str]  # row, column, saw, wants


def shorten(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


class Notes:
    """Troubles by kind: how many, and where the first of them are in every column."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.details: dict[str, str] = {}
        self._places: dict[tuple[str, int], list[Place]] = {}

    def add(self, kind: str, row: int = 0, column: int = 0, saw: str = "", wants: str = "") -> None:
        """Note one place; those of a column come in order of rows."""
        self.counts[kind] += 1
        places = self._places.setdefault((kind, column), [])
        if len(places) < MOST_SPOTS:
            places.append((row, column, shorten(saw), shorten(wants)))

    def take(self, other: "Notes", above: int = 0) -> None:
        """Add the troubles of a part that has `above` rows before it."""
        self.counts.update(other.counts)
        self.details.update(other.details)
        for key, places in other._places.items():  # noqa: SLF001  # one of us
            mine = self._places.setdefault(key, [])
            room = MOST_SPOTS - len(mine)
            mine += [_moved(place, above) for place in places[:room]]

    def places(self, kind: str) -> list[Place]:
        """Return the places of a kind that are kept, in order of rows and columns."""
        found = (places for (one, _), places in self._places.items() if one == kind)
        return sorted(chain.from_iterable(found))

    def drop(self, kind: str, row: int) -> None:
        """Forget the places of a kind in one row."""
        for (one, _), places in self._places.items():
            if one == kind:
                left = [place for place in places if place[0] != row]
                self.counts[kind] -= len(places) - len(left)
                places[:] = left

    def troubles(self, names: tuple[str, ...] = (), above: int = 0) -> tuple[Trouble, ...]:
        """Return what was noted, kinds in alphabetical order; `above` is added to every row."""
        return tuple(
            Trouble(
                kind=kind,
                count=count,
                spots=tuple(
                    _spot(_moved(place, above), names) for place in self.places(kind)[:MOST_SPOTS]
                ),
                detail=self.details.get(kind, ""),
            )
            for kind, count in sorted(self.counts.items())
            if count
        )


def _moved(place: Place, above: int) -> Place:
    row, column, saw, wants = place
    return (row + above if row else 0, column, saw, wants)


def _spot(place: Place, names: tuple[str, ...]) -> Spot:
    row, column, saw, wants = place
    name = names[column - 1] if 0 < column <= len(names) else ""
    return Spot(row=row, column=column, name=name, saw=saw, wants=wants)


class Tally(Struct):
    """Figures of one column. Numbers are exact: a sum does not depend on the order of rows."""

    profile: Profile
    kinds: Counter[str] = field(default_factory=Counter)
    styles: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    values: Counter[str] | None = field(default_factory=Counter)  # None: there are too many
    distinct: int | None = None  # where it was counted otherwise
    total: Decimal = Decimal(0)
    twin: int = 0  # the same for columns whose cells are equal, row by row, and no others
    least: Decimal | str | None = None
    greatest: Decimal | str | None = None
    watch: Watch = field(default_factory=lambda: Watch(""))  # for personal data
    order: Order = field(default_factory=Order)

    def __post_init__(self) -> None:
        self.order.direction = self.profile.order
        if not self.watch.number:  # one that comes from another process has its own
            self.watch = Watch(self.profile.name, self.profile.number)

    def add(self, text: str, value: Value, count: int) -> None:
        """Count `count` cells that say `value`."""
        value = seen_as(value, self.profile.kind)
        self.kinds[value.kind] += count
        if value.kind in ("blank", "missing"):
            return
        if self.values is not None:
            self.values[text] += count
            if len(self.values) > MOST_DISTINCT:
                self.values = None
        if self.profile.kind in NUMBERS and value.kind in NUMBERS:
            number = Decimal(value.plain)
            self.total += number if count == 1 else number * count
            self.stretch(number, number)
            if value.unit:
                self.units[value.unit] += count
        elif self.profile.kind in DAYS and value.kind in DAYS:
            self.stretch(value.plain, value.plain)
        if value.style and _is_like(value.kind, self.profile.kind):
            self.styles[value.style] += count

    def add_all(self, counted: Counted) -> None:
        """Count the cells of a whole column: what `add` does, for all of them at once."""
        kind = self.profile.kind
        counted = counted.seen_as(kind)
        self.kinds.update(counted.kinds)
        said = counted.saying()
        self._add_texts(said)
        if kind in NUMBERS:
            self._add_numbers(said.of(NUMBERS))
        elif kind in DAYS:
            days = said.of(DAYS)
            if plains := list(map(PLAIN, days.values.values())):
                self.stretch(min(plains), max(plains))
            self._add_styles(days)

    def _add_texts(self, said: Counted) -> None:
        texts: Counter[str] = Counter()
        if said.are_texts:
            texts.update(said.times)  # type: ignore[arg-type]  # which are texts
        else:
            for cell, value in said.values.items():
                texts[cell if type(cell) is str else value.plain] += said.times[cell]
        self.values = texts if len(texts) <= MOST_DISTINCT else None

    def _add_numbers(self, said: Counted) -> None:
        numbers = list(map(Decimal, map(PLAIN, said.values.values())))
        if not numbers:
            return
        times = said.times.values()
        self.total += sum(numbers) if said.are_distinct else sum(map(mul, numbers, times))
        self.stretch(min(numbers), max(numbers))
        for (_, _, unit, _), count in said.forms.items():
            if unit:
                self.units[unit] += count
        self._add_styles(said)

    def _add_styles(self, said: Counted) -> None:
        for (_, style, *_), count in said.forms.items():
            self.styles[style] += count

    def merge(self, other: "Tally") -> None:
        """Add the figures of a further part of the column."""
        self.kinds.update(other.kinds)
        self.styles.update(other.styles)
        self.units.update(other.units)
        self.total += other.total
        if other.least is not None and other.greatest is not None:
            self.stretch(other.least, other.greatest)
        if self.values is not None and other.values is not None:
            self.values.update(other.values)
        if other.values is None or (self.values and len(self.values) > MOST_DISTINCT):
            self.values = None

    def stretch(self, least: Decimal | str, greatest: Decimal | str) -> None:
        """Widen the range."""
        if self.least is None or least < self.least:  # type: ignore[operator]
            self.least = least
        if self.greatest is None or greatest > self.greatest:  # type: ignore[operator]
            self.greatest = greatest

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.kinds.total() - self.kinds["blank"] - self.kinds["missing"]

    def column(self, rows: int) -> Column:
        """Return the column as reports tell it; `rows` is how many it has."""
        blank = self.kinds["blank"] + self.kinds["missing"]
        filled = self.filled
        numbers = self.kinds["whole"] + self.kinds["decimal"]
        distinct = self._distinct()
        order, breaks, break_row = self.order.said
        return Column(
            name=self.profile.name,
            number=self.profile.number,
            kind=self.kind(),
            filled=filled,
            blank=blank,
            distinct=distinct,
            least=_written(self.least),
            greatest=_written(self.greatest),
            mean=_rounded(self.total / numbers) if self._is_number() and numbers else None,
            top=self._top(),
            shape=_first(self.styles),
            unit=unit_in(self.profile.name) or self._unit(filled),
            is_key=bool(filled) and filled == rows and distinct == filled,
            order=order,
            breaks=breaks,
            break_row=break_row,
        )

    def kind(self) -> str:
        """Return the column's kind now that all of it was seen."""
        kind = self.profile.kind
        if kind == "whole" and self.kinds["decimal"]:
            return "decimal"
        if kind == "date" and self.kinds["moment"]:
            return "moment"
        return kind

    def _is_number(self) -> bool:
        return self.profile.kind in NUMBERS

    def _distinct(self) -> int | None:
        return self.distinct if self.values is None else len(self.values)

    def _top(self) -> tuple[tuple[str, int], ...]:
        if not self.values or max(self.values.values()) == 1:
            return ()
        often = sorted(self.values.items(), key=lambda one: (-one[1], one[0]))[:TOP]
        return tuple((shorten(text), count) for text, count in often)

    def _unit(self, filled: int) -> str:
        unit = _first(self.units)
        return unit if unit and self.units[unit] >= 0.9 * filled else ""


def _is_like(kind: str, other: str) -> bool:
    return (kind in NUMBERS and other in NUMBERS) or (kind in DAYS and other in DAYS)


def _first(counted: Counter[str]) -> str:
    return min(counted, key=lambda one: (-counted[one], one), default="")


def _written(end: Decimal | str | None) -> str:
    if isinstance(end, Decimal):
        return format(end.normalize() if end else Decimal(0), "f")
    return end or ""


def _rounded(number: Decimal) -> Decimal:
    if number.adjusted() >= MOST_DIGITS:  # there are no decimals to round
        return number
    return Decimal(_written(round(number, 6)))
