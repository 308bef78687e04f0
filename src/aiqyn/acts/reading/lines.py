"""What every reader of files makes: lines of text, in order, with how they looked."""

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.acts.model import Trouble
from aiqyn.subjects.spaces import squeeze
from aiqyn.text import without_controls

LONGEST = 200_000  # characters of one paragraph; a longer one is cut into lines of this length
MOST_COLUMNS = 100  # of a table: Word has 63
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u2028\u2029"))
_UNSEEN |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # turn letters around
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A break inside a paragraph that is one all the same: the next piece has a number, or this ends.
_PIECE_ENDS = re.compile(r"[.:;]$")
_PIECE_BEGINS = re.compile(r"[«\"“]?(?:\d{1,3}(?:[-.]\d{1,3})*[.)]|[а-яәғқңөұүһіa-z]\))\s")

Rows = tuple[tuple[str, ...], ...]


class Line(Struct, frozen=True, kw_only=True):
    """A paragraph of a file, or a table."""

    text: str = ""
    rows: Rows = ()
    where: str = ""  # "¶ 42": the number of the paragraph in the file
    is_heading: bool = False  # it looks like one: a heading's style, bold or in the middle
    is_apart: bool = False  # it stands at the right edge, as stamps do
    has_gap: bool = False  # an empty line stands before it
    note: str = ""  # the mark of a footnote these are the words of: "¹"


class Sheet(Struct, frozen=True, kw_only=True):
    """All of a file that matters."""

    lines: tuple[Line, ...]
    troubles: tuple[Trouble, ...] = ()


def clean(text: str) -> str:
    """Return `text` as one would type it: no unseen letters, one space between words."""
    return squeeze(seen(text))


def seen(text: str) -> str:
    """Return `text` without letters nobody sees, composed; its line breaks stay."""
    return without_controls(unicodedata.normalize("NFC", text)).translate(_UNSEEN)


def raised(text: str) -> str:
    """Return digits as superscript ones: «5¹» is another article than «51»."""
    return text.translate(_SUPERSCRIPT)


def pieces(text: str) -> Iterator[str]:
    """Split a paragraph at those of its line breaks that people meant as new paragraphs."""
    gathered = ""
    for part in filter(None, map(clean, text.splitlines())):
        if gathered and (_PIECE_ENDS.search(gathered) or _PIECE_BEGINS.match(part)):
            yield from _cut(gathered)
            gathered = part
        else:
            gathered = f"{gathered} {part}" if gathered else part
    yield from _cut(gathered)


def _cut(text: str) -> Iterator[str]:
    for start in range(0, len(text), LONGEST):
        yield text[start : start + LONGEST]


Cells = list[list[list[Line]]]  # rows of cells of lines


def add_cell(row: list[list[Line]], lines: list[Line], wide: int = 1) -> None:
    """Add a cell that takes the place of `wide`; past MOST_COLUMNS words go to the last one."""
    if len(row) >= MOST_COLUMNS:
        row[-1].extend(lines)
        return
    row.append(list(lines))
    row.extend([] for _ in range(min(wide - 1, MOST_COLUMNS - len(row))))


def of_table(cells: Cells, where: str) -> list[Line]:
    """Return a table as one line; what was laid out by a table, not told by one, as its lines.

    Stamps stand in the right half of a table whose left half is empty.
    """
    wide = max(map(len, cells), default=0)
    told = [number for number in range(wide) if any(_words(row, number) for row in cells)]
    if len(told) > 1:
        texts = (tuple(_words(row, number) for number in range(wide)) for row in cells)
        rows = tuple(row for row in texts if any(row))
        return [Line(rows=rows, where=where)]
    is_apart = wide > 1 and told != [0]
    lines = [line for row in cells for cell in row for line in cell]
    return [replace(line, is_apart=line.is_apart or is_apart) for line in lines]


def _words(row: list[list[Line]], number: int) -> str:
    """Return the words of a cell; a table inside it as lines of its rows."""
    if number >= len(row):
        return ""
    said = [
        line.text or "\n".join(" | ".join(cells) for cells in line.rows) for line in row[number]
    ]
    return "\n".join(filter(None, said))
