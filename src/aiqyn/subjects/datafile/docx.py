"""Tables of a text document (DOCX)."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.packed import DAMAGE, Bomb, is_encrypted
from aiqyn.subjects.datafile.refusal import damaged
from aiqyn.subjects.datafile.spans import Spans
from aiqyn.subjects.datafile.tables import Tables
from aiqyn.subjects.datafile.xml_events import Events, Refused, local, parse

PART = "word/document.xml"


def read(path: Path, asking: Asking) -> DataFile:
    """Read every table with rows and columns; a table in a cell is text of that cell."""
    found = _Tables(asking.limits)
    try:
        with ZipFile(path) as package:
            if PART not in package.namelist():
                raise BadZipFile(f"{PART} is missing")
            info = package.getinfo(PART)
            if is_encrypted(info):
                raise Refused("encrypted")
            with package.open(info) as file:
                parse(asking.budget.pieces(file, info.compress_size), found)
    except (Refused, Bomb, *DAMAGE) as problem:
        return damaged(asking, problem)
    tables = Tables(asking)
    for number, spans in enumerate(found.tables, 1):
        grid = spans.grid(str(number))
        if grid:
            tables.add(grid)
    kind = "table_in_document" if tables.found else "no_records"
    return tables.file("docx", Trouble(kind=kind, count=max(len(tables.found), 1)))


class _Tables(Events):
    """Collects the outer tables while the document is read."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.tables: list[Spans] = []
        self._inside = 0  # tables open
        self._wide = 1
        self._is_covered = False  # by the cell above
        self._text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "tbl":
            self._inside += 1
            if self._inside == 1:
                self.tables.append(Spans())
        elif self._inside == 1:
            self._start_inside(tag, attributes)

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tr":
            self.tables[-1].row()
        elif tag == "tc":
            self._text, self._wide, self._is_covered = [], 1, False
        elif tag == "gridSpan":
            told = _val(attributes)
            self._wide = int(told) if told.isdecimal() and len(told) < 6 else 1
        elif tag == "vMerge":
            self._is_covered = _val(attributes) != "restart"
        elif tag in ("p", "br", "tab") and self._text:
            self._text.append(" ")

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "tbl":
            self._inside -= 1
        elif tag == "tc" and self._inside == 1 and self._text is not None:
            said = "" if self._is_covered else "".join(self._text)
            self.tables[-1].cell(said, self._wide)
            self._text = None


def _val(attributes: dict[str, str]) -> str:
    return next((each for key, each in attributes.items() if local(key) == "val"), "")
