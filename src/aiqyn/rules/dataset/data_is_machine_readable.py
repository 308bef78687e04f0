"""At least one distribution can be read by a program."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.formats import format_of
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place | Count]:
    if not passport.distributions:
        raise Inapplicable
    good = sum(1 for each in passport.distributions if format_of(each.format).is_structured)
    yield Count(good=good, of=len(passport.distributions))
    if not good:
        formats = ", ".join(each.format for each in passport.distributions)
        yield Place(where="distributions", saw=formats, note="none")
