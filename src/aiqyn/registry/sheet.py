"""A CSV file as rows of named cells, and the list of what is wrong with it."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Protocol

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.registry.checks import day_of
from aiqyn.text import LANGUAGES, Text, say

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_VALUE = 60  # letters of a wrong value that a report repeats


class Readable(Protocol):
    """A path, a resource of a package, an upload: anything that gives its bytes."""

    def read_bytes(self) -> bytes: ...


class Problem(Noun, frozen=True, kw_only=True):
    """One thing that is wrong: where, what stands there, and why it cannot stay."""

    line: int  # as an editor counts, the header is line 1; 0 is the file as a whole
    column: str = ""
    value: str = ""
    code: str  # key in problems.yaml
    text: Text

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "file"
        if self.column:
            place = f"{place}, column {self.column}"
        return f"{place}: {say(self.text, 'en')}" + (f": {self.value!r}" if self.value else "")


@cache
def _phrases() -> dict[str, Text]:
    return read(ROOT.joinpath("registry", "problems.yaml"), dict[str, Text])


class Complaints:
    """Collects problems while a file is read."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, line: int, column: str, value: str, code: str, **details: object) -> None:
        filled = {key: str(detail) for key, detail in details.items()} | {"value": value}
        text = {language: _phrases()[code][language].format(**filled) for language in LANGUAGES}
        short = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
        self.found.append(
            Problem(line=line, column=column, value=short, code=code, text=Text(text))
        )


class Line:
    """One row: its number, its cells, and where to complain."""

    def __init__(self, number: int, cells: Mapping[str, str], complaints: Complaints) -> None:
        self.number = number
        self.cells = cells
        self._complaints = complaints

    def complain(self, column: str, code: str, **details: object) -> None:
        self._complaints.add(self.number, column, self.cells[column], code, **details)

    def text(self, column: str, *, is_required: bool = False, at_most: int = 300) -> str:
        """The cell; complains when it is empty but must not be, or too long."""
        value = self.cells[column]
        if is_required and not value:
            self.complain(column, "required")
        if len(value) > at_most:
            self.complain(column, "too_long", length=len(value), expected=at_most)
        return value

    def checked(self, column: str, claim: Callable[[str], bool], code: str) -> str:
        """The cell; complains when it is filled and the claim does not hold."""
        value = self.cells[column]
        if value and not claim(value):
            self.complain(column, code)
        return value

    def day(self, column: str, *, today: date | None) -> date | None:
        """The cell as a day; complains when it is none, or when it lies after `today`."""
        value = self.cells[column]
        day = day_of(value)
        if value and day is None:
            self.complain(column, "bad_date")
        if day and today and day > today:
            self.complain(column, "future_date")
        return day

    def period(self, *, today: date | None) -> tuple[date | None, date | None]:
        """`valid_from` and `valid_to`; complains when the end comes before the beginning."""
        began, ended = self.day("valid_from", today=today), self.day("valid_to", today=today)
        if began and ended and ended < began:
            self.complain("valid_to", "ends_before", other=began)
        return began, ended

    def phrase(self, stem: str, *, required: Sequence[str] = ()) -> Text:
        """The cells `<stem>_kk`, `<stem>_ru`, `<stem>_en`; empty ones are left out."""
        said = {
            language: self.text(f"{stem}_{language}", is_required=language in required)
            for language in LANGUAGES
        }
        return Text({language: words for language, words in said.items() if words})


def lines_of(source: Readable, columns: Sequence[str], complaints: Complaints) -> list[Line]:
    """Read a CSV file with exactly `columns`, in any order, separated by commas or semicolons.

    Cells lose surrounding spaces; empty rows are skipped. What is wrong goes to
    `complaints`; a file whose header is wrong has no lines.
    """
    content = _text_of(source.read_bytes(), complaints)
    rows = None if content is None else _rows(content, complaints)
    if rows is None:
        return []
    if not rows:
        complaints.add(0, "", "", "empty")
        return []
    (_, header), *body = rows
    if not _is_header(header, columns, complaints):
        return []
    if not body:
        complaints.add(0, "", "", "empty")
    lines = []
    for number, cells in body:
        if len(cells) != len(header):
            complaints.add(number, "", str(len(cells)), "wrong_width", expected=len(header))
            continue
        named = dict(zip(header, cells, strict=True))
        lines.append(Line(number, {name: named.get(name, "") for name in columns}, complaints))
    return lines


def _text_of(content: bytes, complaints: Complaints) -> str | None:
    """The text; None and a complaint with its line when it is not UTF-8 or not text at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = problem.object[: problem.start]
        place = problem.start - before.rfind(b"\n")
        value = f"0x{problem.object[problem.start]:02X}"
        complaints.add(before.count(b"\n") + 1, "", value, "not_utf8", place=place)
        return None
    found = CONTROL.search(text)  # no name holds them, and neither PostgreSQL nor XML can
    if found:
        line = text.count("\n", 0, found.start()) + 1
        complaints.add(line, "", f"U+{ord(found[0]):04X}", "control_character")
        return None
    return text


def _rows(content: str, complaints: Complaints) -> list[tuple[int, list[str]]] | None:
    """Rows with their lines, empty ones left out; None and a complaint when it is not CSV."""
    first = content.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    stripped = []
    before = 0
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                stripped.append((before + 1, cells))
            before = reader.line_num
    except csv.Error:
        complaints.add(before + 1, "", "", "unreadable")
        return None
    return stripped


def _is_header(header: list[str], columns: Sequence[str], complaints: Complaints) -> bool:
    wrong = [("repeated_column", name) for name in dict.fromkeys(header) if header.count(name) > 1]
    wrong += [("unknown_column", name) for name in header if name not in columns]
    wrong += [("missing_column", name) for name in columns if name not in header]
    for code, name in wrong:
        complaints.add(1, name, "", code)
    return not wrong
