"""Streams of an OLE container: what an old or an encrypted office file is, and if it is whole."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_SECTORS = 64  # of the directory; an office file has one to five
_ENTRY = 128
_FIRST = 512  # bytes of a workbook among which its password stands
_PASSWORD = 0x2F  # the record FilePass
_LONG = 4096  # bytes of a stream from which it has sectors of its own
_STREAM = 2  # the kind of an entry that has bytes of its own
_LOCKED = 0x01  # of the second byte of the flags of a text
_LAST = 0xFFFFFFFA  # sector numbers from here on are marks


def is_container(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8) == MAGIC


def streams(path: Path) -> dict[str, int]:
    """Return the streams in the container's directory and where in the file they begin."""
    return {name: begin for name, begin, _ in _listed(path)}


def is_cut(path: Path) -> bool:
    """Whether the file ends before its directory, its tables, or one of its longer streams."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(512)
    long = [(begin, count) for _, begin, count in _listed(path) if count >= _LONG]
    if len(head) < 512 or not streams(path):
        return True
    sector = _sector(head)
    tables = (each for each in struct.unpack_from("<109I", head, 76) if each < _LAST)
    return (
        any((each + 2) * sector > size for each in tables)
        or any(begin >= size for begin, _ in long)
        or sum(count for _, count in long) > size
    )


def is_locked_text(path: Path) -> bool:
    """Whether an old text document says in its first bytes that it has a password."""
    with path.open("rb") as file:
        file.seek(streams(path).get("WordDocument", 0))
        content = file.read(12)
    return len(content) == 12 and bool(content[11] & _LOCKED)


def _sector(head: bytes) -> int:
    """Return the bytes of a sector."""
    power: int = struct.unpack_from("<H", head, 30)[0]
    return 1 << min(power, 16)


def _listed(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield the name of every stream, the byte at which it begins, and how many it has."""
    with path.open("rb") as file:
        head = file.read(512)
        if len(head) < 512:
            return
        size = _sector(head)
        for sector in _chain(file, head, size):
            file.seek((sector + 1) * size)
            content = file.read(size)
            for at in range(0, len(content), _ENTRY):
                entry = content[at : at + _ENTRY]
                if name := _name(entry):
                    begin, count = struct.unpack_from("<II", entry, 116)
                    is_stream = entry[66] == _STREAM
                    yield name, (begin + 1) * size, count if is_stream else 0


def is_locked(path: Path) -> bool:
    """Whether an old workbook says among its first records that it has a password."""
    begin = streams(path).get("Workbook", 0)
    with path.open("rb") as file:
        file.seek(begin)
        content = file.read(_FIRST)
    at = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _PASSWORD:
            return True
        at += 4 + length
    return False


def _chain(file: BinaryIO, head: bytes, size: int) -> Iterator[int]:
    """Yield the sectors of the directory in their order."""
    tables = struct.unpack_from("<109I", head, 76)
    sector = struct.unpack_from("<I", head, 48)[0]
    for _ in range(MOST_SECTORS):
        if sector >= _LAST:
            return
        yield sector
        which, at = divmod(sector * 4, size)
        if which >= len(tables) or tables[which] >= _LAST:
            return
        file.seek((tables[which] + 1) * size + at)
        told = file.read(4)
        if len(told) < 4:
            return
        sector = struct.unpack("<I", told)[0]


def _name(entry: bytes) -> str:
    if len(entry) < _ENTRY:
        return ""
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
