"""No file is larger than the portal of open data takes."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.passport import Passport


def check(passport: Passport, *, most_bytes: int = 10_000_000) -> Iterator[Place]:
    if not passport.distributions:
        raise Inapplicable
    sizes = [each.file.size if each.file else each.size for each in passport.distributions]
    if all(size is None for size in sizes):
        raise CannotTell("no_size")
    for number, size in enumerate(sizes, 1):
        if size is not None and size > most_bytes:
            yield Place(where=f"distribution {number}", saw=str(size), note="large")
