"""Pages and documents are of a size that a reader can open."""

import re
from collections.abc import Iterator

from aiqyn.chain import Evidence, Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site

ROLES = ("page", "document")
_LENGTH = re.compile(r"^content-length:[ \t]*(\d{1,15})(?!\d)", re.IGNORECASE | re.MULTILINE)


def check(site: Site) -> Iterator[Place]:
    if site.first is None:
        raise CannotTell("not_read")
    unread = [each for each in site.evidence.values() if each.role in ROLES]
    large = [each for each in unread if each.failure == "too_large"]
    bombs = [each for each in unread if each.failure == "bomb"]
    yield from map(_place, [*large, *bombs])
    if bombs and not large:
        raise CannotTell("bomb")


def _place(seen: Evidence) -> Place:
    """The address itself, and how large the server said that it is."""
    said = _LENGTH.search(seen.headers) if seen.failure == "too_large" else None
    saw = f"{int(said[1]) / 1e6:.0f} MB" if said else ""
    return Place(where="HTTP", saw=saw, address=seen.url, note=seen.failure)
