"""The licence lets anybody use the data for any purpose."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    licences = passport.licences()
    if not licences:
        yield Place(where="licence", note="none")
    closed = [licence for licence in licences if licence.is_open is False]
    if not closed and any(licence.is_open is None for licence in licences):
        raise CannotTell("unclear")
    for licence in closed:
        yield Place(where="licence", saw=licence.title or licence.said[:200], note="closed")
