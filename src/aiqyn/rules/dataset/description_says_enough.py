"""The description is longer than a repetition of the title."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.passport import Passport


def check(passport: Passport, *, at_least: int = 100) -> Iterator[Place]:
    texts = [text.strip() for text in passport.dataset.description.values()]
    longest = max(texts, key=len, default="")
    if not longest:
        yield Place(where="description", note="none")
    elif longest in passport.dataset.title.values():
        yield Place(where="description", saw=longest[:200], note="title")
    elif len(longest) <= at_least:
        yield Place(where="description", saw=longest[:200], note="short")
