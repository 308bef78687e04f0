"""Which sphere a text regulates, by the words it uses: a suggestion, never a decision."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from aiqyn.acts.model import Act, Unit
from aiqyn.catalogue import ROOT, read
from aiqyn.text import Text
from aiqyn.words import stems

SAMPLE = 40_000  # characters of a text that are looked at: its beginning says what it is about
TITLE = 8  # a word of the title counts as this many of the text
HEADING = 3
LEAST = 0.1  # share below which a category is not suggested


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    """One sphere, with the words that speak of it by language."""

    code: str
    title: Text
    words: dict[str, list[str]]


class Categories(Struct, frozen=True, forbid_unknown_fields=True):
    """All of `categories.yaml`."""

    source: str
    verified: bool
    categories: tuple[Category, ...]


@cache
def categories() -> Categories:
    """Return the categories in their order; raises CatalogueError for a bad file of ours."""
    return read(ROOT / "acts" / "categories.yaml", Categories)


def suggest(act: Act) -> list[tuple[str, float]]:
    """Return (code, share) of the likeliest categories, the likeliest first.

    Shares are of all words that speak of any category, 0 to 1; those under LEAST are left out.
    Nothing is suggested for a text without such words.
    """
    known = _stems(act.language)
    votes: Counter[str] = Counter()
    for said, weight in _said(act):
        for stem in stems(said, act.language):
            for code in known.get(stem, ()):
                votes[code] += weight
    total = votes.total()
    order = sorted(votes.items(), key=lambda each: (-each[1], each[0]))
    shares = [(code, round(count / total, 2)) for code, count in order]
    return [(code, share) for code, share in shares if share >= LEAST]


@cache
def _stems(language: str) -> dict[str, tuple[str, ...]]:
    """Return the categories each stem speaks of."""
    found: dict[str, tuple[str, ...]] = {}
    for category in categories().categories:
        for stem in stems(" ".join(category.words[language]), language):
            found[stem] = tuple(dict.fromkeys((*found.get(stem, ()), category.code)))
    return found


def _said(act: Act) -> Iterator[tuple[str, int]]:
    """Yield pieces of the text with their weights, until enough was said."""
    yield act.title, TITLE
    left = SAMPLE
    for unit in _walk(act.units):
        yield unit.heading, HEADING
        yield unit.text, 1
        left -= len(unit.heading) + len(unit.text)
        if left < 0:
            return


def _walk(units: tuple[Unit, ...]) -> Iterator[Unit]:
    for unit in units:
        yield unit
        yield from _walk(unit.children)
