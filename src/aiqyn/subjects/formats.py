"""Which kinds of files a program can read, and which anyone may write a program for."""

from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun


class Format(Noun, frozen=True, kw_only=True):
    """One kind of file, as `DataFile.format` names it."""

    title: str  # as people write it
    is_structured: bool
    is_open: bool
    source: str = ""  # of the two answers, where they are not those of formats.yaml


@cache
def formats() -> dict[str, Format]:
    """Return all kinds of files by key."""
    return read(ROOT / "subjects" / "formats.yaml", dict[str, Format])


def format_of(key: str) -> Format:
    """Return the kind of file; a key nobody knows is "unknown"."""
    return formats().get(key, formats()["unknown"])
