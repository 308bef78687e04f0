"""The text of a Word document: of 1997 to 2003 by its table of pieces ([MS-DOC]), of Word 6 and 95.

Those two keep the whole text in one run of one byte a letter and do not name the code page:
where most of the letters are Cyrillic in windows-1251, that is what it is. Of a document
they saved in pieces ("quick save") nothing is said.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from aiqyn.subjects.compound import Compound, Damaged
from aiqyn.subjects.old_text import MOST_READ, OldText, old_text

MOST_PIECES = 100_000

_WORD, _WORD_6 = 0xA5EC, 0xA5DC
_OLDEST = 0xC1  # the version from which letters outside Latin are Unicode
_WORDS_6 = range(0x65, 0x6A)  # versions of Word 6 and 95
_IN_PIECES, _LOCKED, _OTHER_TABLE = 0x0004, 0x0100, 0x0200  # of the flags
_LETTERS, _CLX = 0x4C, 0x1A2  # where it stands how many letters there are, and the pieces
_TEXT_6, _LETTERS_6 = 0x18, 0x34  # where the text of Word 6 begins, and how long it is
_NARROW = 0x40000000  # a piece with one byte a letter
_SETTINGS, _PIECES = 1, 2

# A field is its instruction, a mark, and what of it is shown.
_FIELD = re.compile("\x13[^\x13\x14\x15]*+(?:\x14([^\x13\x14\x15]*+))?\x15")
_MOST_NESTED = 5
_BREAKS = {0x07: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x1E: "-", 0xA0: " "}
_SEEN = str.maketrans({**dict.fromkeys((*range(9), *range(14, 32)), ""), **_BREAKS})
_PICTURE = re.compile("[\x01\x08]")


class Piece(NamedTuple):
    """A run of letters: how many, where their bytes begin, and if each is one byte."""

    letters: int
    at: int
    is_narrow: bool


def read(content: bytes) -> OldText:
    """Return what `content` holds; never raises for what is wrong with it."""
    try:
        return _read(Compound(content))
    except (Damaged, struct.error, ValueError, IndexError, OverflowError):
        return OldText()


def _read(container: Compound) -> OldText:
    main = container.stream("WordDocument")
    kind, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 10)
    is_6 = kind == _WORD_6 and version in _WORDS_6
    if not is_6 and (kind != _WORD or version < _OLDEST):
        return OldText()
    if flags & _LOCKED:
        return OldText(is_locked=True)
    if is_6:
        return OldText() if flags & _IN_PIECES else _told(_text_6(main))
    table = container.stream("1Table" if flags & _OTHER_TABLE else "0Table")
    at, size = struct.unpack_from("<II", main, _CLX)
    (letters,) = struct.unpack_from("<I", main, _LETTERS)
    return _told(_text(main, _pieces(table[at : at + size]), min(letters, MOST_READ)))


def _told(text: str) -> OldText:
    return old_text(_shown(text), has_pictures=bool(_PICTURE.search(text)))


def _text_6(main: bytes) -> str:
    (at,) = struct.unpack_from("<I", main, _TEXT_6)
    (letters,) = struct.unpack_from("<I", main, _LETTERS_6)
    content = main[at : at + min(letters, MOST_READ)]
    if len(content) < min(letters, MOST_READ):
        raise Damaged
    others = sum(byte > 0x7F for byte in content)
    is_cyrillic = sum(byte >= 0xC0 for byte in content) * 2 > others
    return content.decode("cp1251" if is_cyrillic else "cp1252", "replace")


def _pieces(listed: bytes) -> Iterator[Piece]:
    """Yield the pieces in the order of the text, after whatever settings stand before them."""
    at = 0
    while listed[at] == _SETTINGS if at < len(listed) else False:
        at += 3 + int(struct.unpack_from("<H", listed, at + 1)[0])
    kind, size = struct.unpack_from("<BI", listed, at)
    count = (size - 4) // 12
    if kind != _PIECES or not 0 < count <= MOST_PIECES:
        raise Damaged
    places = struct.unpack_from(f"<{count + 1}I", listed, at + 5)
    for number in range(count):
        where = at + 5 + (count + 1) * 4 + number * 8 + 2
        (start,) = struct.unpack_from("<I", listed, where)
        letters = places[number + 1] - places[number]
        is_narrow = bool(start & _NARROW)
        start &= _NARROW - 1
        yield Piece(letters, start // 2 if is_narrow else start, is_narrow)


def _text(main: bytes, pieces: Iterator[Piece], most: int) -> str:
    parts: list[str] = []
    left = most
    for piece in pieces:
        taken = min(piece.letters, left)
        if taken < 0:
            raise Damaged
        width, name = (1, "cp1252") if piece.is_narrow else (2, "utf-16-le")
        content = main[piece.at : piece.at + taken * width]
        if len(content) < taken * width:
            raise Damaged
        parts.append(content.decode(name, "replace"))
        left -= taken
    return "".join(parts)


def _shown(text: str) -> str:
    """Return what a reader sees: no instructions of fields, no marks."""
    for _ in range(_MOST_NESTED):
        text, changed = _FIELD.subn(lambda field: field[1] or "", text)
        if not changed:
            break
    return text.translate(_SEEN).strip()
