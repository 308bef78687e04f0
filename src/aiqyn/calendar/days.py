"""Which days are worked in Kazakhstan, and why a day is not."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, Self

import msgspec

from aiqyn.calendar import reading
from aiqyn.calendar.reading import Moved, Named, Ordinary, Source
from aiqyn.text import Text

DAY = timedelta(days=1)
Week = Literal[5, 6]
Entered = Named | Moved | Ordinary
CARRY = "holidays_law_5"  # the source of the rule that a holiday on a day off moves on


class Kind(StrEnum):
    """Why a day is not what its weekday would make it."""

    HOLIDAY = "holiday"
    RELIGIOUS = "religious"  # a day off by law, but it does not move on
    CARRIED = "carried"  # free, because a holiday fell on a day off
    REST = "rest"  # free by an order that moved a day off here
    WORK = "work"  # worked by such an order
    ORDINARY = "ordinary"  # no holiday after all: what its weekday makes it


class Day(msgspec.Struct, frozen=True):
    """One day of the calendar that differs from its weekday, and by what source.

    `instead_of`: the holiday carried here, or the other day of a moved pair.
    """

    on: date
    kind: Kind
    name: Text
    source: Source
    verified: bool
    instead_of: date | None = None


class Calendar:
    """Working days of a week of five or six days.

    `entered` are days somebody added (an order published since our files were written);
    a day entered for a date replaces what the file says of that date.
    """

    def __init__(self, *, week: Week = 5, entered: Iterable[Entered] = ()) -> None:
        self.week = week
        self._entered = tuple(entered)
        self._years: dict[int, dict[date, Day]] = {}

    @classmethod
    def load(cls, *, week: Week = 5, entered: Iterable[Entered] = ()) -> Self:
        """The calendar of our files, with the days `entered` by hand."""
        return cls(week=week, entered=entered)

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked; True for a Saturday worked by an order."""
        special = self.why(day)
        if special is None or special.kind is Kind.ORDINARY:
            return not self.is_weekend(day)
        return special.kind is Kind.WORK

    def is_weekend(self, day: date) -> bool:
        """Whether the weekday alone makes `day` free."""
        return day.weekday() >= self.week

    def why(self, day: date) -> Day | None:
        """What makes `day` differ from its weekday; None for an ordinary day."""
        return self.year(day.year).get(day)

    def year(self, number: int) -> dict[date, Day]:
        """The days of the year `number` that differ from their weekdays, in order."""
        if number not in self._years:
            self._years[number] = self._reckoned(number)
        return self._years[number]

    def moves_known(self, number: int) -> bool:
        """Whether the orders moving days of that year are in our files."""
        known = reading.year_known(number)
        return known is not None and known.moves_known

    def next_working(self, day: date) -> date:
        """`day` itself when it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def previous_working(self, day: date) -> date:
        """`day` itself when it is worked, else the last worked day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def worked_between(self, after: date, until: date) -> int:
        """Working days after `after`, up to and with `until`; negative when it lies before."""
        if until < after:
            return -self.worked_between(until, after)
        days = (after + DAY * n for n in range(1, (until - after).days + 1))
        return sum(self.is_working(day) for day in days)

    def worked_days_later(self, day: date, count: int) -> date:
        """The working day `count` worked days after `day`; before it for a negative count."""
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def _reckoned(self, number: int) -> dict[date, Day]:
        days = self._named(number - 1) if number > date.min.year else {}
        days |= self._named(number)
        days |= {day.on: day for day in self._carried(days)}
        for pair in self._moved(number):
            days |= self._pair(pair, days)
        return {on: days[on] for on in sorted(days) if on.year == number}

    def _named(self, number: int) -> dict[date, Day]:
        """Holidays and religious days off: from the file, else by the law's own dates."""
        known = reading.year_known(number)
        rows: list[Named | Ordinary] = [*(known.days if known else _by_law(number))]
        rows += known.ordinary if known else []
        rows += (row for row in self._entered if not isinstance(row, Moved))
        return {row.day: _as_day(row) for row in rows if row.day.year == number}

    def _carried(self, days: dict[date, Day]) -> Iterator[Day]:
        """A free working day for every holiday on a day off (the rule of the law on holidays)."""
        taken = {on for on, day in days.items() if day.kind is not Kind.ORDINARY}
        for on in sorted(days):
            if days[on].kind is not Kind.HOLIDAY or not self.is_weekend(on):
                continue
            free = on
            while free in taken or self.is_weekend(free):
                free += DAY
            taken.add(free)
            source = reading.source_of(CARRY)
            yield Day(free, Kind.CARRIED, days[on].name, source, days[on].verified, on)

    def _moved(self, number: int) -> Iterator[Moved]:
        """Orders that touch `number`; one of January may move a day of December."""
        for year in (number - 1, number, number + 1):
            known = reading.year_known(year) if date.min.year <= year else None
            yield from known.moved if known else ()
        yield from (row for row in self._entered if isinstance(row, Moved))

    def _pair(self, pair: Moved, days: dict[date, Day]) -> dict[date, Day]:
        """Both days of an order; nothing where the week works on the day it takes rest from."""
        source = reading.source_of(pair.source)
        name = Text({})
        rest = Day(pair.rest, Kind.REST, name, source, pair.verified, pair.work)
        if pair.work is None:
            return {pair.rest: rest}
        if not (pair.work in days or self.is_weekend(pair.work)):
            return {}
        work = Day(pair.work, Kind.WORK, name, source, pair.verified, pair.rest)
        return {pair.rest: rest, pair.work: work}


def _by_law(number: int) -> Iterator[Named]:
    """The holidays of a year that has no file."""
    for code, holiday in reading.holidays().items():
        on = holiday.in_year(number)
        if on is not None:
            yield Named(day=on, code=code, verified=holiday.verified, source=holiday.source)


def _as_day(row: Named | Ordinary) -> Day:
    source = reading.source_of(row.source)
    if isinstance(row, Ordinary):
        return Day(row.day, Kind.ORDINARY, Text({}), source, row.verified)
    if row.name is not None:
        kind = Kind.HOLIDAY if row.carries else Kind.RELIGIOUS
        return Day(row.day, kind, row.name, source, row.verified)
    holiday = reading.holidays()[row.code]
    kind = Kind.HOLIDAY if holiday.carries else Kind.RELIGIOUS
    return Day(row.day, kind, holiday.name, source, row.verified)
