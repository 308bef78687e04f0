"""Where the cells of many records stand in one buffer of UTF-8: found for all of them at once.

`mark_cells` does text whose records are plain: one line each, no quotes, nothing odd among
the bytes. It says None for any other, which `pack` lays out after the exact reader split it.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from aiqyn.subjects.datafile.columns_cells import UNSEEN
from aiqyn.subjects.datafile.csv_look import Look
from aiqyn.subjects.datafile.csv_signs import signs_in
from aiqyn.subjects.datafile.profile_header import reach

STEP = 256 << 10  # bytes looked at together: they stay in the cache of the processor
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
    """Cells of records, `Look.cells` of each: `starts[c, i]:ends[c, i]` of `content`."""

    content: bytes  # PAD zero bytes, the text, PAD zero bytes
    starts: Places
    ends: Places
    numbers: Places  # of the records, from 1 in this part
    records: int  # of the part, those left out included
    odd: list[tuple[int, list[str]]]  # records left out, blank or ragged: number and cells
    unseen: NDArray[np.bool_] | None = None  # cells with letters that cannot be seen or read
    is_as_written: bool = False  # the text stands so in the file, byte by byte
    signs: Places = field(default_factory=lambda: np.zeros(0, np.int64))  # bytes of `content`
    signed_records: Places | None = None  # where these stand, once that was asked for

    @property
    def buffer(self) -> Bytes:
        return np.frombuffer(self.content, np.uint8)

    def cell(self, record: int, column: int) -> str:
        """Return what stands in one cell."""
        return self.content[self.starts[column, record] : self.ends[column, record]].decode()

    def cells(self, records: Places, column: int) -> list[str]:
        """Return what stands in cells of one column."""
        return [cell.decode() for cell in self.written(records, column)]

    def written(self, records: Places, column: int) -> list[bytes]:
        """Return the same as bytes."""
        starts, ends = self.starts[column, records].tolist(), self.ends[column, records].tolist()
        content = self.content
        return [content[start:end] for start, end in zip(starts, ends, strict=True)]

    def signed(self, column: int) -> Places:
        """Return the records with a sign of personal data in this column, some of them twice."""
        if self.signed_records is None:
            at = np.searchsorted(self.starts[0], self.signs, side="right") - 1
            self.signs = self.signs[at >= 0]
            self.signed_records = at[at >= 0]
        at = self.signed_records
        is_inside = self.signs < self.ends[column, at]
        is_inside &= self.signs >= self.starts[column, at]
        found: Places = at[is_inside]
        return found

    def without(self, records: list[int]) -> "Block":
        """Return the block without some of its records."""
        return replace(
            self,
            starts=np.delete(self.starts, records, axis=1),
            ends=np.delete(self.ends, records, axis=1),
            numbers=np.delete(self.numbers, records),
            unseen=None if self.unseen is None else np.delete(self.unseen, records, axis=0),
            signed_records=None,
        )


def mark_cells(text: bytes, look: Look) -> Block | None:
    """Return the cells of plain UTF-8 text made of whole lines; None where it is not plain."""
    if look.dialect.quote.encode() in text:
        return None
    plain = _with_newlines(text, look.line_end)
    if plain is None:
        return None
    if not _is_seen(plain) or not (_is_of_pairs(plain) or _decodes(plain)):
        return None
    content = b"".join((bytes(PAD), plain, bytes(PAD)))
    buffer = np.frombuffer(content, np.uint8)
    ends = _marks(buffer, ord(look.dialect.delimiter))
    if ends is None:
        return None
    block = _shaped(content, ends, np.flatnonzero(buffer[ends] == _NEWLINE), look)
    block.is_as_written = look.encoding.name == "utf-8" and b"\r" not in text
    return block


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


def _is_seen(text: bytes) -> bool:
    """Whether every letter can be seen; control characters below the space are told later."""
    if _DELETE in text:
        return False
    if text.isascii():
        return True
    if any(lead in text for lead in _LEADS[1:]) and any(mark in text for mark in _UNSEEN):
        return False
    if _LEADS[0] not in text:
        return True
    buffer = np.frombuffer(text, np.uint8)
    second = buffer[np.flatnonzero(buffer[:-1] == _LEADS[0]) + 1]
    return not bool(np.any(second < 0xA0))


def _is_of_pairs(text: bytes) -> bool:
    """Whether it is UTF-8 with letters of one or two bytes alone, as Cyrillic is."""
    if text.isascii():
        return True
    if 0xC0 in text or 0xC1 in text:
        return False
    buffer = np.frombuffer(text, np.uint8)
    if buffer[0] & 0xC0 == 0x80:
        return False
    for begun in range(0, len(buffer), STEP):
        part = buffer[begun : begun + STEP]
        after = buffer[begun + 1 : begun + 1 + STEP].view(np.int8)
        leads = part[: len(after)] >= 0xC0
        if part.max() >= 0xE0 or (leads != (after < -0x40)).any():
            return False
    return bool(buffer[-1] < 0xC0)


def _decodes(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _marks(buffer: Bytes, delimiter: int) -> Places | None:
    """Return where cells end; None where a control character stands among them."""
    found = []
    for begun in range(PAD, len(buffer) - PAD, STEP):
        part = buffer[begun : min(begun + STEP, len(buffer) - PAD)]
        is_end = part == _NEWLINE
        lines = np.count_nonzero(is_end)
        is_end |= part == delimiter
        ends = np.flatnonzero(is_end)
        if np.count_nonzero(part < 32) != (len(ends) if delimiter == _TAB else lines):
            return None
        ends += begun
        found.append(ends)
    return np.concatenate(found)


def _shaped(content: bytes, ends: Places, lines: Places, look: Look) -> Block:
    """Lay cells out as records: a cell begins behind the end of the one before it.

    `lines` are the places in `ends` of cells that end a record.
    """
    width, delimiter = look.width, look.dialect.delimiter
    records = len(lines)
    cells = np.diff(lines, prepend=-1)
    begins = np.concatenate(([PAD], ends[lines[:-1]] + 1))[:records]
    said = ends[lines] - begins
    usual = (cells == width) & (said > width - 1)
    if look.named:
        usual |= (cells > width) & (cells <= look.named) & (said > cells - 1)
    spaced = usual & _may_be_blank(content, begins, ends[lines])
    if spaced.any():
        for at in np.flatnonzero(spaced):
            line = content[begins[at] : ends[lines[at]]].decode()
            usual[at] = bool(line.replace(delimiter, "").strip())
    for at in np.flatnonzero(cells > look.named) if look.named else ():
        row = content[begins[at] : ends[lines[at]]].decode().split(delimiter)
        usual[at] = 0 < reach(row) <= look.named
    odd = [
        (int(at) + 1, content[begins[at] : ends[lines[at]]].decode().split(delimiter))
        for at in np.flatnonzero(~usual)
    ]
    if look.named:
        starts, ends = _with_spare(ends, begins[usual], lines[usual], cells[usual], look)
    else:
        if odd:
            ends, begins = ends[np.repeat(usual, cells)], begins[usual]
        ends = _by_column(ends, width)
        starts = np.empty_like(ends)
        starts[0] = begins
        np.add(ends[:-1], 1, out=starts[1:])
    return Block(
        content=content,
        starts=starts,
        ends=ends,
        numbers=np.flatnonzero(usual) + 1,
        records=records,
        odd=odd,
        signs=signs_in(content),
    )


def _with_spare(
    ends: Places, begins: Places, lines: Places, cells: Places, look: Look
) -> tuple[Places, Places]:
    """Return where cells of records begin and end that stop at different columns.

    Cells that are not there are blank, and stand at the end of their record.
    """
    columns = np.arange(look.cells)[:, np.newaxis]
    at = lines - cells + 1 + columns
    closed = ends[np.minimum(at, lines)]
    starts = np.empty_like(closed)
    starts[0] = begins
    np.add(closed[:-1], 1, out=starts[1:])
    return np.minimum(starts, closed), closed


def _by_column(places: Places, width: int) -> Places:
    """Return places that follow each other in a text, a row for every column."""
    return np.ascontiguousarray(places.reshape(-1, width).T)


def _may_be_blank(content: bytes, begins: Places, ends: Places) -> NDArray[np.bool_]:
    buffer = np.frombuffer(content, np.uint8)
    first, last = buffer[begins], buffer[ends - 1]
    return _IS_EDGE[first] & _IS_EDGE[last]


_IS_EDGE = np.zeros(256, np.bool_)
_IS_EDGE[[9, 32, *b",;|^~:", 0xC2, 0xE1, 0xE2, 0xE3, *range(0x80, 0xC0)]] = True


def pack(rows: Sequence[Sequence[str]], numbers: Sequence[int], width: int) -> Block:
    """Lay out records that were split otherwise."""
    texts = [cell for row in rows for cell in row]
    cells = [text.encode("utf-8", "replace") for text in texts]
    lengths = np.fromiter(map(len, cells), np.int64, len(cells))
    ends = np.cumsum(lengths + 1) + (PAD - 1)  # a newline behind each
    unseen = [UNSEEN.search(text) is not None for text in texts]
    content = b"".join((bytes(PAD), b"\n".join(cells), bytes(PAD)))
    return Block(
        content=content,
        starts=_by_column(ends - lengths, width),
        ends=_by_column(ends, width),
        numbers=np.array(numbers, np.int64),
        records=0,
        odd=[],
        signs=signs_in(content),
        unseen=np.array(unseen, np.bool_).reshape(-1, width) if any(unseen) else None,
    )
