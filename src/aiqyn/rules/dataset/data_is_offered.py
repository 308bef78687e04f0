"""There is at least one way to get the data."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.distributions:
        yield Place(where="distributions", note="missing")
