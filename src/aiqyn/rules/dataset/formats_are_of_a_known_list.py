"""Every format is written as a list that others use has it."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport
from aiqyn.subjects.vocabulary import is_known_format


def check(passport: Passport) -> Iterator[Place | Count]:
    if not passport.distributions:
        raise Inapplicable
    lacking = list(passport.numbered(lambda each: is_known_format(each.format)))
    of = len(passport.distributions)
    yield Count(good=of - len(lacking), of=of)
    for where, each in lacking:
        yield Place(where=where, saw=each.format, note="unknown")
