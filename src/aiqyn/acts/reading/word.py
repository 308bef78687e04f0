"""DOCX: paragraphs as they are printed once every tracked change is accepted."""

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from aiqyn.acts.model import Trouble
from aiqyn.acts.reading.lines import Cells, Line, Sheet, add_cell, of_table, pieces, raised, seen
from aiqyn.acts.reading.packages import Package
from aiqyn.acts.reading.word_lists import Lists
from aiqyn.acts.reading.word_styles import Style, Styles, is_on, style_of
from aiqyn.acts.troubles import Unreadable

_CHANGED = ("ins", "del", "moveFrom", "moveTo")
_DROPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr"})
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_RELATED = "officeDocument"
WIDEST = 63  # cells one cell may take the place of: Word has no wider table


def read(package: Package) -> Sheet:
    """Read the document's paragraphs; raises Unreadable."""
    part = _main_part(package)
    document = package.tree(part)
    body = None if document is None else document.find("body")
    if body is None:
        raise Unreadable(package.name, Trouble(code="broken_format", where="", saw=part))
    folder = posixpath.dirname(part)
    reader = _Reader(
        Styles(package.tree(f"{folder}/styles.xml")),
        Lists(package.tree(f"{folder}/numbering.xml")),
        _footnotes(package.tree(f"{folder}/footnotes.xml")),
    )
    lines = tuple(reader.blocks(body))
    return Sheet(lines=lines, troubles=tuple(_troubles(document, reader)))


def _main_part(package: Package) -> str:
    relations = package.tree("_rels/.rels")
    for each in relations if relations is not None else ():
        if each.get("Type", "").endswith(f"/{_RELATED}"):
            return each.get("Target", "").lstrip("/")
    return "word/document.xml"


def _footnotes(part: Element | None) -> dict[str, Element]:
    notes = part if part is not None else ()
    return {each.get("id", ""): each for each in notes if each.get("type") is None}


class _Said(Struct):
    """A paragraph while its runs are read."""

    parts: list[str]
    plain: int = 0  # letters that are not bold
    notes: list[str] | None = None  # ids of footnotes
    boxes: list[Element] | None = None  # text boxes that hang on it


