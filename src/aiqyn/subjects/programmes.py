"""Programmes and events that are over, and how banners call them in three languages."""

import re
from datetime import date
from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.text import Text

MARKS = ("ipo", "2011", "2017", "2020")  # one of them stands in every name of the file


class Programme(Noun, frozen=True, kw_only=True):
    """Something that was carried out and ended."""

    code: str
    title: Text
    ended: date  # its last day
    source: str  # the act or paper that says so
    names: tuple[str, ...]


class _File(Noun, frozen=True, kw_only=True):
    programmes: tuple[Programme, ...]


@cache
def programmes() -> dict[str, Programme]:
    """Return all known programmes by code, in the order of the file."""
    file = read(ROOT / "subjects" / "programmes.yaml", _File)
    return {programme.code: programme for programme in file.programmes}


@cache
def _pattern() -> re.Pattern[str]:
    groups = (
        rf"(?P<{each.code}>{'|'.join(map(re.escape, each.names))})"
        for each in programmes().values()
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


_MARKS = re.compile(r"[\s_/.,:;+«»“”\"'()–—-]+")


def programmes_named(text: str) -> list[str]:
    """Return the codes of the programmes that `text` names, in its order; marks do not matter."""
    plain = _MARKS.sub(" ", text.lower())
    return [match.lastgroup or "" for match in _pattern().finditer(plain)]
