"""Whether a word of a passport comes from a list that others use too."""

from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.subjects.formats import formats


@cache
def _lists() -> dict[str, list[str]]:
    return read(ROOT / "subjects" / "vocabularies.yaml", dict[str, list[str]])


def is_known_theme(said: str) -> bool:
    """Whether it is a data theme of the EU: a code, or an address that ends in one."""
    return _code(said) in _lists()["themes"]


def is_known_right(said: str) -> bool:
    """Whether it is a right of access of the EU's table."""
    return _code(said) in _lists()["rights"]


def is_known_format(said: str) -> bool:
    """Whether it is a kind of file we know by name."""
    return said != "unknown" and said in formats()


def _code(said: str) -> str:
    return said.rstrip("/").rpartition("/")[2].strip().upper().replace("-", "_")
