"""Terms of use are declared, of the set or of each distribution."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.licences():
        yield Place(where="licence", note="missing")
