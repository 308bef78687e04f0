"""The title is written in every language the edition asks for."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.passport import Passport, spoken


def check(passport: Passport, *, languages: tuple[str, ...] = ("kk", "ru")) -> Iterator[Place]:
    texts = spoken(passport.dataset.title)
    if "" in texts:
        raise CannotTell("no_language")
    for language in languages:
        if language not in texts:
            yield Place(where="title", saw=language, note="missing")
