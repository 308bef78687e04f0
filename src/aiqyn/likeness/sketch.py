"""The short print of a text by which its copies are looked up: keys that copies share.

MinHash: each of the numbers below is the least of the hashes of a text's words, so that two
texts agree in it as often as they share words. Several numbers together are one band; texts
that agree in all numbers of a band have the same key of that band.
"""

import hashlib
import struct
from array import array
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from aiqyn.likeness.reading import Reading

BITS = 64
STEM = 5  # letters of a word that are hashed: endings differ
_ALL = (1 << BITS) - 1


class Banding(Struct, frozen=True):
    """How many keys a text has, and of how many numbers each is made."""

    bands: int
    rows: int


WIDE = Banding(64, 4)  # among everything: texts that share half their words meet 98 times in 100
NARROW = Banding(16, 2)  # among what was said of one subject: few keys, for a table


def keys(reading: Reading, banding: Banding = WIDE, scope: str = "") -> tuple[int, ...]:
    """Return the keys of a text, signed numbers of 64 bits, the same on every machine.

    Texts are looked up within one `scope`: keys of different scopes are different.
    """
    hashed = {word[:STEM]: None for word in reading.content}
    if not hashed:
        return ()
    least = list(map(min, zip(*(_hashes(word, banding) for word in hashed), strict=True)))
    salt = _hash(f"\n{scope}")
    rows = banding.rows
    return tuple(
        _signed(_mixed(salt + band, least[band * rows : band * rows + rows]))
        for band in range(banding.bands)
    )


def packed(numbers: Sequence[int]) -> bytes:
    """Return keys as bytes, eight for each."""
    return struct.pack(f">{len(numbers)}q", *numbers)


def unpacked(content: bytes) -> tuple[int, ...]:
    """Return the keys of `packed` bytes; raises ValueError for bytes of another make."""
    if len(content) % 8:
        raise ValueError(f"{len(content)} bytes are no whole number of keys")
    return struct.unpack(f">{len(content) // 8}q", content)


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


@lru_cache(maxsize=16_384)
def _hashes(word: str, banding: Banding) -> "array[int]":
    """Return what one word is in each of the numbers; words come again and again."""
    number = _hash(word)
    return array("Q", [number * factor & _ALL for factor in _factors(banding)])


@lru_cache(maxsize=8)
def _factors(banding: Banding) -> tuple[int, ...]:
    count = banding.bands * banding.rows
    return tuple(_hash(f"{banding.rows} {number}") | 1 for number in range(count))


def _mixed(salt: int, numbers: list[int]) -> int:
    mixed = salt & _ALL
    for number in numbers:
        mixed = (mixed ^ number) * 0x9E3779B97F4A7C15 & _ALL
        mixed ^= mixed >> 29
    return mixed


def _signed(number: int) -> int:
    return number - _ALL - 1 if number >> (BITS - 1) else number
