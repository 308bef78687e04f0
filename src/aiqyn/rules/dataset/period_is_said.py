"""The period the data speak of is said."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not (passport.dataset.since or passport.dataset.until):
        yield Place(where="period", note="missing")
