"""What one page told the site, a family of rules each: a file per family, all joined here.

To teach site rules something new about pages, add a field to the family's struct
and fill it in its function; keep it small, for it is kept of every page.
"""

from collections.abc import Set

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.access import Access, access_of
from aiqyn.subjects.traits.asked import EVERY
from aiqyn.subjects.traits.bare import Bare, bare_of
from aiqyn.subjects.traits.contacts import Contacts, contacts_of
from aiqyn.subjects.traits.content import Content, content_of
from aiqyn.subjects.traits.freshness import Freshness, freshness_of
from aiqyn.subjects.traits.health import Health, health_of
from aiqyn.subjects.traits.languages import Languages, languages_of
from aiqyn.subjects.traits.resources import Resources, resources_of
from aiqyn.subjects.traits.wayfinding import Wayfinding, wayfinding_of
from aiqyn.subjects.traits.words import Words, words_of


class Traits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts of one page, by family."""

    languages: Languages = Languages()
    freshness: Freshness = Freshness()
    content: Content = Content()
    wayfinding: Wayfinding = Wayfinding()
    contacts: Contacts = Contacts()
    health: Health = Health()
    words: Words = Words()
    access: Access = Access()
    bare: Bare = Bare()
    resources: Resources = Resources()


def traits_of(page: Page, links: Links, asked: Set[str] = EVERY) -> Traits:
    """Return the facts all families keep of `page`; of the dear ones those `asked`."""
    return Traits(
        languages=languages_of(page, links, asked),
        freshness=freshness_of(page, links),
        content=content_of(page, links),
        wayfinding=wayfinding_of(page, links, asked),
        contacts=contacts_of(page, links),
        health=health_of(page, links, asked),
        words=words_of(page, links),
        access=access_of(page, links),
        bare=bare_of(page, links),
        resources=resources_of(page, links),
    )
