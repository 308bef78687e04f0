"""ODT: paragraphs, lists and tables of OpenDocument; tracked deletions are not in the text."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from aiqyn.acts.model import Trouble
from aiqyn.acts.reading.lines import Cells, Line, Sheet, add_cell, of_table, pieces, raised, seen
from aiqyn.acts.reading.open_styles import Counter, OpenStyles
from aiqyn.acts.reading.packages import Package
from aiqyn.acts.troubles import Unreadable

WIDEST = 63  # cells one cell may stand for
MOST_REPEATED = 1_000  # spaces one element may stand for
_DROPPED = frozenset({
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms",
    "variable-decls", "table-of-content", "alphabetical-index", "illustration-index",
})  # fmt: skip


def read(package: Package) -> Sheet:
    """Read the document's paragraphs; raises Unreadable."""
    content = package.tree("content.xml")
    body = None if content is None else content.find("body/text")
    if content is None or body is None:
        raise Unreadable(package.name, Trouble(code="broken_format", where="", saw="content.xml"))
    reader = _Reader(OpenStyles(package.tree("styles.xml"), content))
    lines = tuple(reader.blocks(body))
    return Sheet(lines=lines, troubles=tuple(_troubles(body, reader)))


class _Said(Struct):
    """A paragraph while its spans are read."""

    parts: list[str] = field(default_factory=list)
    plain: int = 0  # letters that are not bold
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


class _Reader:
    def __init__(self, styles: OpenStyles) -> None:
        self.styles = styles
        self.nested = 0
        self._count = 0
        self._lists = Counter(styles)
        self._has_gap = False

    def blocks(self, holder: Iterable[Element]) -> Iterator[Line]:
        """Yield the lines of everything that holds paragraphs, lists and tables."""
        for each in holder:
            if each.tag in ("p", "h"):
                yield from self._paragraph(each, self._heading(each))
            elif each.tag == "list":
                yield from self._list(each, each.get("style-name", ""), 0)
            elif each.tag == "table":
                self._count += 1
                yield from of_table(self._cells(each), f"¶ {self._count}")
            elif each.tag not in _DROPPED:
                yield from self.blocks(each)

    def _heading(self, element: Element) -> str:
        if element.tag != "h":
            return ""
        level = element.get("outline-level", "1")
        return self._lists.heading(int(level) - 1 if level in "123456789" else 0)

    def _list(self, element: Element, style: str, level: int) -> Iterator[Line]:
        self._lists.begin(element, style, level)
        for item in element:
            label = self._lists.label(item, style, level) if item.tag == "list-item" else ""
            for each in item:
                if each.tag == "list":
                    yield from self._list(each, each.get("style-name", style), level + 1)
                elif each.tag in ("p", "h"):
                    yield from self._paragraph(each, label)
                    label = ""
                else:
                    yield from self.blocks([each])

    def _paragraph(self, element: Element, label: str) -> Iterator[Line]:
        self._count += 1
        where = f"¶ {self._count}"
        look = self.styles.of(element.get("style-name", ""))
        said = _Said()
        self._spans(element, said, is_bold=look.is_bold, is_up=False)
        text = seen("".join(said.parts))
        for number, piece in enumerate(pieces(text)):
            yield Line(
                text=piece if number else f"{label} {piece}".strip(),
                where=where,
                is_heading=look.is_centred
                or element.tag == "h"
                or (said.plain == 0 and len(piece) < 400),
                is_apart=look.is_apart,
                has_gap=self._has_gap,
            )
            self._has_gap = False
        self._has_gap = not text.strip()
        yield from self._hanging(said, where)

    def _hanging(self, said: _Said, where: str) -> Iterator[Line]:
        """Yield footnotes of a paragraph, and the words of text boxes."""
        for note in said.notes:
            body = note.find("note-body")
            words = [] if body is None else [line.text for line in self.blocks(body)]
            yield Line(text=" ".join(words), where=where, note=raised(_citation(note)))
        for box in said.boxes:
            yield from self.blocks(box)

    def _spans(self, holder: Element, said: _Said, *, is_bold: bool, is_up: bool) -> None:
        self._say(holder.text, said, is_bold=is_bold, is_up=is_up)
        for each in holder:
            if each.tag in ("s", "tab", "line-break"):
                said.parts.append(_blank(each))
            elif each.tag == "note":
                said.notes.append(each)
                said.parts.append(raised(_citation(each)))
            elif each.tag == "frame":
                said.boxes += each.findall("text-box")
            elif each.tag not in _DROPPED:
                look = self.styles.of(each.get("style-name", ""))
                bold, up = is_bold or look.is_bold, is_up or look.is_raised
                self._spans(each, said, is_bold=bold, is_up=up)
            self._say(each.tail, said, is_bold=is_bold, is_up=is_up)

    def _say(self, text: str | None, said: _Said, *, is_bold: bool, is_up: bool) -> None:
        words = " ".join((text or "").splitlines())  # line breaks of the XML are spaces
        said.parts.append(raised(words) if is_up else words)
        said.plain += 0 if is_bold else len(words.strip())

    def _cells(self, table: Element) -> Cells:
        rows: Cells = []
        for row in _rows(table):
            rows.append([])
            for cell in row:
                times = min(_number(cell.get("number-columns-repeated")), WIDEST)
                self.nested += cell.find("table") is not None
                lines = list(self.blocks(cell)) if cell.tag == "table-cell" else []
                for _ in range(times):
                    add_cell(rows[-1], lines)
        return rows


def _rows(table: Element) -> list[Element]:
    """Return the table's own rows, not those of tables in its cells."""
    found: list[Element] = []
    for each in table:
        if each.tag == "table-row":
            found.append(each)
        elif each.tag in ("table-header-rows", "table-rows", "table-row-group"):
            found += _rows(each)
    return found


def _citation(note: Element) -> str:
    found = note.find("note-citation")
    return "*" if found is None else (found.text or "*")


def _blank(element: Element) -> str:
    if element.tag == "line-break":
        return "\n"
    return " " * min(_number(element.get("c")), MOST_REPEATED) if element.tag == "s" else " "


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 6 else 1


def _troubles(body: Element, reader: _Reader) -> Iterator[Trouble]:
    counts = dict.fromkeys(("tracked_changes", "comments", "pictures"), 0)
    for each in body.iter():
        counts["tracked_changes"] += each.tag == "changed-region"
        counts["comments"] += each.tag == "annotation"
        counts["pictures"] += each.tag == "image"
    counts["nested_table"] = reader.nested
    for code, count in counts.items():
        if count:
            yield Trouble(code=code, where="", saw=str(count))
