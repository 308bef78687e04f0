"""What rules about access for all need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Access(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def access_of(page: Page, links: Links) -> Access:
    """Return the facts of `page`."""
    return Access()
