"""Tables of a web page, also of one that calls itself XLS."""

from pathlib import Path

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from aiqyn.subjects import charset
from aiqyn.subjects.datafile.grid import Asking, Grid
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.refusal import refused
from aiqyn.subjects.datafile.spans import Spans
from aiqyn.subjects.datafile.tables import Tables

MOST = 50_000_000  # bytes of a page


def read(path: Path, asking: Asking) -> DataFile:
    """Read every table that has rows and columns; those that hold tables are layout."""
    size = path.stat().st_size
    if size > MOST:
        return refused(asking, "too_large", str(size))
    text, told = charset.sniff(path.read_bytes())
    tables = Tables(asking)
    for number, table in enumerate(LexborHTMLParser(text).css("table"), 1):
        grid = None if len(table.css("table")) > 1 else _grid(table, number)
        if grid:
            tables.add(grid)
    kind = "table_in_document" if tables.found else "no_records"
    troubles = [Trouble(kind=kind, count=max(len(tables.found), 1))]
    if told.name != "utf-8":
        troubles.append(Trouble(kind="not_utf8", detail=told.name))
    return replace(tables.file("html", *troubles), encoding=told.name)


def _grid(table: LexborNode, number: int) -> Grid | None:
    spans = Spans()
    for row in table.css("tr"):
        spans.row()
        for cell in row.css("td, th"):
            wide, high = cell.attributes.get("colspan"), cell.attributes.get("rowspan")
            spans.cell(cell.text(), _number(wide), _number(high))
    caption = table.css_first("caption")
    return spans.grid(" ".join(caption.text().split())[:200] if caption else str(number))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 1
