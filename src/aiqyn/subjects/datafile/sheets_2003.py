"""Sheets written as one XML document, as Excel 2003 and programmes of accountants still do."""

from collections.abc import Iterator
from datetime import datetime

from aiqyn.subjects.datafile.grid import Cell, Grid, Row, spotted
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Spot
from aiqyn.subjects.datafile.xml_events import Events, Refused, local

NAMESPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet


class Book(Events):
    """Collects the sheets of a document while it is read."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._sheets: list[tuple[str, list[Row]]] = []
        self._spots: list[dict[str, list[Spot]]] = []
        self._row: list[Cell] = []
        self._kind = ""
        self._text: list[str] = []
        self._left = limits.cells

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        told = {local(key): value for key, value in attributes.items()}
        if tag == "Worksheet":
            self._sheets.append((told.get("Name", ""), []))
            self._spots.append({})
        elif tag == "Row" and self._sheets:
            rows = self._sheets[-1][1]
            rows += [()] * self._gap(told, len(rows), MOST_ROWS)
            self._row = []
        elif tag == "Cell" and self._sheets:
            self._row += [None] * self._gap(told, len(self._row), MOST_COLUMNS)
            self._row.append(None)
            self._spend(1)
            if told.get("MergeAcross") or told.get("MergeDown"):
                self._note("merged_cells", "")
        elif tag == "Data":
            self._kind, self._text = told.get("Type", ""), []

    def _gap(self, told: dict[str, str], length: int, most: int) -> int:
        """How many rows or cells are left out before this one."""
        index = told.get("Index", "")
        wanted = min(int(index), most) if index.isdecimal() and len(index) < 9 else 0
        gap = max(wanted - length - 1, 0)
        self._spend(gap)
        return gap

    def _spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise Refused("too_large", f"> {self.limits.cells}")

    def _note(self, kind: str, saw: str) -> None:
        spot = Spot(row=len(self._sheets[-1][1]) + 1, column=len(self._row), saw=saw[:80])
        self._spots[-1].setdefault(kind, []).append(spot)

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "Data" and self._row:
            said = "".join(self._text)
            if self._kind == "Error":
                self._note("formula_error", said)
            self._row[-1] = _value(self._kind, said)
        elif tag == "Row" and self._sheets:
            self._sheets[-1][1].append(self._row)
            self._row = []

    def grids(self) -> Iterator[Grid]:
        """Yield the sheets that have cells."""
        for (name, rows), spots in zip(self._sheets, self._spots, strict=True):
            if any(map(any, rows)):
                kinds = sorted(spots.items())
                troubles = tuple(each for kind, all_ in kinds for each in spotted(kind, all_))
                yield Grid(name=name, rows=rows, troubles=troubles)


def _value(kind: str, text: str) -> Cell:
    """Return the value of a cell as the file stores it; one that is none stays a text."""
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text
