"""Where the cells of many records stand in one buffer of UTF-8: found for all of them at once.

`mark_cells` does text whose records are plain: one line each, no quotes, nothing odd among
the bytes. It says None for any other, which `pack` lays out after the exact reader split it.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from aiqyn.subjects.datafile.columns_cells import UNSEEN
from aiqyn.subjects.datafile.csv_look import Look

PAD = 16  # bytes before and behind, so that words of eight bytes may reach over the edges
Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]

_NEWLINE, _TAB, _DELETE = 10, 9, 127
_LEADS = (0xC2, 0xE2, 0xEF)  # letters nobody sees begin with one of these bytes
_UNSEEN = (
    b"\xe2\x80\x8b", b"\xe2\x80\x8c", b"\xe2\x80\x8d", b"\xe2\x80\x8e", b"\xe2\x80\x8f",
    b"\xe2\x80\xaa", b"\xe2\x80\xab", b"\xe2\x80\xac", b"\xe2\x80\xad", b"\xe2\x80\xae",
    b"\xe2\x81\xa0", b"\xe2\x81\xa1", b"\xe2\x81\xa2", b"\xe2\x81\xa3", b"\xe2\x81\xa4",
    b"\xef\xbb\xbf", b"\xef\xbf\xbd",
)  # fmt: skip


class Block(Struct):
    """Cells of records that are as wide as the table: `starts[c, i]:ends[c, i]` of `content`."""

    content: bytes  # PAD zero bytes, the text, PAD zero bytes
    starts: Places
    ends: Places
    numbers: Places  # of the records, from 1 in this part
    records: int  # of the part, those left out included
    odd: list[tuple[int, list[str]]]  # records left out, blank or ragged: number and cells
    unseen: NDArray[np.bool_] | None = None  # cells with letters that cannot be seen or read

    @property
    def buffer(self) -> Bytes:
        return np.frombuffer(self.content, np.uint8)

    def cell(self, record: int, column: int) -> str:
        """Return what stands in one cell."""
        return self.content[self.starts[column, record] : self.ends[column, record]].decode()

    def cells(self, records: Places, column: int) -> list[str]:
        """Return what stands in cells of one column."""
        starts, ends = self.starts[column, records].tolist(), self.ends[column, records].tolist()
        content = self.content
        return [content[start:end].decode() for start, end in zip(starts, ends, strict=True)]

    def without(self, records: list[int]) -> "Block":
        """Return the block without some of its records."""
        return replace(
            self,
            starts=np.delete(self.starts, records, axis=1),
            ends=np.delete(self.ends, records, axis=1),
            numbers=np.delete(self.numbers, records),
            unseen=None if self.unseen is None else np.delete(self.unseen, records, axis=0),
        )


def mark_cells(text: bytes, look: Look) -> Block | None:
    """Return the cells of plain UTF-8 text made of whole lines; None where it is not plain."""
    if look.dialect.quote.encode() in text:
        return None
    plain = _with_newlines(text, look.line_end)
    if plain is None:
        return None
    content = b"".join((bytes(PAD), plain, bytes(PAD)))
    buffer = np.frombuffer(content, np.uint8)
    if not _is_seen(plain, buffer, look.dialect.delimiter):
        return None
    ends_line = buffer == _NEWLINE
    ends = np.flatnonzero(ends_line | (buffer == ord(look.dialect.delimiter)))
    starts = np.empty_like(ends)
    starts[:1] = PAD
    starts[1:] = ends[:-1] + 1
    return _shaped(content, starts, ends, np.flatnonzero(ends_line[ends]), look)


def _with_newlines(text: bytes, line_end: str) -> bytes | None:
    r"""Return the text with \n at the end of every line; None where lines end otherwise too."""
    if b"\r" not in text and line_end == "\n":
        return text if text.endswith(b"\n") else text + b"\n"
    returns, news = text.count(b"\r"), text.count(b"\n")
    both = text.count(b"\r\n")
    counts = {"\r\n": both, "\r": returns - both, "\n": news - both}
    counts.pop(line_end, None)
    if any(counts.values()):
        return None
    plain = text.replace(line_end.encode(), b"\n") if returns else text
    return plain if plain.endswith(b"\n") else plain + b"\n"


def _is_seen(text: bytes, buffer: Bytes, delimiter: str) -> bool:
    """Whether every letter is one that can be seen, and is UTF-8."""
    plain = np.count_nonzero(buffer == _NEWLINE)
    if delimiter == "\t":
        plain += np.count_nonzero(buffer == _TAB)
    if np.count_nonzero(buffer < 32) != plain + 2 * PAD or _DELETE in text:
        return False
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    if any(lead in text for lead in _LEADS[1:]) and any(mark in text for mark in _UNSEEN):
        return False
    second = np.flatnonzero(buffer == _LEADS[0]) + 1
    return not bool(np.any(buffer[second] < 0xA0))


def _shaped(content: bytes, starts: Places, ends: Places, lines: Places, look: Look) -> Block:
    """Lay cells out as records; `lines` are the places of cells that end one."""
    width, delimiter = look.width, look.dialect.delimiter
    records = len(lines)
    cells = np.diff(lines, prepend=-1)
    begins = starts[lines - cells + 1]
    said = ends[lines] - begins
    usual = (cells == width) & (said > width - 1)
    spaced = usual & _may_be_blank(content, begins, ends[lines])
    if spaced.any():
        for at in np.flatnonzero(spaced):
            usual[at] = not _is_blank_line(content[begins[at] : ends[lines[at]]])
    odd = [
        (int(at) + 1, content[begins[at] : ends[lines[at]]].decode().split(delimiter))
        for at in np.flatnonzero(~usual)
    ]
    if odd:
        kept = np.repeat(usual, cells)
        starts, ends = starts[kept], ends[kept]
    return Block(
        content=content,
        starts=_by_column(starts, width),
        ends=_by_column(ends, width),
        numbers=np.flatnonzero(usual) + 1,
        records=records,
        odd=odd,
    )


def _by_column(places: Places, width: int) -> Places:
    """Return places that follow each other in a text, a row for every column."""
    return np.ascontiguousarray(places.reshape(-1, width).T)


def _may_be_blank(content: bytes, begins: Places, ends: Places) -> NDArray[np.bool_]:
    buffer = np.frombuffer(content, np.uint8)
    first, last = buffer[begins], buffer[ends - 1]
    return _IS_EDGE[first] & _IS_EDGE[last]


_IS_EDGE = np.zeros(256, np.bool_)
_IS_EDGE[[9, 32, *b",;|", 0xC2, 0xE1, 0xE2, 0xE3, *range(0x80, 0xC0)]] = True


def _is_blank_line(line: bytes) -> bool:
    return not line.decode().translate(_NO_DELIMITERS).strip()


_NO_DELIMITERS = dict.fromkeys(map(ord, ",;|\t"))


def pack(rows: Sequence[Sequence[str]], numbers: Sequence[int], width: int) -> Block:
    """Lay out records that were split otherwise."""
    texts = [cell for row in rows for cell in row]
    cells = [text.encode("utf-8", "replace") for text in texts]
    lengths = np.fromiter(map(len, cells), np.int64, len(cells))
    ends = np.cumsum(lengths) + PAD
    unseen = [UNSEEN.search(text) is not None for text in texts]
    return Block(
        content=b"".join((bytes(PAD), *cells, bytes(PAD))),
        starts=_by_column(ends - lengths, width),
        ends=_by_column(ends, width),
        numbers=np.array(numbers, np.int64),
        records=0,
        odd=[],
        unseen=np.array(unseen, np.bool_).reshape(-1, width) if any(unseen) else None,
    )
