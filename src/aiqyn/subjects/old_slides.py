"""The words of a PowerPoint presentation of 1997 to 2003, from its records ([MS-PPT]).

Words of slides alone are read, not those of masters, notes or handouts. A presentation that
was saved bit by bit keeps the words of slides that are gone: of such a one nothing is said.
"""

import struct
from collections.abc import Iterator

from aiqyn.subjects.compound import Compound, Damaged
from aiqyn.subjects.old_text import MOST_PIECES, MOST_READ, OldText, old_text

_DOCUMENT, _SLIDE, _LISTED = 1000, 1006, 4080  # containers whose words are those of slides
_WIDE, _NARROW = 4000, 4008  # text of two bytes a letter, of one
_SAVED = 4085  # written with every saving
_ENCRYPTED = 0xF3D1C4DF
_CONTAINER = 0xF
_MOST_DEEP = 30
_OPEN = frozenset({_DOCUMENT, _SLIDE, 1036, 0xF002, 0xF003, 0xF004, 0xF00D})
_BREAKS = str.maketrans({0x0B: "\n", 0x0D: "\n", 0xA0: " ", 0: None})


def read(content: bytes) -> OldText:
    """Return what `content` holds; never raises for what is wrong with it."""
    try:
        return _read(Compound(content))
    except (Damaged, struct.error, ValueError, IndexError, OverflowError):
        return OldText()


def _read(container: Compound) -> OldText:
    (token,) = struct.unpack_from("<I", container.stream("Current User"), 12)
    if token == _ENCRYPTED:
        return OldText(is_locked=True)
    stream = container.stream("PowerPoint Document")
    slides = _Slides()
    slides.walk(stream, 0, len(stream), 0)
    if slides.saved != 1 or not slides.has_document:
        return OldText()
    return old_text(
        "\n".join(slides.parts).translate(_BREAKS).strip(),
        has_pictures=bool(container.stream("Pictures")),
        is_whole=slides.left > 0,
    )


class _Slides:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.saved = 0
        self.has_document = False
        self.left = MOST_PIECES  # records that may still be looked at

    def walk(self, stream: bytes, at: int, end: int, deep: int) -> None:
        for head, kind, start, stop in self._records(stream, at, end):
            self.saved += kind == _SAVED
            self.has_document |= kind == _DOCUMENT
            if kind in (_WIDE, _NARROW) and deep:
                name = "utf-16-le" if kind == _WIDE else "latin-1"
                self.parts.append(stream[start:stop].decode(name, "replace"))
                self.length += len(self.parts[-1])
            elif self._is_of_slides(head, kind) and deep < _MOST_DEEP:
                self.walk(stream, start, stop, deep + 1)

    def _records(self, stream: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        while at + 8 <= end and self.left > 0 and self.length < MOST_READ:
            self.left -= 1
            head, kind, size = struct.unpack_from("<HHI", stream, at)
            at += 8
            yield head, kind, at, min(at + size, end)
            at += size

    @staticmethod
    def _is_of_slides(head: int, kind: int) -> bool:
        if head & 0xF != _CONTAINER:
            return False
        return kind in _OPEN or (kind == _LISTED and head >> 4 == 0)
