"""PDF and DOCX files, described in `content/documents/*.yaml`; same input, same bytes."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import yaml
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from msgspec import Struct, convert

from tools.example_sites.pictures import scan

FONTS = Path(__file__).parent / "fonts"
WRITTEN = datetime(2025, 11, 1, 9, 0, tzinfo=UTC)  # the date every file carries inside
STAMP = (2025, 11, 1, 9, 0, 0)


class Sheet(Struct, frozen=True, forbid_unknown_fields=True):
    """One page of a document."""

    text: list[str]  # paragraphs; "# …" is a centred bold line, "| a | b" a table row
    scan: bool = False  # drawn as a picture of a page, without any text layer


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """One document and the files made of it."""

    files: list[str]  # below public/: .pdf or .docx
    title: str
    language: str
    sheets: list[Sheet]
    password: str = ""  # locks the PDF
    keep: float = 1.0  # share of the file's bytes that is kept: below 1 it is broken


def documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every document of a site as (path below public/, bytes)."""
    for path in sorted((folder / "content" / "documents").glob("*.yaml")):
        for value in yaml.safe_load(path.read_text("utf-8")):
            document = convert(value, Document)
            for name in document.files:
                content = docx(document) if name.endswith(".docx") else pdf(document)
                yield name, content[: int(len(content) * document.keep)]


def pdf(document: Document) -> bytes:
    """Return a PDF whose sheets are text with an embedded font, or pictures of text."""
    paper = FPDF(format="A4")
    paper.set_creation_date(WRITTEN)
    paper.set_title(document.title)
    paper.set_lang(document.language)
    paper.set_margin(25)
    for style, name in (("", "Regular"), ("B", "Bold")):
        paper.add_font("Sample", style, FONTS / f"AiqynSampleSerif-{name}.ttf")
    if document.password:
        paper.set_encryption(
            owner_password=document.password + "!",
            user_password=document.password,
            encryption_method=EncryptionMethod.RC4,
        )
    for sheet in document.sheets:
        paper.add_page()
        if sheet.scan:
            paper.image(io.BytesIO(scan(sheet.text)), x=0, y=0, w=210, h=297)
        else:
            _write(paper, sheet.text)
    return bytes(paper.output())


def _write(paper: FPDF, paragraphs: list[str]) -> None:
    for run in _runs(paragraphs):
        if run[0].startswith("|"):
            _write_table(paper, [_cells(line) for line in run])
            continue
        heading = run[0].startswith("# ")
        paper.set_font("Sample", "B" if heading else "", 13 if heading else 11)
        align = "C" if heading else "J"
        paper.multi_cell(
            0, 6, run[0].removeprefix("# "), align=align, new_x="LMARGIN", new_y="NEXT"
        )
        paper.ln(2.5)


def _write_table(paper: FPDF, rows: list[list[str]]) -> None:
    paper.set_font("Sample", "", 9.5)
    with paper.table(line_height=5.5, text_align="LEFT", padding=1) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    paper.ln(3)


def _runs(paragraphs: list[str]) -> Iterator[list[str]]:
    """Yield paragraphs one by one, and neighbouring table rows together."""
    rows: list[str] = []
    for paragraph in paragraphs:
        if paragraph.startswith("|"):
            rows.append(paragraph)
            continue
        if rows:
            yield rows
            rows = []
        yield [paragraph]
    if rows:
        yield rows


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def docx(document: Document) -> bytes:
    """Return a small Word file: paragraphs and tables, nothing compressed."""
    body = "".join(_docx_run(run) for sheet in document.sheets for run in _runs(sheet.text))
    parts: dict[str, str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _CORE.format(
            title=escape(document.title),
            language=document.language,
            written=WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ"),
        ),
        "word/document.xml": _DOCUMENT.format(body=body),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), _XML + text)
    return content.getvalue()


def _docx_run(run: list[str]) -> str:
    if not run[0].startswith("|"):
        return _docx_paragraph(run[0])
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_docx_paragraph(c)}</w:tc>" for c in _cells(line)) + "</w:tr>"
        for line in run
    )
    return f"<w:tbl><w:tblPr>{_BORDERS}</w:tblPr><w:tblGrid/>{rows}</w:tbl>"


def _docx_paragraph(text: str) -> str:
    heading = text.startswith("# ")
    look = '<w:pPr><w:jc w:val="center"/></w:pPr>' if heading else ""
    bold = "<w:rPr><w:b/></w:rPr>" if heading else ""
    words = escape(text.removeprefix("# "))
    return f'<w:p>{look}<w:r>{bold}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/>'
    f'<Override PartName="/docProps/core.xml" ContentType="{_CORE_TYPE}"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:language>{language}</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{written}</dcterms:created></cp:coreProperties>'
)
_BORDERS = "".join(
    ["<w:tblBorders>"]
    + [
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    + ["</w:tblBorders>"]
)
_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{body}<w:sectPr/></w:body></w:document>"
)
