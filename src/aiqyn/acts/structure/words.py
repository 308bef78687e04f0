"""The words of `words.yaml`, as patterns."""

import re
from functools import cache

from msgspec import Struct

from aiqyn.acts.model import Kind
from aiqyn.catalogue import ROOT, read

Both = dict[str, list[str]]


class UnitWords(Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of unit is called in each language."""

    kind: Kind
    kk: list[str]
    ru: list[str]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """All of `words.yaml`."""

    units: list[UnitWords]
    parts: list[str]
    ordinals: Both
    appendices: dict[str, str]
    approved: Both
    owners: Both
    notes: Both
    drafts: list[str]
    forms: list[str]
    registered: list[str]
    offices: Both
    agreed: list[str]
    bodies: Both
    places: str


@cache
def words() -> Words:
    """Return the words; raises CatalogueError for a bad file of ours."""
    return read(ROOT / "acts" / "words.yaml", Words)


def any_of(*lists: list[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    every = sorted({each for one in lists for each in one}, key=lambda each: (-len(each), each))
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in every)


def unspaced(text: str) -> str:
    """Return «П Р И К А З» as «ПРИКАЗ»; any other text as it is."""
    letters = text.split()
    return "".join(letters) if len(letters) > 2 and all(len(one) == 1 for one in letters) else text
