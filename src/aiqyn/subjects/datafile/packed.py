"""Members of a ZIP, unpacked no further than they deserve; and the names they have."""

import lzma
import struct
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol
from zipfile import BadZipFile, ZipFile, ZipInfo

from aiqyn.subjects.datafile.limits import Limits

PIECE = 1 << 18  # bytes unpacked at a time
DAMAGE = (  # what reading a damaged, locked or hostile archive raises
    BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, KeyError,
    OverflowError, zlib.error, lzma.LZMAError, struct.error,
)  # fmt: skip
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LINK = 0o120000


class Readable(Protocol):
    """What bytes can be read from, piece by piece."""

    def read(self, size: int, /) -> bytes: ...


class Bomb(Exception):
    """Something unpacks to more than our limits, or to absurdly more than it is packed."""


class Budget:
    """What may still be unpacked of one file, with everything packed inside it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.unpacked

    def pieces(self, unpacking: Readable, packed: int) -> Iterator[bytes]:
        """Yield what `unpacking` gives; raises Bomb. `packed` is its packed size in bytes."""
        size = 0
        most = max(self.limits.trusted, packed * self.limits.ratio)
        while piece := unpacking.read(PIECE):
            size += len(piece)
            self.left -= len(piece)
            if size > most or self.left < 0:
                raise Bomb
            yield piece

    def member(self, package: ZipFile, info: ZipInfo) -> bytes:
        """Return one member whole; raises Bomb, or one of DAMAGE."""
        with package.open(info) as file:
            return b"".join(self.pieces(file, info.compress_size))


def is_encrypted(info: ZipInfo) -> bool:
    return bool(info.flag_bits & _ENCRYPTED)


def is_unsafe(info: ZipInfo) -> bool:
    """Whether the member is a link, or its path leads out of the archive."""
    raw = info.orig_filename.replace("\\", "/")
    path = PurePosixPath(raw)
    is_link = (info.external_attr >> 16) & 0o170000 == _LINK
    return is_link or path.is_absolute() or ".." in path.parts or raw[1:2] == ":"


def name_of(info: ZipInfo) -> tuple[str, bool]:
    """Return the member's name, and whether its letters had to be guessed.

    A name without the mark of UTF-8 is UTF-8 all the same, or was written by a Russian DOS.
    """
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename, False
    raw = info.filename.encode("cp437", "replace")
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return raw.decode("cp866", "replace"), True
