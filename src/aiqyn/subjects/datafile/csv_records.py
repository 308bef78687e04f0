"""Delimited text split into records and cells, exactly, whatever stands in it.

A quote opens a cell where the cell begins, and closes it where a delimiter or the end of
the line follows. One that is never closed is taken for a letter: the rows after it stay.
"""

import re
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from aiqyn.chain import Noun

MOST_LINES = 100  # of one cell
LINE_ENDS = re.compile(r"\r\n|\n|\r")
_LINE_ENDS_OF_BYTES = re.compile(rb"\r\n|\n|\r")


class Dialect(Noun, frozen=True, kw_only=True):
    """How cells are told apart."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""  # "\\" where a quote inside a cell is written \"


class Quirk(Noun, frozen=True, kw_only=True):
    """A quote that is not as it should be."""

    kind: str  # "unclosed_quote" or "bare_quote"
    row: int  # record, from 0
    column: int  # from 0
    saw: str
    wants: str


class Records(Struct):
    """What lines were split into."""

    rows: list[list[str]]
    quirks: list[Quirk]
    spread: dict[int, int]  # record → lines it takes beyond the first
    lines: int = 0  # that were used up


def lines_of(text: str) -> list[str]:
    """Return the lines of `text`; a line end at its very end begins no further line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def bytes_of_lines(content: bytes, count: int) -> int:
    """Return how many bytes the first `count` lines take, all of them where there are fewer."""
    ends = islice(_LINE_ENDS_OF_BYTES.finditer(content), count)
    places = [end.end() for end in ends]
    return places[-1] if count and len(places) == count else len(content) if count else 0


def split(lines: Sequence[str], dialect: Dialect, *, width: int = 0, stop: int = -1) -> Records:
    """Split lines into records; only records that begin before line `stop` are.

    `width`: cells of a usual record, 0 where it is not known yet. A cell of several lines
    is believed where its record comes out that wide.
    """
    found = Records([], [], {})
    at, end = 0, len(lines) if stop < 0 else stop
    quote, delimiter = dialect.quote, dialect.delimiter
    while at < end:
        line = lines[at]
        if quote not in line:
            found.rows.append(line.split(delimiter))
            at += 1
        else:
            at = _quoted_record(lines, at, dialect, width, found)
    found.lines = at
    return found


def _quoted_record(
    lines: Sequence[str], at: int, dialect: Dialect, width: int, found: Records
) -> int:
    """Add the record that begins in line `at`; return the line after it."""
    row = len(found.rows)
    literal: set[int] = set()
    while True:
        reading = _Reading(lines, at, dialect, literal)
        reading.read()
        wide = reading.at > at and width and len(reading.cells) != width
        if reading.open < 0 and not wide:
            break
        literal.add(reading.open if reading.open >= 0 else reading.spread)
    found.rows.append(reading.cells)
    if reading.at > at:
        found.spread[row] = reading.at - at
    for column in sorted(literal):
        saw = reading.cells[column]
        wants = saw.replace(dialect.quote, "", 1).strip()
        found.quirks.append(
            Quirk(kind="unclosed_quote", row=row, column=column, saw=saw, wants=wants)
        )
    for column in reading.bare:
        saw = reading.cells[column]
        found.quirks.append(Quirk(kind="bare_quote", row=row, column=column, saw=saw, wants=saw))
    return reading.at + 1


class _Reading:
    """One record while it is read."""

    def __init__(self, lines: Sequence[str], at: int, dialect: Dialect, literal: set[int]) -> None:
        self.lines, self.at, self.literal = lines, at, literal
        self.delimiter, self.quote, self.escape = dialect.delimiter, dialect.quote, dialect.escape
        self.cells: list[str] = []
        self.bare: list[int] = []  # columns with a quote that is not doubled
        self.open = -1  # column whose quote is never closed
        self.spread = -1  # first column that goes over several lines

    def read(self) -> None:
        place = 0
        while place >= 0 and self.open < 0:
            line = self.lines[self.at]
            begins = place
            while line.startswith(" ", begins):
                begins += 1
            if line.startswith(self.quote, begins) and len(self.cells) not in self.literal:
                place = self._quoted(begins + 1)
            else:
                end = line.find(self.delimiter, place)
                self.cells.append(line[place:] if end < 0 else line[place:end])
                place = end + 1 if end >= 0 else -1

    def _quoted(self, begins: int) -> int:
        """Read a quoted cell; return where the next begins, -1 at the end of the record."""
        first = self.at
        end = self._closing(begins, strictly=False)
        parts = [self.lines[first][begins : end if end >= 0 else None]]
        while end < 0:
            self.at += 1
            if self.at >= len(self.lines) or self.at - first > MOST_LINES:
                return self._never_closed(first)
            end = self._closing(0, strictly=True)
            if end == -2:
                return self._never_closed(first)
            parts.append(self.lines[self.at][: end if end >= 0 else None])
        if self.at > first and self.spread < 0:
            self.spread = len(self.cells)
        self.cells.append(self._plain("\n".join(parts)))
        after = self.lines[self.at].find(self.delimiter, end + 1)
        return after + 1 if after >= 0 else -1

    def _never_closed(self, first: int) -> int:
        self.at, self.open = first, len(self.cells)
        return -1

    def _closing(self, begins: int, *, strictly: bool) -> int:
        """Return where the closing quote stands in the line, -1: nowhere.

        `strictly`: in a cell of several lines any other quote means that the opening
        one was a slip; -2 then. In one line such a quote is a letter of the text.
        """
        line, quote = self.lines[self.at], self.quote
        bare = False
        place = line.find(quote, begins)
        while place >= 0:
            if self.escape and line.startswith(self.escape, place - 1) and place > begins:
                place = line.find(quote, place + 1)
            elif line.startswith(quote, place + 1):
                if bare and self._is_end(line, place + 2):  # "ТОО "Нұр"": the last one closes
                    self.bare.append(len(self.cells))
                    return place + 1
                place = line.find(quote, place + 2)
            elif self._is_end(line, place + 1):
                if bare:
                    self.bare.append(len(self.cells))
                return place
            else:
                if strictly:
                    return -2
                bare = True
                place = line.find(quote, place + 1)
        return -1

    def _is_end(self, line: str, place: int) -> bool:
        while line.startswith(" ", place):
            place += 1
        return place == len(line) or line.startswith(self.delimiter, place)

    def _plain(self, text: str) -> str:
        if self.quote not in text:
            return text
        if self.escape:
            text = text.replace(self.escape + self.quote, self.quote)
        return text.replace(self.quote * 2, self.quote)
