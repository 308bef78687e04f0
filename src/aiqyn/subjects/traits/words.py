"""What rules about plain words need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Words(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def words_of(page: Page, links: Links) -> Words:
    """Return the facts of `page`."""
    return Words()
