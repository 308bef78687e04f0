"""At least one file is described or explained."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.distributions:
        raise Inapplicable
    if not any(each.description for each in passport.distributions):
        yield Place(where="distributions", note="missing")
