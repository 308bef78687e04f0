"""The body that publishes is named."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not (passport.dataset.publisher.name or passport.dataset.publisher.id):
        yield Place(where="publisher", note="missing")
