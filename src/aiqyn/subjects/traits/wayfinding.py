"""What rules about finding one's way need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Wayfinding(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def wayfinding_of(page: Page, links: Links) -> Wayfinding:
    """Return the facts of `page`."""
    return Wayfinding()
