"""The vocabulary of troubles: what each kind is called, what is wrong, what repairs it."""

from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.text import Text

HOLDING = ("personal_", "small_group")  # what kinds that hold a publication begin with


class Kind(Noun, frozen=True, kw_only=True):
    """One kind of trouble in the languages of Aiqyn."""

    at: str  # what a spot of it points at: "file", "row", "column", "cell"
    title: Text
    wrong: Text  # one sentence: what is wrong
    repair: Text  # one sentence: what the owner of the file does about it
    mended: bool = False  # `--fix` repairs it by itself


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind of trouble by its code; raises CatalogueError for a bad file of ours."""
    return read(ROOT / "subjects" / "datafile" / "kinds.yaml", dict[str, Kind])
