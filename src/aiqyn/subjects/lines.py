"""The lines of a text that speak of periods: items, rows, headings and links of its page."""

import re
from itertools import pairwise

from msgspec import Struct

from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze

LONGEST = 300  # characters of a line; a longer one is running text
MOST = 2_000  # elements of a page that are looked at

_HEADINGS = "h1, h2, h3, h4, h5, h6, summary, caption, dt, th, b, strong"
_LINES = "h1, h2, h3, h4, h5, h6, summary, caption, dt, dd, p, li, tr, option, a"
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_A_YEAR = re.compile(r"\d|квартал|тоқсан|токсан|quarter", re.IGNORECASE)


class Lines(Struct, frozen=True):
    """A text with an end of line around each of them, and those that head others."""

    text: str
    headings: frozenset[str]


def lines_of(page: Page, text: str) -> Lines:
    """Return the lines of `text`, which is that of `page` or its beginning, squeezed."""
    ends: set[int] = set()
    at = 0
    for node in page.lean.css(_LINES)[:MOST]:
        said = squeeze(node.text(separator=" "))
        speaks = _YEAR if node.tag == "a" else _OF_A_YEAR  # a link may be a word of a line
        if len(said) > LONGEST or not speaks.search(said):
            continue
        place = _place_of(said, text, at)
        if place >= 0:
            ends |= {place, place + len(said)}
            at = place
    lines = (text[begin:end].strip() for begin, end in pairwise(sorted({0, *ends, len(text)})))
    heads = (squeeze(node.text(separator=" ")) for node in page.lean.css(_HEADINGS)[:MOST])
    return Lines("\n".join(filter(None, lines)), frozenset(heads))


def _place_of(said: str, text: str, at: int) -> int:
    """Return where `said` begins a word: «II квартал» is no part of «III квартал»."""
    place = text.find(said, at)
    while place > 0 and text[place - 1].isalnum():
        place = text.find(said, place + 1)
    return place
