"""What rules about plain words need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page

NEAR = 1  # clicks from the first page within which first pages of other languages lie
HEAD = 700  # characters of a page in which it says whose site it is
FOOT = 500


class Words(Struct, frozen=True, kw_only=True, gc=False):
    """Facts of one page."""

    edges: str = ""  # how its text begins and ends: header and footer; near


def words_of(page: Page, links: Links) -> Words:
    """Return the facts of `page`."""
    if page.evidence.depth > NEAR:
        return NOTHING
    return Words(edges=f"{page.text[:HEAD]} … {page.text[-FOOT:]}")


NOTHING = Words()
