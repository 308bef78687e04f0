"""Telephones that a touch dials otherwise than they are shown."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from aiqyn.subjects.dashes import level
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.spaces import squeeze

LENGTHS = (6, 7, 10, 11)  # digits of a number shown: without its codes, and with them
NATIONAL = 10  # digits without the code of the country
MOST = 3  # of one page
_OTHER = re.compile(r"\D+")
_EXTENSION = re.compile(r"[;,pwx#].*|\(?(?:вн|ішкі|доб|ext).*", re.IGNORECASE)
_SHOWN = re.compile(  # hours, rooms and floors beside it are no part of it
    r"(?<![\d-])(?:"
    r"(?:\+?[78][\s-]{0,2}\(?|\(|(?=7\d{2,4}\s))\d{3,5}\)?[\s-]{0,2}"
    r"(?:\d{1,3}[\s-]?\d\d[\s-]?\d\d|\d{2,3}[\s-]\d{3}|\d[\s-]\d\d[\s-]\d\d[\s-]\d\d)"
    r"|\d{2,3}(?:-\d\d-|\s\d\d\s)\d\d|\d{3}-\d{3}|\d{6,7}"
    r")(?!-?\d)"
)


def misdialled(page: Page) -> tuple[str, ...]:
    """Return "shown → dialled" of the links that dial another number than they show."""
    hrefs = {href for href in page.hrefs if href[:4].lower() == "tel:"}
    if not hrefs:
        return ()
    return tuple(dict.fromkeys(_unlike(page, hrefs)))[:MOST]


def _unlike(page: Page, hrefs: set[str]) -> Iterator[str]:
    for node in page.links_to(hrefs):
        href, shown = node.attributes["href"] or "", squeeze(node.text(separator=" "))
        dialled = _OTHER.sub("", _EXTENSION.sub("", unquote(href[4:])))
        numbers = _numbers(shown)
        if numbers and not any(_is_same(dialled, read) for read in numbers):
            yield shorten(f"{shown} → {href}")


def _numbers(shown: str) -> list[str]:
    """Return the digits of each telephone in the text of a link."""
    found = [_OTHER.sub("", each[0]) for each in _SHOWN.finditer(level(shown).replace("–", "-"))]
    return [each for each in found if len(each) in LENGTHS]


def _is_same(dialled: str, read: str) -> bool:
    """Whether one is the other with its codes."""
    one, other = dialled[-NATIONAL:], read[-NATIONAL:]
    return bool(one) and (one.endswith(other) or other.endswith(one))
