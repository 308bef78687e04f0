"""The words of an Excel workbook of 1995 to 2003, from its table of strings ([MS-XLS]).

Cells of one byte a letter (Excel 5 and 95) are read in the code page the workbook names.
Of an encrypted workbook is said that it is locked, where Excel does not open it by itself.
"""

import struct
from collections.abc import Iterator
from itertools import islice

from aiqyn.subjects.compound import Compound, Damaged
from aiqyn.subjects.old_locks import asks_for_password
from aiqyn.subjects.old_text import MOST_PIECES, MOST_READ, OldText, old_text

MOST_BYTES = 24_000_000  # of the workbook looked through

_BEGIN, _STRINGS, _MORE, _CODE_PAGE, _ENCRYPTED = 0x809, 0xFC, 0x3C, 0x42, 0x2F
_LABELS = frozenset({0x204, 0xD6})  # cells that hold their own text
_FIGURES = frozenset({0x203, 0x27E, 0xBD, 0x06})
_DRAWINGS = 0xEB
_UNICODE = 0x600  # the version from which letters are Unicode
_WIDE, _PHONETIC, _RICH = 1, 4, 8  # flags of a string
_PICTURES = (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n")
_ODD_PAGES = {0x8000: "mac_roman", 0x8001: "cp1252", 1200: "cp1252"}


def read(content: bytes) -> OldText:
    """Return what `content` holds; never raises for what is wrong with it."""
    try:
        container = Compound(content)
        book = container.stream("Workbook") or container.stream("Book")
        return _read(book[:MOST_BYTES])
    except (Damaged, struct.error, ValueError, IndexError, OverflowError, LookupError):
        return OldText()


def _read(book: bytes) -> OldText:
    book_read = _Book()
    records = _records(book)
    for kind, content in islice(records, MOST_PIECES):
        if kind == _ENCRYPTED:
            return OldText(is_locked=asks_for_password(content) is True)
        book_read.take(kind, content)
        if book_read.length > MOST_READ:
            break
    if not book_read.version:
        return OldText()
    words = "\n".join([*book_read.shared(), *book_read.own])
    return old_text(
        words,
        figures=book_read.figures,
        has_pictures=book_read.has_pictures,
        is_whole=next(records, None) is None,
    )


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


class _Book:
    def __init__(self) -> None:
        self.version = 0
        self.code_page = "cp1252"
        self.blocks: list[bytes] = []  # of the table of strings
        self.is_table = False  # whether the last record was of that table
        self.own: list[str] = []
        self.length = 0
        self.figures = 0
        self.has_pictures = False

    def take(self, kind: int, content: bytes) -> None:
        if kind == _STRINGS or (kind == _MORE and self.is_table):
            self.blocks.append(content)
            self.length += len(content) // 2
        elif kind in _LABELS:
            self.own.append(self._label(content))
            self.length += len(self.own[-1])
        elif kind in _FIGURES:
            self.figures += 1
        else:
            self._setting(kind, content)
        self.is_table = kind == _STRINGS or (kind == _MORE and self.is_table)

    def _setting(self, kind: int, content: bytes) -> None:
        if kind == _BEGIN and not self.version:
            (self.version,) = struct.unpack_from("<H", content)
        elif kind == _CODE_PAGE:
            (number,) = struct.unpack_from("<H", content)
            self.code_page = _ODD_PAGES.get(number, f"cp{number}")
        elif kind == _DRAWINGS:
            self.has_pictures = any(mark in content for mark in _PICTURES)

    def _label(self, content: bytes) -> str:
        (size,) = struct.unpack_from("<H", content, 6)
        if self.version < _UNICODE:
            return content[8 : 8 + size].decode(self.code_page, "replace")
        is_wide = content[8] & _WIDE
        name = "utf-16-le" if is_wide else "latin-1"
        return content[9 : 9 + size * (1 + is_wide)].decode(name, "replace")

    def shared(self) -> Iterator[str]:
        """Yield the strings that cells share, in the order they were written."""
        if self.blocks:
            count = int(struct.unpack_from("<I", self.blocks[0], 4)[0])
            strings = _Strings(self.blocks)
            for _ in range(min(count, MOST_READ)):
                if strings.is_over:
                    break
                yield strings.next()


class _Strings:
    """The table of strings, which runs on over several records; each may change the width."""

    def __init__(self, blocks: list[bytes]) -> None:
        self.blocks = blocks
        self.block = 0
        self.at = 8  # after two counts

    @property
    def is_over(self) -> bool:
        return self.block >= len(self.blocks) - 1 and self.at >= len(self.blocks[-1])

    def next(self) -> str:
        self._turn()
        size, flags = struct.unpack_from("<HB", self.blocks[self.block], self.at)
        self.at += 3
        beyond = 0
        if flags & _RICH:
            beyond += 4 * self._number("<H")
        if flags & _PHONETIC:
            beyond += self._number("<I")
        text = "".join(self._letters(size, flags & _WIDE))
        self._pass_over(beyond)
        return text

    def _number(self, form: str) -> int:
        number = int(struct.unpack_from(form, self.blocks[self.block], self.at)[0])
        self.at += struct.calcsize(form)
        return number

    def _turn(self) -> None:
        """Go on to the next record at the end of one. Raises IndexError after the last."""
        while self.at >= len(self.blocks[self.block]):
            self.at -= len(self.blocks[self.block])
            self.block += 1

    def _letters(self, size: int, is_wide: int) -> Iterator[str]:
        while True:
            width = 2 if is_wide else 1
            block = self.blocks[self.block]
            taken = min(size, (len(block) - self.at) // width)
            part = block[self.at : self.at + taken * width]
            yield part.decode("utf-16-le" if is_wide else "latin-1", "replace")
            self.at += taken * width
            size -= taken
            if not size:
                return
            self.block += 1
            is_wide, self.at = self.blocks[self.block][0] & _WIDE, 1

    def _pass_over(self, size: int) -> None:
        self.at += size
        if self.block < len(self.blocks) - 1 and self.at >= len(self.blocks[self.block]):
            self._turn()
