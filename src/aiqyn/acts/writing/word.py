"""DOCX of our own making: real styles of headings, tables with header rows, one language tag.

A text document needs five short parts; no library is worth its weight for them.
"""

import io
from collections.abc import Iterable
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from aiqyn.acts.model import Act
from aiqyn.acts.writing.blocks import Block, Role, beside, blocks
from aiqyn.text import without_controls

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LOCALES = {"kk": "kk-KZ", "ru": "ru-RU"}
_INDENT = 425  # twentieths of a point a level of words stands further in
_STYLES = {
    Role.ABOVE: "Above",
    Role.TITLE: "Title",
    Role.BELOW: "Below",
    Role.STAMP: "Stamp",
    Role.SIGNED: "Signed",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # equal acts make equal files


def docx(act: Act, other: Act | None = None) -> bytes:
    """Return the act as DOCX; with the text in the other language beside, row by row."""
    body = _alone(act) if other is None else _both(act, other)
    page = _LANDSCAPE if other is not None else _PORTRAIT
    document = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _OWN_RELATIONS,
        "word/styles.xml": _styles(act.language),
        "docProps/core.xml": _core(act),
    }
    return _packed(parts)


def _packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, content.encode())
    return out.getvalue()


def _alone(act: Act) -> str:
    return "".join(map(_block, blocks(act)))


def _both(act: Act, other: Act) -> str:
    rows = "".join(
        f"<w:tr>{_cell(left, act.language)}{_cell(right, other.language)}</w:tr>"
        for left, right in beside(act, other)
    )
    return f"{_table_head(2)}{rows}</w:tbl>{_paragraph('')}"


def _cell(found: Iterable[Block], language: str) -> str:
    said = "".join(_block(block, language) for block in found)
    if not said.endswith("</w:p>"):
        said += _paragraph("")  # a cell ends with a paragraph
    return f'<w:tc><w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>{said}</w:tc>'


def _block(block: Block, language: str = "") -> str:
    if block.role is Role.TABLE:
        return _table(block)
    text = f"{block.marker} {block.text}".strip()
    if block.role is Role.HEADING:
        return _paragraph(text, f'<w:pStyle w:val="Heading{block.level - 1}"/>', language)
    if block.role in _STYLES:
        return _paragraph(text, f'<w:pStyle w:val="{_STYLES[block.role]}"/>', language)
    indent = min(block.level, 5) * _INDENT
    return _paragraph(text, f'<w:ind w:left="{indent}"/>' if indent else "", language)


def _paragraph(text: str, properties: str = "", language: str = "") -> str:
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    tongue = f'<w:rPr><w:lang w:val="{_LOCALES[language]}"/></w:rPr>' if language else ""
    said = "<w:br/>".join(
        f'<w:t xml:space="preserve">{_said(line)}</w:t>' for line in text.split("\n") if line
    )
    return f"<w:p>{look}<w:r>{tongue}{said}</w:r></w:p>" if said else f"<w:p>{look}</w:p>"


def _table(block: Block) -> str:
    wide = max(map(len, block.rows))
    rows = "".join(_row(cells, wide, is_head=not number) for number, cells in enumerate(block.rows))
    return f"{_table_head(wide)}{rows}</w:tbl>"


def _row(cells: tuple[str, ...], wide: int, *, is_head: bool) -> str:
    head = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    padded = (*cells, *[""] * (wide - len(cells)))
    said = "".join(
        f"<w:tc>{''.join(_paragraph(line) for line in cell.split(chr(10)))}</w:tc>"
        for cell in padded
    )
    return f"<w:tr>{head}{said}</w:tr>"


def _table_head(wide: int) -> str:
    grid = '<w:gridCol w:w="2000"/>' * wide
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _core(act: Act) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_said(act.title)}</dc:title><dc:language>{act.language}</dc:language>"
        "</cp:coreProperties>"
    )


def _said(text: str) -> str:
    return escape(without_controls(text), quote=False)


def _styles(language: str) -> str:
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A9AA2"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    headings = "".join(_heading(level) for level in range(1, 6))
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
        f'<w:sz w:val="28"/><w:lang w:val="{_LOCALES[language]}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>"
        + _style("Title", "Title", '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>', "<w:b/>")
        + headings
        + _style("Above", "Act above", '<w:jc w:val="right"/>')
        + _style("Below", "Act below", '<w:jc w:val="center"/>')
        + _style("Stamp", "Act stamp", '<w:spacing w:before="600"/><w:jc w:val="right"/>')
        + _style("Signed", "Act signature", "", "<w:b/>")
        + '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr>'
        f"<w:tblBorders>{border}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _heading(level: int) -> str:
    look = f'<w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="{level}"/>'
    return _style(f"Heading{level}", f"heading {level + 1}", look, "<w:b/>")


def _style(code: str, name: str, paragraph: str, run: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>'
        "</w:style>"
    )


_MARGINS = (
    '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1134"'
    ' w:header="0" w:footer="0" w:gutter="0"/>'
)
_PORTRAIT = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{_MARGINS}</w:sectPr>'
_LANDSCAPE = (
    f'<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>{_MARGINS}</w:sectPr>'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_OWN_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
