import io
import zipfile

import pytest
from fpdf import FPDF
from PIL import Image

from aiqyn.subjects.datafile import html_tables, spans
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.datafile.spans import Spans


@pytest.fixture
def given(tmp_path):
    def write(content, name, limits=None):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(file, limits=limits or Limits())

    return write


def told(found):
    return [(each.kind, each.detail) for each in found.troubles]


def shape(found):
    return [(table.name, table.header, table.rows) for table in found.tables]


def document(password=""):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica")
    pdf.multi_cell(0, 6, "Schools of the region and their places. " * 10)
    for row in range(20):
        for column in range(8):
            pdf.rect(10 + column * 20, 60 + row * 10, 20, 10)
    if password:
        pdf.set_encryption(owner_password="o", user_password=password)
    return bytes(pdf.output())


def test_table_of_a_pdf_is_recognised_and_not_read(given):
    found = given(document(), "a.pdf")

    assert (found.format, found.tables) == ("pdf", ())
    assert [kind for kind, _ in told(found)] == ["data_in_paper"]


def test_scan_is_a_picture(given):
    picture = io.BytesIO()
    Image.new("L", (600, 800), 200).save(picture, "JPEG")
    pdf = FPDF()
    pdf.add_page()
    pdf.image(picture, 0, 0, 210, 297)

    assert told(given(bytes(pdf.output()), "a.pdf")) == [("data_in_picture", "1 / 1")]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"%PDF-1.7\nnothing", "broken_format"),
        (document("secret"), "encrypted"),
    ],
)
def test_pdf_that_cannot_be_read_is_told(given, content, trouble):
    assert told(given(content, "a.pdf")) == [(trouble, "")]


def test_pdf_over_the_limit_is_not_read(given):
    assert told(given(document(), "a.pdf", limits=Limits(bytes=10))) == [("too_large", "")]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b'<svg xmlns="s"/>'])
def test_picture_under_the_name_of_a_table_is_told(given, content):
    assert told(given(content, "data.csv")) == [
        ("lying_extension", "image"),
        ("data_in_picture", ""),
    ]


PAGE = """<html><meta charset="{charset}"><body><table><tr><td>
<table><caption>Мектептер
 тізімі</caption><tr><th colspan="2">A</th><th rowspan="2">B</th></tr>
<tr><td>x</td><td>y</td></tr><tr><td>Абай</td><td>12</td><td>3</td></tr>
<tr><td>Ақмола</td><td>24</td><td>6</td></tr></table></td></tr></table>
<table><tr><td>one</td></tr></table></body></html>"""


def test_tables_of_a_page_are_read_and_told_to_be_for_the_eye(given):
    found = given(PAGE.format(charset="utf-8"), "data.xls")

    assert (found.format, shape(found)) == (
        "html",
        [("Мектептер тізімі", ("A / x", "A / y", "B"), 2)],
    )
    assert told(found) == [("lying_extension", "html"), ("table_in_document", "")]
    assert found.tables[0].troubles[0] == Trouble(
        kind="merged_cells",
        count=2,
        spots=(Spot(row=1, column=1, saw="1 × 2"), Spot(row=1, column=3, saw="2 × 1")),
    )


def test_page_in_an_old_encoding_is_read(given):
    page = PAGE.format(charset="windows-1251").replace("қ", "к").replace("і", "и")
    found = given(page.encode("windows-1251"), "a.html")

    assert (found.encoding, told(found)) == (
        "windows-1251",
        [("table_in_document", ""), ("not_utf8", "windows-1251")],
    )


def test_page_without_tables_has_no_records(given):
    assert told(given("<html><p>words</p></html>", "a.html")) == [("no_records", "")]


def test_page_over_the_limit_is_not_read(given, monkeypatch):
    monkeypatch.setattr(html_tables, "MOST", 10)

    assert told(given("<html><p>words</p></html>", "a.html")) == [("too_large", "25")]


def test_spans_of_a_table_are_bounded(monkeypatch):
    monkeypatch.setattr(spans, "MOST_SPAN", 60)
    monkeypatch.setattr(spans, "MOST_CELLS", 20_000)
    table = Spans()
    table.cell("before any row")
    for _ in range(3):
        table.row()
        table.cell("x", 10**9, 10**9)
        table.cell("y", 10**9, 10**9)

    grid = table.grid("1")
    assert (table.was_cut, [len(row) for row in grid.rows]) == (True, [120, 240, 300])


def test_cells_covered_from_above_are_blank():
    table = Spans()
    for cells in ([("a", 1, 3), ("b", 1, 1), ("c", 1, 2)], [("d", 1, 1)], [("e", 1, 1)]):
        table.row()
        for text, wide, high in cells:
            table.cell(text, wide, high)

    assert table.grid("1").rows == [["a", "b", "c"], ["", "d", ""], ["", "e"]]


WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def cell(text, more=""):
    return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


INNER = f"<w:tbl>{row(cell('i'))}</w:tbl>"
TABLE = "<w:tbl>" + (
    row(cell("Атауы", '<w:vMerge w:val="restart"/>'), cell("Саны", '<w:gridSpan w:val="2"/>'))
    + row(cell("Атауы", "<w:vMerge/>"), cell("ұл"), cell("қыз"))
    + row(cell("Абай"), cell("5</w:t><w:br/><w:t>000"), cell("7"))
    + row(cell("Ақмола"), cell("6 000"), cell(f"8</w:t></w:r></w:p>{INNER}<w:p><w:r><w:t>"))
    + "</w:tbl>"
)


def docx(body, parts=None):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        document = f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
        for name, content in (parts or {"word/document.xml": document}).items():
            package.writestr(name, content)
    return packed.getvalue()


def test_tables_of_a_text_document_are_read(given):
    found = given(docx(f"<w:p><w:r><w:t>Кіріспе</w:t></w:r></w:p>{TABLE}"), "a.docx")

    assert (found.format, told(found)) == ("docx", [("table_in_document", "")])
    assert shape(found) == [("1", ("Атауы", "Саны / ұл", "Саны / қыз"), 2)]
    assert found.tables[0].columns[1].greatest == "6000"


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (docx("<w:p/>"), "no_records"),
        (docx(INNER), "no_records"),
        (docx("", {"word/other.xml": "x"}), "broken_format"),
        (docx("", {"word/document.xml": "<a>" * 300}), "too_deep"),
        (docx(TABLE)[:400], "truncated"),
    ],
)
def test_text_document_without_readable_tables_is_told(given, content, trouble):
    assert [kind for kind, _ in told(given(content, "a.docx"))] == [trouble]


def test_locked_part_of_a_text_document_is_told(given):
    content = bytearray(docx(TABLE))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark, content.find(mark) + 1) + at] |= 1

    assert told(given(bytes(content), "a.docx")) == [("encrypted", "")]
