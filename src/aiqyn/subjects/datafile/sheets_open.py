"""ODS: read from its own XML, because repeated cells of a few bytes can claim millions."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from aiqyn.subjects.datafile.grid import Asking, Cell, Grid, Row, address
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import MOST_SPOTS, DataFile, Spot, Trouble
from aiqyn.subjects.datafile.packed import DAMAGE, Bomb, is_encrypted
from aiqyn.subjects.datafile.refusal import damaged
from aiqyn.subjects.datafile.tables import Tables
from aiqyn.subjects.datafile.xml_events import Events, Refused, local, parse

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, whatever it claims
_NUMBERS = ("float", "percentage", "currency")
_CELLS = ("table-cell", "covered-table-cell")
_SPACES = re.compile(r"[ \t\r\n]+")  # which the format takes for one, and for none at an end
_KEPT = "\0"  # a space that is an element of its own; no text of XML has this letter


def read(path: Path, asking: Asking) -> DataFile:
    """Read every sheet that has cells, hidden ones too."""
    sheets = _Sheets(asking.limits)
    try:
        _parse(path, asking, sheets)
    except (Refused, Bomb, *DAMAGE) as problem:
        return damaged(asking, problem)
    tables = Tables(asking)
    for grid in sheets.grids():
        tables.add(grid)
    return tables.file("ods")


def _parse(path: Path, asking: Asking, sheets: "_Sheets") -> None:
    with ZipFile(path) as package:
        infos = {each.filename: each for each in package.infolist()}
        manifest = infos.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in asking.budget.member(package, manifest):
            raise Refused("encrypted")
        content = infos.get("content.xml")
        if content is None:
            raise BadZipFile("content.xml is missing")
        if is_encrypted(content):
            raise Refused("encrypted")
        with package.open(content) as file:
            parse(asking.budget.pieces(file, content.compress_size), sheets)


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, name: str, style: str) -> None:
        self.name = name
        self.style = style
        self.rows: list[Row] = []
        self.spots: dict[str, list[Spot]] = {}
        self.pending = 0  # blank rows that count only if something follows

    def note(self, kind: str, spot: Spot) -> None:
        self.spots.setdefault(kind, []).append(spot)


class _Sheets(Events):
    """Collects sheets while the document is read."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: list[_Sheet] = []
        self.hidden: set[str] = set()  # styles of sheets nobody sees
        self._style = ""
        self._left = limits.cells
        self._row: list[Cell] = []
        self._cell: dict[str, str] | None = None
        self._gap = 0  # blank cells that count only if something follows
        self._repeat = 1  # of the row
        self._text: list[str] = []
        self._said: list[str] = []  # of the paragraph
        self._is_said = False  # inside a paragraph of a cell: around it text is indentation
        self._aside = 0  # depth in a note to a cell, whose words are not the cell's

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if self._aside or tag in ("annotation", "tracked-changes"):
            self._aside += 1
            return
        told = {local(key): value for key, value in attributes.items()}
        if tag == "style":
            self._style = told.get("name", "")
        elif tag == "table-properties" and told.get("display") == "false":
            self.hidden.add(self._style)
        elif tag == "table":
            self.found.append(_Sheet(told.get("name", ""), told.get("style-name", "")))
        elif self.found:
            self._start_inside(tag, told)

    def _start_inside(self, tag: str, told: dict[str, str]) -> None:
        sheet = self.found[-1]
        if tag == "table-row":
            self._row, self._gap = [], 0
            self._repeat = _times(told.get("number-rows-repeated"), MOST_ROWS)
            if told.get("visibility") in ("collapse", "filter"):
                sheet.note("hidden_cells", Spot(row=self._number))
        elif tag in _CELLS:
            self._cell, self._text = told, []
        elif tag == "p":
            self._is_said, self._said = True, []
        elif tag in ("s", "tab"):
            self._said.append(_KEPT * _times(told.get("c"), 100))

    @property
    def _number(self) -> int:
        """Number of the row being read."""
        sheet = self.found[-1]
        return len(sheet.rows) + sheet.pending + 1

    def text(self, text: str) -> None:
        if self._is_said and not self._aside:
            self._said.append(text)

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        tag = local(name)
        if tag == "p":
            self._end_paragraph()
        elif tag in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif tag == "table-row" and self.found:
            self._end_row(self.found[-1])

    def _end_paragraph(self) -> None:
        self._is_said = False
        said = _SPACES.sub(" ", "".join(self._said)).strip(" ").replace(_KEPT, " ")
        self._text += ["\n", said] if self._text else [said][: bool(said)]

    def _end_cell(self, told: dict[str, str]) -> None:
        times = _times(told.get("number-columns-repeated"), MOST_COLUMNS)
        cell = _value(told, "".join(self._text))
        self._note(told, cell, len(self._row) + self._gap + 1)
        if cell in (None, ""):
            self._gap += times
            return
        self._spend(self._gap + times)
        self._row += [None] * self._gap + [cell] * times
        self._gap = 0

    def _note(self, told: dict[str, str], cell: Cell, column: int) -> None:
        sheet = self.found[-1]
        wide = _times(told.get("number-columns-spanned"), MOST_COLUMNS)
        high = _times(told.get("number-rows-spanned"), MOST_ROWS)
        if wide * high > 1:
            row = self._number - 1
            area = f"{address(row, column - 1)}:{address(row + high - 1, column + wide - 2)}"
            sheet.note("merged_cells", Spot(row=self._number, column=column, saw=area))
        if told.get("value-type") == "error" or (
            "formula" in told and isinstance(cell, str) and cell.startswith(("#", "Err:"))
        ):
            saw = str(cell or "")[:80]
            sheet.note("formula_error", Spot(row=self._number, column=column, saw=saw))

    def _end_row(self, sheet: _Sheet) -> None:
        if not self._row:
            sheet.pending += self._repeat
            return
        self._spend(sheet.pending + (self._repeat - 1) * len(self._row))
        sheet.rows += [()] * sheet.pending + [self._row] * self._repeat
        sheet.pending = 0

    def _spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise Refused("too_large", f"> {self.limits.cells}")

    def grids(self) -> Iterator[Grid]:
        """Yield the sheets that have cells."""
        for sheet in self.found:
            if not sheet.rows:
                continue
            troubles = [
                Trouble(kind=kind, count=len(spots), spots=tuple(spots[:MOST_SPOTS]))
                for kind, spots in sorted(sheet.spots.items())
            ]
            if sheet.style in self.hidden:
                troubles.insert(0, Trouble(kind="hidden_sheet"))
            yield Grid(name=sheet.name, rows=sheet.rows, troubles=tuple(troubles))


def _times(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isdecimal() and len(text) < 10 else 1


def _value(told: dict[str, str], text: str) -> Cell:
    """Return the value of a cell as the file stores it."""
    kind = told.get("value-type", "")
    if kind in _NUMBERS:
        return _number(told.get("value", ""), text)
    if kind == "date":
        return _day(told.get("date-value", ""), text)
    if kind == "boolean":
        return told.get("boolean-value") == "true"
    return told.get("string-value", text) if kind == "string" else text


def _number(value: str, text: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return text


def _day(value: str, text: str) -> Cell:
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return text
