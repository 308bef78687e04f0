"""What raw hrefs are by the look of them; each is looked at once a process: menus return."""

import re
from collections.abc import Collection, Iterable, Sequence

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


class Items(tuple[str, ...]):
    """The hrefs of a menu that stands on page after page, each once; known is what they are."""

    among: frozenset[str]
    kinds: int

    def __new__(cls, hrefs: Iterable[str]) -> "Items":
        items = super().__new__(cls, dict.fromkeys(hrefs))
        items.among = frozenset(items)
        items.kinds = kinds_of(items)
        return items


def distinct(pieces: Iterable[Sequence[str | None]]) -> list[Sequence[str]]:
    """Return the pieces with every href where it stands first alone, and none that is empty.

    `Items` stay what they are where none of them stands before; else they are a list as any other.
    """
    kept: list[Sequence[str]] = []
    met: list[Collection[str]] = []
    for piece in pieces:
        if isinstance(piece, Items) and all(map(piece.among.isdisjoint, met)):
            kept.append(piece)
            met.append(piece.among)
            continue
        own = dict.fromkeys(filter(None, piece))
        fresh = list(own)
        for before in met:
            fresh = [href for href in fresh if href not in before]
        kept.append(fresh)
        met.append(own)
    return kept


def kinds_of(hrefs: Iterable[str]) -> int:
    """Return all kinds that are among `hrefs`."""
    kinds = 0
    for each in set(map(_kinds.__getitem__, hrefs)):
        kinds |= each
    return kinds


def kinds_among(pieces: Iterable[Sequence[str]]) -> int:
    """Return all kinds that are among the hrefs of several pieces."""
    kinds = 0
    for piece in pieces:
        kinds |= piece.kinds if isinstance(piece, Items) else kinds_of(piece)
    return kinds


def of_kind(kind: int, hrefs: Iterable[str]) -> set[str]:
    """Return those of `hrefs` that are of `kind`."""
    return {href for href in hrefs if _kinds[href] & kind}
