"""There is a theme."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.dataset.themes:
        yield Place(where="themes", note="missing")
