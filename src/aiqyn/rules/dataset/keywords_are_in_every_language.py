"""Keywords are given in every language the edition asks for."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.passport import Passport, spoken


def check(passport: Passport, *, languages: tuple[str, ...] = ("kk", "ru")) -> Iterator[Place]:
    words = {key: " ".join(given) for key, given in passport.dataset.keywords.items()}
    texts = spoken(words)
    if "" in texts:
        raise CannotTell("no_language")
    for language in languages:
        if language not in texts:
            yield Place(where="keywords", saw=language, note="missing")
