"""There are keywords."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not any(passport.dataset.keywords.values()):
        yield Place(where="keywords", note="missing")
