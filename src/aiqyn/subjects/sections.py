"""Sections every official site has, and the names people give them in three languages."""

import re
from functools import cache, lru_cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.text import Text

LONGEST_NAME = 90  # characters; a heading longer than this names an article, not a section


class Section(Noun, frozen=True, kw_only=True):
    """`names` are whole headings; a word ending in * stands for all its endings."""

    code: str
    title: Text
    source: str  # the clause or paper that asks for it
    names: tuple[str, ...]


class _File(Noun, frozen=True, kw_only=True):
    sections: tuple[Section, ...]


@cache
def sections() -> dict[str, Section]:
    """Return all known sections by code, in the order of the file."""
    file = read(ROOT / "subjects" / "sections.yaml", _File)
    return {section.code: section for section in file.sections}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((each.code, _pattern(each.names)) for each in sections().values())


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name.lower()).replace(r"\*", r"\w*") for name in names))


_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_COUNTER = re.compile(r"\s*\(\d+\)$")


@lru_cache(100_000)
def sections_named(heading: str) -> frozenset[str]:
    """Return the codes of the sections that `heading` names as a whole: mostly none or one."""
    if len(heading) > LONGEST_NAME:
        return frozenset()
    name = _EDGES.sub("", _COUNTER.sub("", heading.lower()))
    name = re.sub(r"[\s\u00a0]+", " ", name)
    return frozenset(code for code, pattern in _patterns() if pattern.fullmatch(name))
