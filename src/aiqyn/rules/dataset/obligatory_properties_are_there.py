"""What DCAT-AP obliges every set and distribution to say is said."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport) -> Iterator[Place]:
    if not passport.dataset.title:
        yield Place(where="title", note="missing")
    if not passport.dataset.description:
        yield Place(where="description", note="missing")
    for where, _ in passport.numbered(lambda each: each.access):
        yield Place(where=f"{where}, access", note="missing")
