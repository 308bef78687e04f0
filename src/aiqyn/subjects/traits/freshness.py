"""What rules about how fresh a site is need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Freshness(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def freshness_of(page: Page, links: Links) -> Freshness:
    """Return the facts of `page`."""
    return Freshness()
