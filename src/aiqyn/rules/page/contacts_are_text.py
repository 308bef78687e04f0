"""Contacts are text that can be copied and read aloud, not a picture."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.facts import EMAIL, TELEPHONE
from aiqyn.subjects.page import Page, shorten

_PICTURES = (
    "img[src*=contact i], img[src*=kontakt i], img[src*=bailanys i], img[src*=baylanys i], "
    "img[src*=phone i], img[src*=telefon i], img[src*=email i], img[src*=e-mail i], "
    "img[alt*=телефон i], img[alt*=байланыс i], img[alt*=контакт i], img[alt*=contact i]"
)
_GIVEN = "a[href^='tel:'], a[href^='mailto:']"
# A pictogram beside the number is no place for the number itself.
_PICTOGRAM = re.compile(r"icon|иконк|белгіше|logo|\.svg|sprite|banner", re.IGNORECASE)
_DIGITS = re.compile(r"(?:\d[\s()–-]*){3,}")


def check(page: Page) -> Iterator[Place]:
    pictures = [image for image in page.select(_PICTURES) if _may_hold_contacts(image)]
    if not pictures and page.tree.css_first(_GIVEN) is None:
        raise Inapplicable
    for image in pictures:
        if not _gives_contacts(image.attributes.get("alt") or ""):
            source = shorten(image.attributes.get("src") or "")
            yield Place(where=page.path_of(image), saw=source, note="picture")


def _gives_contacts(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_DIGITS, TELEPHONE, EMAIL))


def _may_hold_contacts(image: LexborNode) -> bool:
    words = f"{image.attributes.get('src')} {image.attributes.get('class')}"
    small = {(image.attributes.get(side) or "").removesuffix("px") for side in ("width", "height")}
    is_small = any(side.isdigit() and int(side) <= 48 for side in small)
    beside = image.parent.text() if image.parent else ""
    return not (is_small or _PICTOGRAM.search(words) or _gives_contacts(beside))
