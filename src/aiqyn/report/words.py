"""The fixed words of reports."""

from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.text import Text, say


@cache
def words() -> dict[str, Text]:
    return read(ROOT / "report" / "words.yaml", dict[str, Text])


def word(key: str, language: str) -> str:
    """Return one fixed word in `language`."""
    return say(words()[key], language)
