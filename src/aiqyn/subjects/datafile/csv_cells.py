"""What cells of one column are, found for many at once: their prints, numbers, plain texts.

A cell that is vouched for here has no trouble of any kind; every other is looked at one by
one by the same code that reads small tables.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from secrets import randbits

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from aiqyn.subjects.datafile.csv_blocks import Block, Places
from aiqyn.subjects.datafile.values import words

Prints = NDArray[np.uint64]
Flags = NDArray[np.bool_]

LONGEST_NUMBER = 14  # characters: sums of a part stay below 2⁶³
_ODD = np.uint64(0x9E3779B97F4A7C15)
TENS = 10 ** np.arange(16, dtype=np.int64)
_ZEROS, _DOTS = np.uint64(0x3030303030303030), np.uint64(0x2E2E2E2E2E2E2E2E)
_ONES, _HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_UPPER_HALVES, _SIXES = np.uint64(0xF0F0F0F0F0F0F0F0), np.uint64(0x0606060606060606)
_BELOW_DIGIT, _ABOVE_DIGIT = np.uint64(0x5050505050505050), np.uint64(0x4646464646464646)
_ONE, _BYTE = np.uint64(1), np.uint64(0xFF)
_LOW = np.array([(1 << (8 * count)) - 1 for count in range(8)] + [(1 << 64) - 1], np.uint64)


def _wide(content: bytes) -> Prints:
    """Return eight bytes from every place of the buffer on, the first of them the lowest."""
    return np.ndarray((len(content) - 7,), "<u8", content, 0, (1,))


class Key(Struct, frozen=True):
    """Secret numbers that prints are made with: nobody can write two values of equal print."""

    start: np.uint64
    odd: tuple[np.uint64, np.uint64, np.uint64]

    @classmethod
    def drawn(cls) -> "Key":
        """Return another key every time: one serves for all parts of one file."""
        one, two, three = (np.uint64(randbits(64) | 1) for _ in range(3))
        return cls(np.uint64(randbits(64)), (one, two, three))

    def mix(self, found: Prints, part: Prints) -> None:
        """Mix `part` into `found`, which is written over.

        Between the products the highest bytes, which the first has mixed best, become the
        lowest, which the second mixes best. So no difference comes out as one can foresee,
        and none can be taken back by the bytes that follow.
        """
        found ^= part
        found *= self.odd[1]
        found.byteswap(inplace=True)
        found *= self.odd[2]


def prints(block: Block, column: int, key: Key) -> Prints:
    """Return a number of 64 bits for every cell, equal for equal bytes."""
    starts = block.starts[column]
    lengths = block.ends[column] - starts
    wide = _wide(block.content)
    longest = int(lengths.max(initial=0))
    shortest = int(lengths.min(initial=longest))
    found: Prints = lengths.view(np.uint64) * key.odd[0]
    found ^= key.start
    part: Prints = wide[starts]
    if shortest < 8:
        part &= _LOW[np.minimum(lengths, 8)]
    key.mix(found, part)
    last = block.ends[column] - 8  # where the last eight bytes begin, some of them mixed already
    for begun in range(8, longest, 8):
        if shortest > begun:
            key.mix(found, wide[np.minimum(starts + begun, last)])
            continue
        at = np.flatnonzero(lengths > begun)
        mixed = found[at]
        key.mix(mixed, wide[np.minimum(starts[at] + begun, last[at])])
        found[at] = mixed
    return found


def are_equal(block: Block, one: int, other: int) -> bool:
    """Whether two columns have the same bytes in every cell."""
    starts, others = block.starts[one], block.starts[other]
    lengths = block.ends[one] - starts
    if not np.array_equal(lengths, block.ends[other] - others):
        return False
    wide = _wide(block.content)
    for begun in range(0, int(lengths.max(initial=0)), 8):
        at = np.flatnonzero(lengths > begun)
        differ = wide[starts[at] + begun] ^ wide[others[at] + begun]
        if np.any(differ & _LOW[np.minimum(lengths[at] - begun, 8)]):
            return False
    return True


def have_digits(block: Block, column: int, places: Places, least: int) -> Places:
    """Return which of these places, of cells that long at least, have so many digits."""
    starts = block.starts[column, places]
    lengths = block.ends[column, places] - starts
    wide = _wide(block.content)
    found = np.zeros(len(places), np.int64)
    at = np.arange(len(places))
    for begun in range(0, int(lengths.max(initial=0)), 8):
        part = wide[starts[at] + begun] & _LOW[np.minimum(lengths[at] - begun, 8)]
        low = part & ~_HIGHS
        digits = (low + _BELOW_DIGIT) & ~(low + _ABOVE_DIGIT) & ~part & _HIGHS
        found[at] += np.bitwise_count(digits)
        left = lengths[at] - (begun + 8)
        at = at[(left > 0) & (found[at] + left >= least)]
    return places[found >= least]


def are_digits(block: Block, column: int, places: Places) -> Flags:
    """Return which of these cells, of eight to twenty-four bytes, are digits and nothing else."""
    wide = _wide(block.content)
    starts, ends = block.starts[column, places], block.ends[column, places]
    found = _all_digits(wide[starts])
    found &= _all_digits(wide[ends - 8])
    long = np.flatnonzero(found & (ends - starts > 16))
    found[long] = _all_digits(wide[starts[long] + 8])
    return found


def begin_with_birthday(block: Block, column: int, places: Places) -> Flags:
    """Return which of these cells, all digits, begin as 890131 does: a month and a day at third."""
    pairs = _paired(_wide(block.content)[block.starts[column, places]])
    month, day = pairs >> np.uint64(16), pairs >> np.uint64(32)
    month &= _BYTE
    day &= _BYTE
    month -= _ONE  # none becomes very many
    day -= _ONE
    return (month < 12) & (day < 31)


def numbers(block: Block, column: int) -> tuple[Flags, NDArray[np.int64], NDArray[np.int64]]:
    """Return which cells are plain numbers such as -12 or 3.50, their digits and decimals.

    The number is digits ÷ 10^decimals. Numbers written in any other way are not told here.
    """
    starts, ends = block.starts[column], block.ends[column]
    wide, buffer = _wide(block.content), block.buffer
    first = buffer[starts]
    minus = first == ord("-")
    if minus.any():
        starts = starts + minus
        first = buffer[starts]
    lengths = ends - starts
    tail, decimals, has_dot = _without_dot(_last_digits(wide[ends - 8], lengths))
    good = (lengths > 0) & (lengths <= LONGEST_NUMBER) & _all_digits(tail)
    digits = _parsed(tail)
    long = np.flatnonzero(lengths > 8)
    if len(long):
        head = _last_digits(wide[ends[long] - 16], lengths[long] - 8)
        good[long] &= _all_digits(head)
        digits[long] += _parsed(head) * np.where(has_dot[long], TENS[7], TENS[8])
    whole = lengths - decimals - has_dot
    good &= (whole > 0) & ((decimals > 0) | ~has_dot)
    good &= ~((first == ord("0")) & (whole > 1)) & ~(minus & (digits == 0))
    return good, np.where(minus, -digits, digits), decimals


def _last_digits(word: Prints, count: Places) -> Prints:
    """Return the last `count` bytes of the words, "0" before them."""
    spare = _LOW[8 - np.clip(count, 0, 8)]
    return (word & ~spare) | (_ZEROS & spare)


def _without_dot(word: Prints) -> tuple[Prints, NDArray[np.int64], Flags]:
    """Return the words with the dot taken out, how many bytes stood behind it, and whether any."""
    other = word ^ _DOTS
    hit = (other - _ONES) & ~other & _HIGHS
    has_dot = hit != 0
    if not has_dot.any():
        return word, np.zeros(len(word), np.int64), has_dot
    place = np.where(has_dot, np.bitwise_count((hit & -hit) - np.uint64(1)) >> 3, 0)
    below = _LOW[place]
    moved = (word & ~(below << np.uint64(8) | np.uint64(0xFF))) | ((word & below) << np.uint64(8))
    moved |= np.uint64(0x30)
    return np.where(has_dot, moved, word), np.where(has_dot, 7 - place, 0).astype(np.int64), has_dot


def _all_digits(word: Prints) -> Flags:
    found: Flags = (word & _UPPER_HALVES) == _ZEROS
    found &= ((word + _SIXES) & _UPPER_HALVES) == _ZEROS
    return found


def _parsed(word: Prints) -> NDArray[np.int64]:
    """Return the number that eight digits of each word say, the first in the lowest byte."""
    value = (_paired(word) * np.uint64(6553601)) >> np.uint64(16)
    value = ((value & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
    return value.astype(np.int64)


def _paired(word: Prints) -> Prints:
    """Return the numbers that two digits each say, in every other byte."""
    value = word & np.uint64(0x0F0F0F0F0F0F0F0F)
    value *= np.uint64(2561)
    value >>= np.uint64(8)
    value &= np.uint64(0x00FF00FF00FF00FF)
    return value


def plain_texts(block: Block, column: int, *, of_digits: bool = False) -> Flags:
    """Return which cells are surely a text or a row of digits with nothing wrong about it.

    `of_digits`: most are rows of digits, so these are looked for first.
    """
    starts, ends = block.starts[column], block.ends[column]
    wide = _wide(block.content)
    one, other = (_digits, _texts) if of_digits else (_texts, _digits)
    found = one(wide, starts, ends)
    left = np.flatnonzero(~found)
    if len(left):
        found[left] = other(wide, starts[left], ends[left])
    found &= ends > starts
    return found


def _digits(wide: Prints, starts: Places, ends: Places) -> Flags:
    """Which cells are rows of at most sixteen digits."""
    lengths = ends - starts
    found = (lengths <= 16) & _all_digits(_last_digits(wide[ends - 8], lengths))
    found &= _all_digits(_last_digits(wide[ends - 16], lengths - 8))
    return found


def _texts(wide: Prints, starts: Places, ends: Places) -> Flags:
    """Which cells begin and end as nothing but a text does."""
    head = wide[starts] & _LOW[np.minimum(ends - starts, 8)]
    tail = wide[ends - 8]
    found = _begins_plainly(head)
    found &= ~_silent().are_met(head)
    found &= ~_may_end_with_year(tail)
    found &= ~_ends_with_space(tail)
    return found


def _bytes_of(words: Prints) -> NDArray[np.uint8]:
    """Return the eight bytes of each word."""
    return words.view(np.uint8).reshape(-1, 8)


def _begins_plainly(head: Prints) -> Flags:
    """Whether the first letter is none that begins a number, a formula or a space."""
    letters = _bytes_of(head)
    found: Flags = _PLAIN_FIRST[letters[:, 0]]
    left = np.flatnonzero(~found)
    first, second = letters[left, 0], letters[left, 1]
    angled = (first == 0xC2) & (second == 0xAB)  # «
    numero = (first == 0xE2) & (second == 0x84)  # №
    found[left] = angled | numero
    return found


_PLAIN_FIRST = np.zeros(256, np.bool_)
_PLAIN_FIRST[[*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC3, 0xE0), *b"\"'(#*?"]] = True


def _may_end_with_year(tail: Prints) -> Flags:
    """Whether the last four letters may be a year, as in "March 5, 2025"."""
    century = tail.view(np.uint16).reshape(-1, 4)[:, 2]
    before = _bytes_of(tail)[:, 3]
    found: Flags = (century == 0x3931) | (century == 0x3032)  # "19", "20"
    found &= (before < 0x30) | (before > 0x39)
    return found


def _ends_with_space(tail: Prints) -> Flags:
    """Whether the last letter may be a space of any kind."""
    letters = _bytes_of(tail)
    third = letters[:, 5]
    found: Flags = (letters[:, 7] <= 32) | (letters[:, 6] == 0xC2)
    found |= (third >= 0xE1) & (third <= 0xE3)
    return found


class _Known:
    """The first eight bytes of some words in any case, to be met in many cells at once."""

    def __init__(self, said: Iterable[str]) -> None:
        found = {int.from_bytes(each, "little") for word in said for each in _first_bytes(word)}
        self.all = np.array(sorted(found), np.uint64)
        self.slots = np.zeros(1 << 18, np.bool_)
        self.slots[self._slot(self.all)] = True

    def are_met(self, heads: Prints) -> Flags:
        met = self.slots[self._slot(heads)]
        places = np.flatnonzero(met)
        nearest = np.minimum(np.searchsorted(self.all, heads[places]), len(self.all) - 1)
        met[places] = self.all[nearest] == heads[places]
        return met

    @staticmethod
    def _slot(heads: Prints) -> Prints:
        return (heads * _ODD) >> np.uint64(46)


def _first_bytes(word: str) -> Iterator[bytes]:
    for letters in product(*({letter.lower(), letter.upper()} for letter in word[:8])):
        said = "".join(letters)
        for spaced in (said.replace(" ", " " * count) for count in range(1, 8)):
            yield spaced.encode()[:8]
        yield said.replace(" ", "\u00a0").encode()[:8]
        for mark in ".: " if len(said) == len(word) else "":
            yield (said + mark).encode()[:8]


@cache
def _silent() -> _Known:
    known = words()
    return _Known((*known.missing, *known.says_yes, *known.says_no))


@cache
def _totals() -> _Known:
    known = words()
    return _Known((*known.totals_begin, *known.totals))


def may_be_total(block: Block, column: int, name: str) -> Places:
    """Return which records may be named a total in this column, or have its name in it.

    In no order, and some of them twice.
    """
    starts, ends = block.starts[column], block.ends[column]
    named = np.flatnonzero(ends - starts == len(name.encode("utf-8", "replace")))
    worth = np.flatnonzero(_MAY_BEGIN_TOTAL[block.buffer[starts]])
    if not len(worth):
        return named
    starts, ends = starts[worth], ends[worth]
    wide = _wide(block.content)
    head = wide[starts] & _LOW[np.minimum(ends - starts, 8)]
    may_be = _MAY_BE_SPACE[_bytes_of(head)[:, 0]]
    for length in (5, 8):  # bytes: "total" is shorter than eight, and may go on
        may_be |= _totals().are_met(head & _LOW[length])
    final = wide[ends - 8] >> np.uint64(32)
    may_be |= (final == _LAST_OF_TOTALS[0]) | (final == _LAST_OF_TOTALS[1])
    return np.concatenate((named, worth[may_be]))


_MAY_BE_SPACE = np.zeros(256, np.bool_)
_MAY_BE_SPACE[[*range(9, 14), 32, 0xC2, 0xE1, 0xE2, 0xE3]] = True
_LAST_OF_TOTALS = [np.uint64(int.from_bytes(end.encode(), "little")) for end in ("ғы", "ны")]
_MAY_BEGIN_TOTAL = _MAY_BE_SPACE.copy()
_MAY_BEGIN_TOTAL[[*range(0xC3, 0xE0), *b"tTsSgG"]] = True
