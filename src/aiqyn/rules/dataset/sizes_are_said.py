"""Every distribution says how large it is."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place | Count]:
    if not passport.distributions:
        raise Inapplicable
    lacking = list(passport.numbered(lambda each: each.size is not None))
    of = len(passport.distributions)
    yield Count(good=of - len(lacking), of=of)
    for where, each in lacking:
        yield Place(where=where, saw=each.download or each.access, note="missing")
