"""Days between two dates as an act counts them: all of them, or those people work."""

from datetime import date
from functools import cache

from aiqyn.calendar.days import Calendar


def days_between(before: date, after: date, *, in_working_days: bool) -> int:
    """Return the days after `before`, up to and with `after`; only those worked in Kazakhstan."""
    if in_working_days:
        return _calendar().worked_between(before, after)
    return (after - before).days


@cache
def _calendar() -> Calendar:
    return Calendar.load()
