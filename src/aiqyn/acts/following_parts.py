"""Paragraphs that took in others, and paragraphs that became several."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from aiqyn.acts.following_features import overlap
from aiqyn.acts.following_pairs import Side

HELD = 0.7  # share of a part's words that must be in the whole, besides those of other parts
LIGHTEST = 1.0  # weight of a part below which its words are in any text


class Shares(msgspec.Struct, frozen=True):
    """Which places one place is part of, or consists of."""

    merged: dict[int, int]  # old place → new place that took it in
    split: dict[int, list[int]]  # old place → new places it became
    wholes: frozenset[int]  # new places that took in others
    held: dict[int, float]  # old place → share of its words found there

    def of(self, place: int, pairs: dict[int, int]) -> tuple[list[int], float]:
        """Return where an old place went, and what share of its words went there."""
        share = self.held.get(place, 1.0)
        if place in self.split:
            return self.split[place], share
        if place in self.merged:
            return [self.merged[place]], share
        return ([pairs[place]], share) if place in pairs else ([], 0.0)


def parts(old: Side, new: Side, pairs: dict[int, int]) -> Shares:
    """Find merges and splits among what has no pair."""
    back = {there: place for place, there in pairs.items()}
    merged = _parts_of_wholes(old, new, pairs, back)
    split = _parts_of_wholes(new, old, back, pairs)
    held = dict(merged.held)
    became: defaultdict[int, set[int]] = defaultdict(set)
    for there, place in split.into.items():
        became[place].add(there)
    for place, theirs in became.items():
        theirs.add(pairs[place])
    return Shares(
        merged=merged.into,
        split={place: sorted(theirs) for place, theirs in became.items()},
        wholes=frozenset(merged.into.values()),
        held=held,
    )


class _Into(msgspec.Struct):
    into: dict[int, int] = {}
    held: dict[int, float] = {}


def _parts_of_wholes(side: Side, other: Side, pairs: dict[int, int], back: dict[int, int]) -> _Into:
    """Find paragraphs of `side` without a pair whose words one of `other` holds."""
    found = _Into()
    for place in range(len(side)):
        told = side.features[place]
        if place in pairs or told.is_stub or told.weight < LIGHTEST:
            continue
        best = max(
            (
                (_held(place, whole, side, other, back), -whole)
                for whole in _near(place, side, pairs)
            ),
            default=(0.0, 0),
        )
        if best[0] >= HELD:
            found.into[place] = -best[1]
            found.held[place] = best[0]
    return found


def _near(place: int, side: Side, pairs: dict[int, int]) -> Iterator[int]:
    """Yield where the nearest neighbours with a pair went."""
    for step in (1, 2):
        for neighbour in (place - step, place + step):
            if neighbour in pairs:
                yield pairs[neighbour]


def _held(place: int, whole: int, side: Side, other: Side, back: dict[int, int]) -> float:
    """Return the share of a part's words that the whole has besides those of its own pair."""
    part, own = side.features[place], side.features[back[whole]].bag
    left = {word: weight - own.get(word, 0.0) for word, weight in other.features[whole].bag.items()}
    return overlap(part.bag, {word: more for word, more in left.items() if more > 0}) / part.weight
