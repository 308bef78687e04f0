"""Addresses of files that style sheets and lists of pictures name."""

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
# Browsers take the first file of a font they can read: which of the others are gone nobody sees.
_FONT = re.compile(r"@font-face\s*\{[^{}]*(?:\}|$)", re.IGNORECASE)
_URL = re.compile(
    r"url\(\s*(?:\"([^\"\n\\]*)\"|'([^'\n\\]*)'|([^\s\"'()\\]*))\s*\)"
    r"|@import\s+(?:\"([^\"\n\\]*)\"|'([^'\n\\]*)')",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)")
_DESCRIPTOR = re.compile(r"(?:[^,(]|\([^)]*(?:\)|$))*")


def named_in(css: str) -> Iterator[str]:
    """Yield what a style sheet names by url() or @import, as written; fonts are left out."""
    for found in _URL.finditer(_FONT.sub(" ", _COMMENT.sub(" ", css))):
        if (ref := (found[found.lastindex or 0] or "").strip()) and ref[0] != "#":
            yield ref


def candidates_of(srcset: str) -> Iterator[str]:
    """Yield the addresses of a srcset attribute, as written: each before its width or density."""
    place = 0
    while found := _CANDIDATE.match(srcset, place):
        place = found.end()
        address = found[1]
        if not address.endswith(","):
            place += len(_DESCRIPTOR.match(srcset, place)[0])  # type: ignore[index]  # may be ""
        yield address.rstrip(",")
