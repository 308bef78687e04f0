"""How a due date stands today: words, and a colour that repeats them."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from aiqyn.calendar import Calendar, local_date
from aiqyn_portal.deadlines.models import Deadline

SOON = 3  # working days


class Standing(NamedTuple):
    words: str
    colour: str  # of govuk-tag
    is_late: bool = False


def standing(deadline: Deadline, today: date, days: Calendar) -> Standing:
    """What to say of `deadline` on `today`; working days are those of `days`."""
    if deadline.state == Deadline.State.WITHDRAWN:
        return Standing(gettext("No longer needed"), "grey")
    if deadline.met_at is not None:
        return _done(deadline, local_date(deadline.met_at))
    if deadline.due_on is None:
        return Standing(gettext("The clock stands"), "purple")
    if today > deadline.due_on:
        late = max(1, days.worked_between(deadline.due_on, today))
        words = ngettext("Late by %(n)s working day", "Late by %(n)s working days", late)
        return Standing(words % {"n": late}, "red", is_late=True)
    return _running(days.worked_between(today, deadline.due_on), today == deadline.due_on)


def _done(deadline: Deadline, on: date) -> Standing:
    if deadline.due_on is not None and on > deadline.due_on:
        return Standing(gettext("Done late"), "orange", is_late=True)
    return Standing(gettext("Done in time"), "green")


def _running(left: int, is_today: bool) -> Standing:
    if is_today or left == 0:
        return Standing(gettext("Due today") if is_today else gettext("Due now"), "orange")
    words = ngettext("%(n)s working day left", "%(n)s working days left", left)
    return Standing(words % {"n": left}, "yellow" if left <= SOON else "blue")
