"""Categories and licences a passport may name: codes, words in three languages, addresses."""

from functools import cache
from pathlib import Path

from aiqyn.catalogue import read
from aiqyn.chain import Noun
from aiqyn.text import Text

HERE = Path(__file__).parent


class Category(Noun, frozen=True, kw_only=True):
    """What a set is about."""

    title: Text
    theme: str  # code of the EU's data-theme authority table: "ECON"


class Licence(Noun, frozen=True, kw_only=True):
    """On what terms data may be used."""

    title: Text
    address: str  # of its text
    is_open: bool  # by the Open Definition


@cache
def categories() -> dict[str, Category]:
    """All categories by code, in the order of a form."""
    return read(HERE / "categories.yaml", dict[str, Category])


@cache
def licences() -> dict[str, Licence]:
    """All licences by code, in the order of a form."""
    return read(HERE / "licences.yaml", dict[str, Licence])
