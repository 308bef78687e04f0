"""Who opens the site without choosing anything reads it in the state language."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site


def check(site: Site, *, language: str = "kk") -> Iterator[Place]:
    first = site.first
    if first is None:
        raise CannotTell("not_read")
    if first.written is None:
        yield Place(where="body", address=first.address, evidence=first.sha256)
        raise CannotTell("little_text")
    if first.written != language:
        yield Place(
            where="body",
            saw=first.written,
            address=first.address,
            evidence=first.sha256,
            note="other_language",
        )
