"""The lines of a text that speak of periods: items, rows, headings and links of its page."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from selectolax.lexbor import LexborNode

from aiqyn.subjects import periods
from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze

LONGEST = 300  # characters of a line; a longer one is running text
MOST = 2_000  # elements of a page that are looked at

_HEADINGS = "h1, h2, h3, h4, h5, h6, summary, caption, dt, th, b, strong"
_LINES = "h1, h2, h3, h4, h5, h6, summary, caption, dt, dd, p, li, tr, td, option, a"
_LEAVES = "div:not(:has(div, p, ul, ol, table, dl))"
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
    for said in _said_by(page.lean.css(f"{_LINES}, {_LEAVES}")[:MOST]):
        place = _place_of(said, text, at)
        if place >= 0:
            ends |= {place, place + len(said)}
            at = place
    lines = (text[begin:end].strip() for begin, end in pairwise(sorted({0, *ends, len(text)})))
    heads = (squeeze(node.text(separator=" ")) for node in page.lean.css(_HEADINGS)[:MOST])
    return Lines("\n".join(_joined([*filter(None, lines)])), frozenset(heads))


def _said_by(nodes: Sequence[LexborNode]) -> Iterator[str]:
    """Yield what elements say that may be of a period: all of each, and then its parts."""
    for node in nodes:
        said = squeeze(node.text(separator=" "))
        speaks = _YEAR if node.tag == "a" else _OF_A_YEAR  # a link may be a word of a line
        if not speaks.search(said):
            continue
        if len(said) <= LONGEST and node.tag != "td":  # rows are lines, cells may list some
            yield said
        if node.css_first("br"):
            yield from _listed_by_breaks(node)


def _listed_by_breaks(node: LexborNode) -> Iterator[str]:
    """Yield the lines of an element that lists quarters below a year; breaks part words, too."""
    lines = [""]
    for child in node.iter(include_text=True):
        if child.tag == "br":
            lines.append("")
        else:
            lines[-1] += f"{child.text(separator=' ')} "
    said = [each for each in map(squeeze, lines) if 0 < len(each) <= LONGEST]
    if any(map(periods.is_year, said)) and sum(map(periods.lacks_year, said)) > 1:
        yield from said


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield `lines`, a year on one with its quarter above: on cards, where each has one below.

    A lone quarter between two years may be of either, and is left with the one above.
    """
    below = [*lines[1:], ""]
    lacking = [place for place, each in enumerate(lines) if periods.lacks_year(each)]
    is_between = len(lacking) == 1 and lacking[0] > 0 and periods.is_year(lines[lacking[0] - 1])
    if is_between or not all(periods.is_year(below[place]) for place in lacking):
        lacking = []
    for place, line in enumerate(lines):
        if place - 1 not in lacking:
            yield f"{line} {below[place]}" if place in lacking else line


def _place_of(said: str, text: str, at: int) -> int:
    """Return where `said` stands in whole words: «I квартал» is no part of «II кварталы»."""
    place = text.find(said, at)
    while place >= 0 and (
        text[place - 1 : place].isalnum()
        or text[place + len(said) : place + len(said) + 1].isalnum()
    ):
        place = text.find(said, place + 1)
    return place
