"""The acts, standards and works that clauses name in short."""

from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.text import Text


class Work(Noun, frozen=True, kw_only=True):
    """One of them, told in full."""

    named: tuple[str, ...]  # in English clauses
    title: Text
    address: Text = Text({})  # where it can be read, by language; empty when not known
    note: Text = Text({})  # what we do not know of it


@cache
def works() -> dict[str, Work]:
    """All of them by key, in the order pages show them."""
    return read(ROOT / "regulations" / "works.yaml", dict[str, Work])


def works_named_in(clause: Text) -> list[str]:
    """The keys of the works a clause names; none where the demand is Aiqyn's own."""
    words = clause["en"]
    return [key for key, work in works().items() if any(name in words for name in work.named)]
