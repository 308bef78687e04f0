"""When a set has to be renewed."""

from calendar import monthrange
from datetime import date, timedelta

DAYS = {"continuous": 1, "daily": 1, "weekly": 7}
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def next_due(frequency: str, released_on: date) -> date | None:
    """The last day for the next version; None where the frequency names no term."""
    if frequency in DAYS:
        return released_on + timedelta(days=DAYS[frequency])
    if frequency in MONTHS:
        return _months_later(released_on, MONTHS[frequency])
    return None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
