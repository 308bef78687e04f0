"""Who may get the data is said."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.dataset.rights:
        yield Place(where="rights", note="missing")
