"""What raw hrefs are by the look of them; each is looked at once a process: menus return."""

import re
from collections.abc import Iterable

DOCUMENT, PICTURE, CALL, INSIDE = 1, 2, 4, 8  # kinds, one bit each

MOST_KNOWN = 50_000  # hrefs kept in memory, about 6 MB
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|rtf|od[ts])(?:[?#&]|$)", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|tiff?|bmp)(?:\?|$)", re.IGNORECASE)


class _Kinds(dict[str, int]):
    """Kinds by href; forgotten all at once when there are too many."""

    def __missing__(self, href: str) -> int:
        if len(self) >= MOST_KNOWN:
            self.clear()
        kinds = DOCUMENT if _DOCUMENT.search(href) else 0
        kinds |= PICTURE if _PICTURE.search(href) else 0
        kinds |= CALL if href.startswith(("tel:", "mailto:")) else 0
        self[href] = kinds | (INSIDE if href[:1] == "#" else 0)
        return self[href]


_kinds = _Kinds()


def kinds_of(hrefs: Iterable[str]) -> int:
    """Return all kinds that are among `hrefs`."""
    kinds = 0
    for each in set(map(_kinds.__getitem__, hrefs)):
        kinds |= each
    return kinds


def of_kind(kind: int, hrefs: Iterable[str]) -> set[str]:
    """Return those of `hrefs` that are of `kind`."""
    return {href for href in hrefs if _kinds[href] & kind}
