"""The places the data speak of are said."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.dataset.places:
        yield Place(where="places", note="missing")
