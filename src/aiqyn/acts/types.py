"""The types of acts, as data."""

import re
from functools import cache

from msgspec import Struct

from aiqyn.catalogue import ROOT, read
from aiqyn.text import Text


class Type(Struct, frozen=True, forbid_unknown_fields=True):
    """One type of acts; patterns are of lower-case text."""

    code: str
    title: Text
    lines: tuple[str, ...]
    formulas: tuple[str, ...] = ()


class Types(Struct, frozen=True, forbid_unknown_fields=True):
    """All of `types.yaml`."""

    source: str
    verified: bool
    types: tuple[Type, ...]


@cache
def types() -> Types:
    """Return the types in their order; raises CatalogueError for a bad file of ours."""
    return read(ROOT / "acts" / "types.yaml", Types)


def type_of_line(line: str) -> str:
    """Return the code of the type a line over or under a title names; "" for none."""
    told = line.casefold()
    found = [
        (match.end() - match.start(), each.code)
        for each, pattern in _lines()
        if (match := pattern.search(told))
    ]
    return max(found, key=lambda one: one[0], default=(0, ""))[1]


def type_of_words(preamble: str) -> str:
    """Return the code of the type whose formula a preamble ends with; "" for none."""
    told = preamble.casefold()
    return next((each.code for each, pattern in _formulas() if pattern.search(told)), "")


@cache
def _lines() -> tuple[tuple[Type, re.Pattern[str]], ...]:
    return tuple((each, _any_of(each.lines)) for each in types().types)


@cache
def _formulas() -> tuple[tuple[Type, re.Pattern[str]], ...]:
    return tuple((each, _any_of(each.formulas)) for each in types().types if each.formulas)


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(pattern.replace(" ", r"\s+") for pattern in patterns)
    return re.compile(rf"\b(?:{joined})\b")
