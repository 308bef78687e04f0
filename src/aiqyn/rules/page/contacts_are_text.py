"""Contacts are text that can be copied and read aloud, not a picture."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.facts import EMAIL, TELEPHONE
from aiqyn.subjects.hrefs import CALL
from aiqyn.subjects.page import Page, shorten

SMALL = 48  # pixels of a pictogram
_OF_CONTACTS = re.compile(
    r"contact|kontakt|bailanys|baylanys|phone|telefon|e-?mail|телефон|байланыс|контакт",
    re.IGNORECASE,
)
# A pictogram beside the number is no place for the number itself.
_PICTOGRAM = re.compile(r"icon|иконк|белгіше|logo|\.svg|sprite|banner", re.IGNORECASE)
_DIGITS = re.compile(r"(?:\d[\s()–-]*){3,}")


def check(page: Page) -> Iterator[Place]:
    is_named = any(_names_contacts(given) for _, given in page.images)
    pictures = [
        (image, given)
        for image, given in (page.whole.images if is_named else ())
        if _names_contacts(given) and _may_hold_contacts(image, given)
    ]
    if not pictures and not page.kinds_of_links & CALL:
        raise Inapplicable
    for image, given in pictures:
        if not _gives_contacts(given.get("alt") or ""):
            source = shorten(given.get("src") or "")
            yield Place(where=page.path_of(image), saw=source, note="picture")


def _names_contacts(given: Mapping[str, str | None]) -> bool:
    return _is_of_contacts(given.get("src"), given.get("alt"))


@lru_cache(10_000)  # the same pictures stand on page after page
def _is_of_contacts(source: str | None, alt: str | None) -> bool:
    return _OF_CONTACTS.search(f"{source} {alt}") is not None


def _gives_contacts(text: str) -> bool:
    return any(pattern.search(text.lower()) for pattern in (_DIGITS, TELEPHONE, EMAIL))


def _may_hold_contacts(image: LexborNode, given: Mapping[str, str | None]) -> bool:
    if _PICTOGRAM.search(f"{given.get('src')} {given.get('class')}"):
        return False
    small = [(given.get(side) or "").removesuffix("px") for side in ("width", "height")]
    if any(side.isdigit() and int(side) <= SMALL for side in small):
        return False
    return not _gives_contacts(image.parent.text() if image.parent else "")
