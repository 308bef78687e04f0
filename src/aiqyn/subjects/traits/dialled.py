"""Telephones that a touch dials otherwise than they are shown."""

import re
from collections.abc import Iterator

from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.spaces import squeeze

SHOWN = range(6, 12)  # digits of one number; fewer are a name of a service, more are several
NATIONAL = 10  # digits without the code of the country
MOST = 3  # of one page
_OTHER = re.compile(r"\D+")
_EXTENSION = re.compile(r"[;,pwx#].*|\(?(?:вн|ішкі|доб|ext).*", re.IGNORECASE)


def misdialled(page: Page) -> tuple[str, ...]:
    """Return "shown → dialled" of the links that dial another number than they show."""
    hrefs = {href for href in page.hrefs if href[:4].lower() == "tel:"}
    if not hrefs:
        return ()
    return tuple(dict.fromkeys(_unlike(page, hrefs)))[:MOST]


def _unlike(page: Page, hrefs: set[str]) -> Iterator[str]:
    for node in page.links_to(hrefs):
        href, shown = node.attributes["href"] or "", squeeze(node.text(separator=" "))
        dialled, read = _digits(href[4:]), _digits(shown)
        if len(read) in SHOWN and not _is_same(dialled, read):
            yield shorten(f"{shown} → {href}")


def _digits(number: str) -> str:
    return _OTHER.sub("", _EXTENSION.sub("", number))


def _is_same(dialled: str, read: str) -> bool:
    """Whether one is the other with its codes."""
    one, other = dialled[-NATIONAL:], read[-NATIONAL:]
    return bool(one) and (one.endswith(other) or other.endswith(one))
