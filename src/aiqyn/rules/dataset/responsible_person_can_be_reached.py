"""Somebody answers for the set, and can be written to or called."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    contact = passport.dataset.contact
    if not contact.name:
        yield Place(where="contact", note="nobody")
    if not (contact.email or contact.phone or contact.address):
        yield Place(where="contact", note="no_way")
