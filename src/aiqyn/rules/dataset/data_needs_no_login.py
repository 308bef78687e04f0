"""Data can be got without a login and without a key."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.passport import KEPT_OUT, UNDECIDED, Passport, access_status


def check(passport: Passport) -> Iterator[Place]:
    if not passport.distributions:
        raise Inapplicable
    told = [(each, {each.status, access_status(each)}) for each in passport.distributions]
    if all(statuses <= UNDECIDED for _, statuses in told):
        raise CannotTell("not_asked")
    for each, statuses in told:
        if closed := sorted(statuses & KEPT_OUT):
            address = each.download or each.access
            yield Place(where="distribution", saw=closed[0], address=address, note="closed")
