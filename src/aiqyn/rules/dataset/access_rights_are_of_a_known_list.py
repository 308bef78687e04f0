"""The right of access is one of the EU's list."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport
from aiqyn.subjects.vocabulary import is_known_right


def check(passport: Passport) -> Iterator[Place]:
    rights = passport.dataset.rights
    if not rights:
        raise Inapplicable
    if not any(is_known_right(each) for each in rights.values()):
        yield Place(where="rights", saw=next(iter(rights.values()))[:200], note="unknown")
