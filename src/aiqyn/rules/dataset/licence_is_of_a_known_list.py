"""The licence is one that people and programs know by name."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    licences = passport.licences()
    if not licences:
        raise Inapplicable
    for licence in licences:
        if not licence.code:
            yield Place(where="licence", saw=licence.said[:200], note="unknown")
