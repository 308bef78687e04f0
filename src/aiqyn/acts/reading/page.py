"""HTML: pages of legal databases and texts saved by word processors."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aiqyn.acts.model import Trouble
from aiqyn.acts.reading.lines import Cells, Line, Sheet, add_cell, of_table, pieces, raised, seen
from aiqyn.subjects import charset

WIDEST = 63  # cells one cell may take the place of
DEEPEST = 150  # elements inside one another: what lies deeper is read as text
_MOSTLY = 0.5  # of a page's text that its main part has to hold
_DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "head", "nav", "header", "footer",
    "aside", "form", "button", "select", "iframe", "object", "video", "audio", "canvas",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "body", "h1", "h2", "h3", "h4", "h5", "h6", "li",
    "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "table", "center", "figure",
    "figcaption", "hr", "address", "details", "summary", "html", "td", "th", "tr", "tbody",
    "thead", "tfoot",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "center", "caption"})
_STYLE = re.compile(
    r"text-align\s*:\s*(center|right|end)|font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE
)


def read(data: bytes) -> Sheet:
    """Read what a page says, without what surrounds it."""
    text, _ = charset.sniff(data)
    parser = LexborHTMLParser(text)
    reader = _Reader()
    root = _main(parser)
    lines = tuple(reader.read(root)) if root is not None else ()
    count = len(root.css("img")) if root is not None else 0
    pictures = (Trouble(code="pictures", where="", saw=str(count)),) if count else ()
    return Sheet(lines=lines, troubles=(*pictures, *reader.troubles()))


def _main(parser: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the text: the page's main part, if most of it is there."""
    body = parser.body
    if body is None:
        return None
    enough = len(body.text()) * _MOSTLY
    found = parser.css("article, main, [role=main]")
    return next((each for each in found if len(each.text()) >= enough), body)


class _Reader:
    """Gathers inline words until a block begins or ends."""

    def __init__(self) -> None:
        self.nested = 0
        self._count = 0
        self._parts: list[str] = []
        self._plain = 0  # letters outside of bold elements
        self._looks: list[str] = []  # of the blocks that are open
        self._in_row = False

    def read(self, root: LexborNode) -> Iterator[Line]:
        """Yield the lines of an element."""
        return self._block(root, 0)

    def troubles(self) -> tuple[Trouble, ...]:
        if not self.nested:
            return ()
        return (Trouble(code="nested_table", where="", saw=str(self.nested)),)

    def _block(self, node: LexborNode, depth: int) -> Iterator[Line]:
        self._looks.append(_look(node))
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag in _DROPPED or tag == "-comment":
                continue
            if tag == "table" and depth < DEEPEST:
                yield from self._flush()
                self._count += 1
                yield from of_table(self._cells(child, depth), f"¶ {self._count}")
            elif _is_block(child) and depth < DEEPEST:
                yield from self._flush()
                yield from self._block(child, depth + 1)
            else:
                self._inline(child, is_bold=False)
        yield from self._flush()
        self._looks.pop()

    def _inline(self, node: LexborNode, *, is_bold: bool) -> None:
        waiting = [(node, is_bold, False)]
        while waiting:
            each, is_bold, is_up = waiting.pop()
            tag = each.tag or ""
            if tag == "-text":
                self._say(each.text_content or "", is_bold=is_bold, is_up=is_up)
            elif tag == "br":
                self._parts.append("\n")
            elif tag not in _DROPPED and tag != "-comment":
                bold = is_bold or tag in ("b", "strong") or _bold(each)
                inside = [(child, bold, is_up or tag == "sup") for child in each.iter(True)]
                waiting.extend(reversed(inside))

    def _say(self, text: str, *, is_bold: bool, is_up: bool) -> None:
        said = re.sub(r"[ \t\r\n\f]+", " ", text)
        self._parts.append(raised(said) if is_up else said)
        if not is_bold:
            self._plain += len(said.strip())

    def _flush(self) -> Iterator[Line]:
        text, plain = seen("".join(self._parts)), self._plain
        self._parts, self._plain = [], 0
        if not text.strip():
            return
        self._count += 1
        look = " ".join(self._looks)
        for piece in pieces(text):
            yield Line(
                text=piece,
                where=f"¶ {self._count}",
                is_heading="heading" in look or (plain == 0 and len(piece) < 400),
                is_apart="apart" in look,
            )

    def _cells(self, table: LexborNode, depth: int) -> Cells:
        rows: Cells = []
        below: dict[int, int] = {}  # column → rows a cell above still takes the place of
        for row in _rows(table):
            rows.append([])
            for cell in _own(row, ("td", "th")):
                _fill(rows[-1], below)
                self.nested += cell.css_first("table") is not None
                lines = list(self._block(cell, depth + 1))
                first = len(rows[-1])
                add_cell(rows[-1], lines, _span(cell, "colspan"))
                for column in range(first, len(rows[-1])):
                    below[column] = _span(cell, "rowspan") - 1
            _fill(rows[-1], below)
        return rows


def _fill(row: list[list[Line]], below: dict[int, int]) -> None:
    """Put empty cells where cells of rows above reach down."""
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        add_cell(row, [])


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for part in _own(table, ("tbody", "thead", "tfoot")):  # a parser of HTML sets them in
        yield from _own(part, ("tr",))


def _own(node: LexborNode, tags: tuple[str, ...]) -> Iterator[LexborNode]:
    return (child for child in node.iter() if child.tag in tags)


def _is_block(node: LexborNode) -> bool:
    """Whether an element is a block, or an inline one that wrongly holds blocks."""
    tag = node.tag or ""
    if tag in _BLOCKS:
        return True
    return tag not in ("-text", "br") and node.css_first("p, div, table, li") is not None


def _look(node: LexborNode) -> str:
    """Return "heading", "apart" or both, by the element and its own style."""
    found = [("heading" if node.tag in _HEADINGS else "")]
    style = _STYLE.search(node.attributes.get("style") or "")
    align = (node.attributes.get("align") or (style[1] if style else "") or "").lower()
    found.append({"center": "heading", "right": "apart", "end": "apart"}.get(align, ""))
    return " ".join(filter(None, found))


def _bold(node: LexborNode) -> bool:
    style = node.attributes.get("style") if node.tag not in ("-text", "-comment") else None
    return any(found[2] for found in map(_STYLE.search, [style or ""]) if found)


def _span(cell: LexborNode, name: str) -> int:
    told = cell.attributes.get(name) or ""
    return max(1, min(int(told), WIDEST)) if told.isdecimal() and len(told) < 6 else 1
