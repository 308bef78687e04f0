"""What rules about the languages of a site need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Languages(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def languages_of(page: Page, links: Links) -> Languages:
    """Return the facts of `page`."""
    return Languages()