class _Reader:
    def __init__(self, styles: Styles, lists: Lists, footnotes: dict[str, Element]) -> None:
        self.styles = styles
        self.lists = lists
        self.footnotes = footnotes
        self.hidden = 0
        self.nested = 0
        self._count = 0
        self._carried: list[str] = []  # of a paragraph whose end was deleted
        self._has_gap = False
        self._marks = 0
        for style, number in styles.lists():
            lists.link(style, number)

    def blocks(self, holder: Element) -> Iterator[Line]:
        """Yield the lines of everything that holds paragraphs and tables."""
        for each in holder:
            if each.tag == "p":
                yield from self._paragraph(each)
            elif each.tag == "tbl":
                self._count += 1
                yield from of_table(self._cells(each), f"¶ {self._count}")
            elif each.tag not in _DROPPED:
                yield from self.blocks(each)

    def _cells(self, table: Element) -> Cells:
        rows: Cells = []
        for row in _inside(table, "tr"):
            if row.find("trPr/del") is not None:
                continue
            rows.append([])
            for cell in _inside(row, "tc"):
                self.nested += cell.find("tbl") is not None
                is_covered = cell.find("tcPr/vMerge") is not None and _merge(cell) != "restart"
                lines = [] if is_covered else list(self.blocks(cell))
                add_cell(rows[-1], lines, _span(cell))
        return rows

    def _paragraph(self, element: Element) -> Iterator[Line]:
        self._count += 1
        where = f"¶ {self._count}"
        said = _Said(parts=self._carried)
        self._carried = []
        own = style_of(element)
        style = own.over(self.styles.of(_style_name(element)))
        self._runs(element, said, style)
        if element.find("pPr/rPr/del") is not None:
            self._carried = said.parts
            return
        label = self._label(style)  # an empty paragraph of a list counts too
        text = seen("".join(said.parts))
        for number, piece in enumerate(pieces(text)):
            yield Line(
                text=piece if number else f"{label} {piece}".strip(),
                where=where,
                is_heading=style.is_titled or (said.plain == 0 and len(piece) < 400),
                is_apart=style.is_apart,
                has_gap=self._has_gap,
            )
            self._has_gap = False
        self._has_gap = not text.strip()
        yield from self._hanging(said, where)

    def _label(self, style: Style) -> str:
        if style.list_number in (None, "0"):
            return ""
        return self.lists.label(style.list_number or "", style.list_level or 0)

    def _hanging(self, said: _Said, where: str) -> Iterator[Line]:
        """Yield footnotes of a paragraph, and the words of text boxes."""
        for note in said.notes or ():
            self._marks += 1
            words = " ".join(line.text for line in self.blocks(self.footnotes[note]))
            yield Line(text=words, where=where, note=raised(str(self._marks)))
        for box in said.boxes or ():
            yield from self.blocks(box)

    def _runs(self, holder: Element, said: _Said, style: Style) -> None:
        for each in holder:
            if each.tag == "r":
                self._run(each, said, style)
            elif each.tag not in _DROPPED:
                self._runs(each, said, style)

    def _run(self, run: Element, said: _Said, style: Style) -> None:
        look = run.find("rPr")
        if look is not None and is_on(look.find("vanish")):
            self.hidden += any(each.text for each in run.iter("t"))
            return
        parts = list(self._pieces(run, said))
        bold = is_on(look.find("b")) if look is not None else None
        if not (style.is_bold if bold is None else bold):
            said.plain += len("".join(parts).strip())
        said.parts += map(raised, parts) if _is_raised(look) else parts

    def _pieces(self, run: Element, said: _Said) -> Iterator[str]:
        for each in run:
            if each.tag == "t":
                yield each.text or ""
            elif each.tag == "footnoteReference" and each.get("id") in self.footnotes:
                said.notes = [*(said.notes or ()), each.get("id", "")]
                yield raised(str(self._marks + len(said.notes)))
            elif each.tag in _BREAKS:
                yield _BREAKS[each.tag] if each.get("type", "textWrapping") != "page" else " "
            elif each.tag in ("drawing", "pict", "AlternateContent", "object"):
                said.boxes = [*(said.boxes or ()), *_boxes(each)]


def _boxes(drawing: Element) -> Iterator[Element]:
    """Yield text boxes once: a drawing holds them again for old programs."""
    choice = drawing.find("Choice") if drawing.tag == "AlternateContent" else drawing
    yield from choice.iter("txbxContent") if choice is not None else ()


def _inside(holder: Element, tag: str) -> Iterator[Element]:
    """Yield rows of a table or cells of a row, also those wrapped in content controls."""
    for each in holder:
        if each.tag == tag:
            yield each
        elif each.tag in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _inside(each, tag)


def _merge(cell: Element) -> str:
    found = cell.find("tcPr/vMerge")
    return "" if found is None else found.get("val", "continue")


def _span(cell: Element) -> int:
    found = cell.find("tcPr/gridSpan")
    told = "" if found is None else found.get("val", "")
    return min(int(told), WIDEST) if told.isdecimal() and len(told) < 6 else 1


def _style_name(paragraph: Element) -> str:
    found = paragraph.find("pPr/pStyle")
    return "" if found is None else found.get("val", "")


def _is_raised(look: Element | None) -> bool:
    found = None if look is None else look.find("vertAlign")
    return found is not None and found.get("val") == "superscript"


def _troubles(document: Element | None, reader: _Reader) -> Iterator[Trouble]:
    counts = dict.fromkeys(("tracked_changes", "comments", "pictures"), 0)
    for each in document.iter() if document is not None else ():
        counts["tracked_changes"] += each.tag in _CHANGED
        counts["comments"] += each.tag == "commentReference"
        counts["pictures"] += each.tag in ("blip", "imagedata")
    counts["hidden_text"] = reader.hidden
    counts["nested_table"] = reader.nested
    counts["unknown_numbering"] = reader.lists.unknown
    for code, count in counts.items():
        if count:
            yield Trouble(code=code, where="", saw=str(count))
