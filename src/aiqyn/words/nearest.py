"""Words that may have been meant."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from aiqyn.words import letters
from aiqyn.words.analysis import LONGEST, reduce

SHORT = 3  # letters up to which only letters like one another are forgiven
FEW = 5  # up to which a word may have one slip only
TRIED = 12  # of the nearest, whether what follows them is an ending
HEAD = 4  # letters a word begins with: what is looked at before it is held against another
REMEMBERED = 10_000  # words
_ALIKE = str.maketrans("ийэщх", "ыыешк", "ьъ")  # after folding: one is typed for the other
_TWICE = re.compile(r"(.)\1+")


class Sketch(NamedTuple):
    """A word as slips are looked for in it."""

    word: str
    rough: str
    stem: str  # rough too


class _Near(NamedTuple):
    slips: int  # twice as many
    exact: int  # letters that differ
    word: str
    ending: str  # what was typed after the word


@lru_cache(maxsize=REMEMBERED)
def sketch(word: str) -> Sketch:
    """Return a word without what people often mistype: Kazakh letters, и and ы, doubled ones."""
    return Sketch(word, rough(word), rough(reduce(word).folded))


def rough(word: str) -> str:
    """Write letters that are typed for one another as one, and doubled letters once."""
    plain = _folded(word).translate(_ALIKE)
    return _TWICE.sub(r"\1", plain).replace("нг", "н")


def suggest(
    word: str, vocabulary: Iterable[str], *, limit: int = 3, most: int | None = None
) -> list[str]:
    """Return the words of `vocabulary` nearest to `word`, the nearest first; see `nearest`.

    What begins with other letters is passed over, as is a `word` of more letters than any has.
    `most`: how many words it is held against, those first that begin with the same letters.
    """
    if len(word) > LONGEST:
        return []
    asked = sketch(word)
    known = map(sketch, islice(_likely(asked, vocabulary), most))
    return nearest(asked, known, limit=limit)


def _likely(asked: Sketch, vocabulary: Iterable[str]) -> list[str]:
    """Return the words of whose first letters one at most is not among those of what was typed."""
    its = {*asked.rough[: HEAD + 2]}  # two letters may have come before them, or between
    ranked: tuple[list[str], list[str]] = ([], [])
    for word in vocabulary:
        foreign = len(_head(word[:HEAD]) - its)
        if foreign < len(ranked):
            ranked[foreign].append(word)
    return [word for words in ranked for word in words]


@lru_cache(maxsize=REMEMBERED)
def _head(begun: str) -> frozenset[str]:
    return frozenset(rough(begun))


def nearest(asked: Sketch, known: Iterable[Sketch], *, limit: int = 3) -> list[str]:
    """Return the known words nearest to what was typed, the nearest first.

    A letter typed for one like it is no slip; a letter missing, added, changed, or two of them
    swapped, is one. A word may have been typed with an ending no known word has: then its
    beginning is held against them.
    """
    near = sorted(found for each in known if (found := _near(asked, each)))
    tried = [each._replace(slips=each.slips + _doubt(each)) for each in near[:TRIED]]
    return [each.word for each in sorted(tried)[:limit]]


def most_slips(letters: int) -> int:
    """Return how many slips a word of so many letters may have."""
    return 0 if letters <= SHORT else 1 if letters <= FEW else 2


def _near(asked: Sketch, known: Sketch) -> _Near | None:
    most = most_slips(min(len(asked.rough), len(known.rough)))
    within = asked.rough[: len(known.stem) + 2]
    if len({*known.stem} - {*within}) > most:  # every slip brings one letter at most
        return None
    ways = []
    whole = distance(asked.rough, known.rough, most)
    if whole <= most:
        ways.append((2 * whole, ""))
    for base in {known.rough, known.stem}:
        most = min(1, most_slips(len(base)))
        if len(base) <= SHORT:
            continue
        stems = distance(asked.stem, base, most)
        if stems <= most:
            ways.append((2 * stems + 1, ""))
        slips, left = begun(asked.rough, base, most)
        if slips <= most and left:
            ways.append((2 * slips + 1, letters.plain(asked.word)[-left:]))
    if not ways:
        return None
    slips, ending = min(ways)
    exact = distance(_folded(asked.word), _folded(known.word), 99)
    return _Near(slips, exact, known.word, ending)


def _doubt(near: _Near) -> int:
    """What is added where that which follows the word is none of its endings."""
    if not near.ending:
        return 0
    return 0 if reduce(near.word + near.ending).folded == reduce(near.word).folded else 3


def _folded(word: str) -> str:
    return letters.fold(letters.plain(word))


def distance(one: str, other: str, most: int) -> int:
    """Return how many slips lie between two words; `most` + 1 for any number above `most`."""
    if abs(len(other) - len(one)) > most:
        return most + 1
    row = [most + 1]
    for row in _rows(one, other, most):  # noqa: B007  the last one
        pass
    return min(row[-1], most + 1)


def begun(one: str, other: str, most: int) -> tuple[int, int]:
    """Return how many slips lie between a beginning of `one` and `other`, and how much is left.

    `most` + 1 slips stand for any number above `most`.
    """
    if len(other) - len(one) > most:
        return most + 1, 0
    rows = enumerate(_rows(one, other, most))
    slips, left = min((row[-1], len(one) - place) for place, row in rows)
    return (slips, left) if slips <= most else (most + 1, 0)


def _rows(one: str, other: str, most: int) -> Iterator[list[int]]:
    """Yield slips between the first letters of `one`, one more each time, and of `other`.

    The last row is far from all of `other` where every beginning has too many slips.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    yield row
    for place, letter in enumerate(one, 1):
        older, before, row = before, row, [place]
        for at, its in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != its))
            if place > 1 and at > 1 and letter == other[at - 2] and its == one[place - 2]:
                cost = min(cost, older[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            row[-1] = most + 1
            yield row
            return
        yield row
