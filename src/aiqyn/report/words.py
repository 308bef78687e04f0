"""The fixed words of reports."""

import re
from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.text import Text, say


@cache
def words() -> dict[str, Text]:
    return read(ROOT / "report" / "words.yaml", dict[str, Text])


def word(key: str, language: str) -> str:
    """Return one fixed word in `language`."""
    return say(words()[key], language)


PART = re.compile(r"(document|site|answer)|(page|row|line) (\d+)|(column) (.+)")


def said_place(where: str, language: str) -> str:
    """Say a stored place in `language`: "page 2", "row 3, column total", "document".

    Anything else, a path on a page or a code, stays as the rule wrote it.
    """
    parts = [PART.fullmatch(part) for part in where.split(", ", 1)]
    said = [_part(part, language) for part in parts if part]
    return ", ".join(said) if len(said) == len(parts) else where


def _part(part: re.Match[str], language: str) -> str:
    whole, numbered, number, column, name = part.groups()
    return word(f"place_{whole or numbered or column}", language).format(number or name)
