"""Programmes and events that are over, and how banners call them in three languages."""

import re
from datetime import date
from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.text import Text

# One of them stands in every name of the file that is looked for on all pages.
MARKS = ("ipo", "2011", "2017", "2020")


class Programme(Noun, frozen=True, kw_only=True):
    """Something that was carried out and ended."""

    code: str
    title: Text
    ended: date  # its last day
    source: str  # the act or paper that says so
    names: tuple[str, ...]
    only_first_pages: bool = False  # elsewhere its banner is not looked for


class _File(Noun, frozen=True, kw_only=True):
    programmes: tuple[Programme, ...]


@cache
def programmes() -> dict[str, Programme]:
    """Return all known programmes by code, in the order of the file."""
    file = read(ROOT / "subjects" / "programmes.yaml", _File)
    return {programme.code: programme for programme in file.programmes}


def learn() -> None:
    """Read the names of all programmes now."""
    _pattern()


@cache
def _pattern() -> re.Pattern[str]:
    groups = (
        rf"(?P<{each.code}>{'|'.join(map(re.escape, each.names))})"
        for each in programmes().values()
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


@cache
def of_first_pages() -> frozenset[str]:
    """Codes of those that are looked for on first pages alone."""
    return frozenset(code for code, each in programmes().items() if each.only_first_pages)


_MARKS = re.compile(r"[\s_/.,:;+«»“”\"'()–—-]+")


def programmes_named(text: str) -> list[str]:
    """Return the codes of the programmes that `text` names, in its order; marks do not matter."""
    plain = _MARKS.sub(" ", text.lower())
    return [match.lastgroup or "" for match in _pattern().finditer(plain)]
