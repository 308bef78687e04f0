"""What rules about technical health need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Health(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def health_of(page: Page, links: Links) -> Health:
    """Return the facts of `page`."""
    return Health()
