"""Counting days and months on, while the clock may stand."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from aiqyn.calendar.days import DAY, Calendar
from aiqyn.calendar.term import Suspension, Unit
from aiqyn.errors import InputError

A_WEEK = 7  # days
IN_MONTHS = {"months": 1, "years": 12}


class Clock:
    """Where a term stands after each piece added to it.

    Pieces in months are added up before they are applied: 31 January and one month and
    one month is 31 March, not the 28th.
    """

    def __init__(self, calendar: Calendar, begin: date, suspensions: Sequence[Suspension]) -> None:
        self.calendar = calendar
        self.suspensions = tuple(suspensions)
        self.last: date | None = begin
        self.left: int | None = None  # units not counted when the clock came to stand
        self._anchor = begin  # where the run of months being added up began
        self._months = 0

    def add(self, count: int, unit: Unit) -> date | None:
        """Count on; returns the last day, None once the clock stands without an end."""
        if self.last is None:
            self.left = None  # pieces of several units do not add up to one number
            return None
        try:
            self.last = self._added(self.last, count, unit)
        except OverflowError:
            raise InputError("term", "", "it would end after the year 9999") from None
        return self.last

    def _added(self, after: date, count: int, unit: Unit) -> date | None:
        if unit in IN_MONTHS:
            self._months += count * IN_MONTHS[unit]
            return self._pushed(self._anchor, months_later(self._anchor, self._months))
        days = count * A_WEEK if unit == "weeks" else count
        last = self._walked(after, days, only_worked=unit == "working")
        self._months, self._anchor = 0, last or after
        return last

    def _walked(self, day: date, days: int, *, only_worked: bool) -> date | None:
        while days:
            day += DAY
            if self._stands_for_good(day):
                self.left = days
                return None
            if not self._is_held(day) and (not only_worked or self.calendar.is_working(day)):
                days -= 1
        return day

    def _pushed(self, after: date, last: date) -> date | None:
        """`last` later by every day on which the clock stood since `after`."""
        if any(held.until is None and held.since <= last for held in self.suspensions):
            return None
        stood = sum(self._is_held(after + DAY * n) for n in range(1, (last - after).days + 1))
        return self._walked(last, stood, only_worked=False)

    def _is_held(self, day: date) -> bool:
        return any(held.holds(day) for held in self.suspensions)

    def _stands_for_good(self, day: date) -> bool:
        return any(held.until is None and held.since <= day for held in self.suspensions)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
