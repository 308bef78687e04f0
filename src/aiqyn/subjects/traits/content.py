"""What rules about mandatory content need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Content(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def content_of(page: Page, links: Links) -> Content:
    """Return the facts of `page`."""
    return Content()
