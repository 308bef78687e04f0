"""The heaviest chain of pairs in which both texts go forward."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]


def heaviest(pairs: Mapping[Pair, float]) -> list[Pair]:
    """Return the pairs of greatest weight together, each further on in both texts.

    Takes n·log n steps for n pairs; weights are above zero.
    """
    best = _Heights(max((new for _, new in pairs), default=0) + 1)
    before: dict[Pair, Pair | None] = {}
    for old, new in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        height, last = best.below(new)
        before[old, new] = last
        best.raise_to(new, height + pairs[old, new], (old, new))
    _, last = best.below(best.size)
    chain: list[Pair] = []
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


class _Heights:
    """The highest chain that ends below a place (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._highest: list[tuple[float, Pair | None]] = [(0.0, None)] * (size + 1)

    def below(self, place: int) -> tuple[float, Pair | None]:
        """Return the highest chain whose last pair stands before `place`."""
        highest: tuple[float, Pair | None] = (0.0, None)
        while place > 0:
            if self._highest[place][0] > highest[0]:
                highest = self._highest[place]
            place -= place & -place
        return highest

    def raise_to(self, place: int, height: float, pair: Pair) -> None:
        place += 1
        while place <= self.size:
            if height > self._highest[place][0]:
                self._highest[place] = (height, pair)
            place += place & -place


class Spine:
    """Pairs in order: between which of them a place of the old text stands."""

    def __init__(self, chain: Iterable[Pair], length: int) -> None:
        links = list(chain)
        self._old = [old for old, _ in links]
        self._new = [new for _, new in links]
        self._length = length

    def gap(self, place: int) -> tuple[int, int]:
        """Return the range of the new text that a place of the old one may follow in order."""
        before = bisect_left(self._old, place)
        after = bisect_right(self._old, place)
        start = self._new[before - 1] + 1 if before else 0
        end = self._new[after] if after < len(self._new) else self._length
        return start, end

    def expected(self, place: int) -> int:
        """Return where in its gap a place stands if nothing else was added or taken out."""
        before = bisect_left(self._old, place)
        return self._new[before - 1] + place - self._old[before - 1] if before else place
