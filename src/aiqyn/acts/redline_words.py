"""Two rows of words laid beside each other, in bounded time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from aiqyn.acts.following_chain import heaviest

What = Literal["kept", "added", "removed"]
Piece = tuple[What, list[str]]
Words = Sequence[str]
Block = tuple[int, int, int, int, int]  # old from, to; new from, to; times it was cut

CAREFUL = 60_000  # pairs of words that are laid out one by one; larger blocks are cut first
ROWS = (1, 5, 15)  # words and spaces in a row that are looked for where shorter ones are not unique
DEEPEST = 40  # times a block is cut; each takes time for the whole text


def matched(old: Words, new: Words) -> Iterator[Piece]:
    """Yield what was kept, removed and added, in order; removed before added."""
    waiting: list[Block | Piece] = [(0, len(old), 0, len(new), 0)]
    while waiting:
        block = waiting.pop()
        if len(block) == 2:
            yield block
        else:
            waiting.extend(reversed(list(_laid_out(old, new, block))))


def _laid_out(old: Words, new: Words, block: Block) -> Iterator[Block | Piece]:
    """Yield a block's pieces, and smaller blocks still to be laid out."""
    start, end, begin, stop, times = block
    while start < end and begin < stop and old[start] == new[begin]:
        start, begin = start + 1, begin + 1
    tail = 0
    while (
        end - tail > start and stop - tail > begin and old[end - tail - 1] == new[stop - tail - 1]
    ):
        tail += 1
    if start > block[0]:
        yield "kept", list(old[block[0] : start])
    yield from _middle(old, new, (start, end - tail, begin, stop - tail, times))
    if tail:
        yield "kept", list(old[end - tail : end])


def _middle(old: Words, new: Words, block: Block) -> Iterator[Block | Piece]:
    start, end, begin, stop, times = block
    if start == end or begin == stop or times > DEEPEST:
        yield from _replaced(old, new, block)
    elif (end - start) * (stop - begin) <= CAREFUL:
        yield from _careful(old, new, block)
    else:
        yield from _cut(old, new, block)


def _replaced(old: Words, new: Words, block: Block) -> Iterator[Piece]:
    start, end, begin, stop, _ = block
    if start < end:
        yield "removed", list(old[start:end])
    if begin < stop:
        yield "added", list(new[begin:stop])


def _careful(old: Words, new: Words, block: Block) -> Iterator[Piece]:
    start, end, begin, stop, _ = block
    matcher = SequenceMatcher(None, old[start:end], new[begin:stop], autojunk=False)
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag == "equal":
            yield "kept", list(old[start + one : start + two])
        else:
            yield from _replaced(
                old, new, (start + one, start + two, begin + three, begin + four, 0)
            )


def _cut(old: Words, new: Words, block: Block) -> Iterator[Block | Piece]:
    """Cut a large block at words that stand once in both texts, else give it up as replaced."""
    start, end, begin, stop, times = block
    rows = (_once_in_both(old[start:end], new[begin:stop], length) for length in ROWS)
    links = next(filter(None, rows), None)
    if links is None:
        yield from _replaced(old, new, block)
        return
    here, there = start, begin
    for one, two in links:
        yield here, start + one, there, begin + two, times + 1
        yield "kept", [old[start + one]]
        here, there = start + one + 1, begin + two + 1
    yield here, end, there, stop, times + 1


def _once_in_both(old: Words, new: Words, length: int) -> list[tuple[int, int]]:
    """Return places of words, or rows of words, that are there once in both, in order."""
    ours, theirs = _places_of_single(old, length), _places_of_single(new, length)
    pairs = {(place, theirs[row]): 1.0 for row, place in ours.items() if row in theirs}
    return heaviest(pairs)


def _places_of_single(words: Words, length: int) -> dict[tuple[str, ...], int]:
    rows = [tuple(words[place : place + length]) for place in range(len(words) - length + 1)]
    seen = Counter(rows)
    return {row: place for place, row in enumerate(rows) if seen[row] == 1}
