"""Every distribution has an address of the file itself."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place | Count]:
    if not passport.distributions:
        raise Inapplicable
    lacking = list(passport.numbered(lambda each: each.download))
    of = len(passport.distributions)
    yield Count(good=of - len(lacking), of=of)
    for where, each in lacking:
        yield Place(where=where, saw=each.access, note="missing")
