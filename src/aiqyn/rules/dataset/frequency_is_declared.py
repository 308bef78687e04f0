"""How often the set is renewed is declared."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.dataset.frequency not in ("", "unknown"):
        yield Place(where="frequency", note="missing")
