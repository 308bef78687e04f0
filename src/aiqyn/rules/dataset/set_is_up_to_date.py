"""The set was changed as lately as its declared frequency promises."""

from collections.abc import Iterator
from datetime import timedelta

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.passport import Passport, day_of

LONGEST = {  # days between two versions
    "continuous": 1,
    "daily": 1,
    "weekly": 7,
    "monthly": 31,
    "quarterly": 92,
    "half_yearly": 184,
    "yearly": 366,
}


def check(passport: Passport, *, grace_days: int = 1) -> Iterator[Place]:
    days = LONGEST.get(passport.dataset.frequency)
    if days is None:
        raise Inapplicable
    changed = [passport.dataset.modified, *(each.modified for each in passport.distributions)]
    known = [day for day in map(day_of, changed) if day is not None]
    if not known:
        raise CannotTell("no_date")
    due = max(known) + timedelta(days=days)
    if passport.as_of > due + timedelta(days=grace_days):
        yield Place(where="modified", saw=str(max(known)), wants=str(due), note="late")
