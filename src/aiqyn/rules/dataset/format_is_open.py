"""At least one distribution is in a format anyone may write a program for."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.formats import format_of
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place | Count]:
    if not passport.distributions:
        raise Inapplicable
    kinds = [format_of(each.format) for each in passport.distributions]
    good = sum(1 for kind in kinds if kind.is_open and kind.is_structured)
    yield Count(good=good, of=len(kinds))
    if not good:
        formats = ", ".join(each.format for each in passport.distributions)
        yield Place(where="distributions", saw=formats, note="none")
