"""Addresses of files answer."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.passport import UNDECIDED, Passport, answers


def check(passport: Passport) -> Iterator[Place | Count]:
    if not passport.distributions:
        raise Inapplicable
    asked = [each for each in passport.distributions if each.download]
    if not asked:
        yield Count(good=0, of=len(passport.distributions))
        yield Place(where="download", note="no_address")
        return
    told = [(each, each.status) for each in asked]
    known = [(each, status) for each, status in told if status not in UNDECIDED]
    if not known:
        raise CannotTell("not_asked")
    yield Count(good=sum(answers(status) for _, status in known), of=len(known))
    for each, status in known:
        if not answers(status):
            yield Place(where="download", saw=status, address=each.download, note="silent")
