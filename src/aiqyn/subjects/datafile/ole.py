"""Names of the streams in an OLE container: what an old or an encrypted office file is."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_SECTORS = 64  # of the directory; an office file has one to five
_ENTRY = 128
_FIRST = 512  # bytes of a workbook among which its password stands
_PASSWORD = 0x2F  # the record FilePass
_LAST = 0xFFFFFFFA  # sector numbers from here on are marks


def is_container(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8) == MAGIC


def streams(path: Path) -> dict[str, int]:
    """Return the streams in the container's directory and where in the file they begin."""
    with path.open("rb") as file:
        head = file.read(512)
        if len(head) < 512:
            return {}
        size = 1 << min(struct.unpack_from("<H", head, 30)[0], 16)
        found: dict[str, int] = {}
        for sector in _chain(file, head, size):
            file.seek((sector + 1) * size)
            content = file.read(size)
            entries = (content[at : at + _ENTRY] for at in range(0, len(content), _ENTRY))
            for entry in filter(_name, entries):
                found[_name(entry)] = (struct.unpack_from("<I", entry, 116)[0] + 1) * size
        return found


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
