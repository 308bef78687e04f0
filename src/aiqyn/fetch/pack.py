"""Many small pieces of evidence in one file that is only ever added to.

A record is MAGIC, the SHA-256 of what was packed (32 bytes), the length of the
packed bytes (4, big-endian) and those bytes. A record is one write; the torn last
one of a killed process is cut off by the next writer and not seen by readers.
"""

import os
import struct
import weakref
from pathlib import Path

from aiqyn.errors import EvidenceError

MAGIC = b"AQ1\n"
HEAD = struct.Struct(">4s32sI")


class Pack:
    """One pack file. Any number of readers, one writer.

    Methods raise EvidenceError with the place where a record should begin and does not.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, tuple[int, int]] = {}  # offset and length by digest
        self._end = 0  # of the last whole record known
        self._file: int | None = None  # open for writing

    def __contains__(self, sha256: str) -> bool:
        if sha256 not in self._places and self._file is None:
            self._look_further()
        return sha256 in self._places

    def knows(self, sha256: str) -> bool:
        """Whether it is known to be packed, without looking further."""
        return sha256 in self._places

    def read(self, sha256: str) -> bytes:
        """Return what is packed under the digest. Raises FileNotFoundError when nothing is."""
        if sha256 not in self:
            raise FileNotFoundError(sha256)
        offset, length = self._places[sha256]
        file = os.open(self.path, os.O_RDONLY)  # a file object costs four times as much
        try:
            return os.pread(file, length, offset)
        finally:
            os.close(file)

    def add(self, sha256: str, content: bytes) -> None:
        """Add one record."""
        if self._file is None:
            self._file = self._opened()
        record = HEAD.pack(MAGIC, bytes.fromhex(sha256), len(content)) + content
        write_all(self._file, record)
        self._places[sha256] = (self._end + HEAD.size, len(content))
        self._end += len(record)

    def _opened(self) -> int:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        weakref.finalize(self, os.close, file)
        self._look_further()
        os.ftruncate(file, self._end)
        return file

    def _look_further(self) -> None:
        """Learn the records after the last one known."""
        try:
            file = os.open(self.path, os.O_RDONLY)
        except FileNotFoundError:
            return
        try:
            size = os.fstat(file).st_size
            while self._end + HEAD.size <= size:
                magic, digest, length = HEAD.unpack(os.pread(file, HEAD.size, self._end))
                if magic != MAGIC:
                    raise EvidenceError(f"{self.path}: no record at byte {self._end}")
                if self._end + HEAD.size + length > size:
                    return
                self._places[digest.hex()] = (self._end + HEAD.size, length)
                self._end += HEAD.size + length
        finally:
            os.close(file)


def write_all(file: int, content: bytes) -> None:
    """Add `content` to the end of `file`, which has one writer: all of it or nothing.

    Raises OSError where only a part of it found room; that part goes before more is added.
    """
    before = os.fstat(file).st_size
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[os.write(file, rest) :]
    except OSError:
        os.ftruncate(file, before)
        raise
