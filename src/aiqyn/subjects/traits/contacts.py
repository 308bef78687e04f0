"""What rules about contacts and feedback need to know of every page."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page


class Contacts(Struct, frozen=True, kw_only=True):
    """Facts of one page."""


def contacts_of(page: Page, links: Links) -> Contacts:
    """Return the facts of `page`."""
    return Contacts()
