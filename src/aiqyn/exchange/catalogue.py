"""The catalogue that speaks, and how its addresses are made."""

from aiqyn.chain import Noun
from aiqyn.subjects.dataset import Publisher, Said


class Catalogue(Noun, frozen=True, kw_only=True):
    """A list of data sets somebody offers."""

    address: str  # of its first page, absolute
    title: Said
    description: Said
    publisher: Publisher = Publisher()
    licence: str = ""  # of the descriptions, not of the data
    issued: str = ""  # ISO 8601
    modified: str = ""
    language: tuple[str, ...] = ("kk", "ru", "en")


class Page(Noun, frozen=True, kw_only=True):
    """Which part of the list is written, with the addresses of its neighbours."""

    address: str
    first: str
    last: str
    next: str = ""
    previous: str = ""
    total: int = 0  # sets in the whole catalogue
    per_page: int = 0
