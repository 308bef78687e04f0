"""Streams inside an OLE container (old DOC, XLS, PPT), read from its bytes and bounded by them.

[MS-CFB] as published: sectors, a table of chains, a directory, and a stream of small sectors.
"""

import struct
from array import array
from functools import cached_property

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 4_096  # of the directory; an office file has a few dozen
_ENTRY = 128
_HEAD = 512
_LAST = 0xFFFFFFFA  # sector numbers from here on are marks
_ROOT, _STREAM = 5, 2  # kinds of entries


class Damaged(Exception):
    """The bytes are no container, or one that leads in circles or out of the file."""


class Compound:
    """One container; nothing is read before it is asked for. Raises Damaged when it cannot be."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEAD or not content.startswith(MAGIC):
            raise Damaged
        self.content = content
        powers = struct.unpack_from("<HH", content, 30)
        if powers not in ((9, 6), (12, 6)):
            raise Damaged
        self.size, self.small_size = 1 << powers[0], 1 << powers[1]
        self.most = len(content) // self.size + 1  # sectors

    def _number(self, at: int) -> int:
        number: int = struct.unpack_from("<I", self.content, at)[0]
        return number

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.content):
            raise Damaged
        return self.content[start : start + self.size]

    @cached_property
    def _table(self) -> "array[int]":
        """The next sector of every sector."""
        listed = [each for each in struct.unpack_from("<109I", self.content, 76) if each < _LAST]
        more = self._number(68)
        for _ in range(self.most):
            if more >= _LAST:
                break
            sector = self._sector(more)
            if len(sector) < self.size:  # cut off, so where the next one is was lost
                raise Damaged
            *numbers, more = _numbers(sector)
            listed += [each for each in numbers if each < _LAST]
        if len(listed) > self.most:
            raise Damaged
        return _numbers(b"".join(map(self._sector, listed)))

    def _chain(self, first: int, table: "array[int]", most: int) -> list[int]:
        found: list[int] = []
        while first < _LAST:
            if first >= len(table) or len(found) >= most:
                raise Damaged
            found.append(first)
            first = table[first]
        return found

    def _joined(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self._table, self.most)))

    @cached_property
    def _entries(self) -> dict[str, tuple[int, int, int]]:
        """Kind, first sector and bytes of every stream, by its name."""
        listed = self._joined(self._number(48))
        found: dict[str, tuple[int, int, int]] = {}
        for at in range(0, min(len(listed), MOST_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            long, kind = struct.unpack_from("<HB", listed, at + 64)
            name = listed[at : at + max(min(long, 64) - 2, 0)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", listed, at + 116)
            if kind in (_ROOT, _STREAM):
                found.setdefault("" if kind == _ROOT else name, (kind, first, size))
        return found

    @cached_property
    def _small(self) -> tuple[bytes, "array[int]"]:
        """The stream that holds the small sectors, and the next of each of them."""
        _, first, size = self._entries.get("", (_ROOT, _LAST, 0))
        return self._joined(first)[:size], _numbers(self._joined(self._number(60)))

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; none when there is no such stream."""
        if name not in self._entries:
            return b""
        _, first, size = self._entries[name]
        if size >= self._number(56):
            return self._joined(first)[:size]
        small, table = self._small
        chain = self._chain(first, table, len(small) // self.small_size + 1)
        starts = (each * self.small_size for each in chain)
        return b"".join(small[at : at + self.small_size] for at in starts)[:size]


def _numbers(content: bytes) -> "array[int]":
    return array("I", struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
