import io
import zipfile
import zlib
from datetime import date

import msgspec
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

from aiqyn.subjects import office, pdf
from aiqyn.subjects.document import Document
from aiqyn.subjects.document_facts import DocumentFacts, facts_of_document
from tests.aiqyn.worked import document, evidence_of

LINE = "A decision of the akim on the budget of the district for the year"
KAZAKH = "Аудан әкімдігі тұрғындарға жергілікті бюджеттің қалай жасалатынын түсіндіреді. " * 6
RUSSIAN = (
    "Акимат района объясняет жителям, как составляется местный бюджет и куда идут деньги. " * 6
)


def read(content, url="http://site.example/a", **more):
    evidence = evidence_of(url, content, role="document", **more)
    return Document(content, evidence)


def plain(text):
    content = text.encode()
    evidence = msgspec.structs.replace(evidence_of("http://s/a", content), media_type="text/plain")
    return Document(content, evidence)


def office_file(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


WORD = f"<w:document><w:p><w:t>{LINE}</w:t></w:p></w:document>"


@pytest.mark.parametrize(
    ("pages", "kind", "each"),
    [
        ((LINE,), "text", ("text",)),
        (("(scan)", "(scan)"), "scan", ("scan", "scan")),
        ((LINE, "(scan)"), "mixed", ("text", "scan")),
        ((LINE, ""), "text", ("text", "empty")),
        (("",), "empty", ("empty",)),
        (("No 12",), "text", ("text",)),
        (("(recognised)",), "layer", ("layer",)),
        (("(recognised)", LINE), "layer", ("layer", "text")),
        (("(recognised)", "(scan)"), "mixed", ("layer", "scan")),
        (("(locked)",), "locked", ()),
        (("(broken)",), "broken", ()),
        (("(empty)",), "empty", ()),
        (("(old)",), "unknown", ()),
        (("(bomb)",), "unknown", ()),
    ],
)
def test_kind_of_document(pages, kind, each):
    found = read(document(pages))

    assert (found.kind, found.pages) == (kind, each)


@pytest.mark.parametrize(
    ("pages", "why"), [(("(old)",), "old_format"), (("(bomb)",), "heavy"), ((LINE,), "")]
)
def test_document_that_is_not_read_says_why(pages, why):
    assert read(document(pages)).unread == why


def test_stamp_on_a_scan_does_not_make_it_text():
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.image(Image.new("L", (60, 80), 200), w=180)
    paper.cell(text="No 12-3, 5.11.2026")

    assert read(bytes(paper.output())).kind == "scan"


def sheet(draw):
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    draw(paper)
    return read(bytes(paper.output()))


def picture(paper, share):
    paper.image(Image.new("L", (60, 80), 200), x=0, y=0, w=paper.w * share, h=paper.h * share)


def test_text_hidden_under_a_picture_of_the_page_was_recognised():
    def draw(paper):
        paper.multi_cell(0, text=LINE)
        picture(paper, 1)

    assert sheet(draw).kind == "layer"


def test_text_in_sight_over_a_picture_is_typed():
    def draw(paper):
        picture(paper, 1)
        paper.multi_cell(0, text=LINE)

    assert sheet(draw).kind == "text"


def test_small_picture_after_the_text_hides_nothing():
    def draw(paper):
        paper.multi_cell(0, text=LINE)
        picture(paper, 0.3)

    assert sheet(draw).kind == "text"


@pytest.mark.parametrize(
    ("pages", "run"),
    [
        (("(table)",) * 3, 3),
        (("(table)", LINE, "(table)", "(table)"), 2),
        ((LINE,), 0),
    ],
)
def test_pages_of_one_table_are_counted(pages, run):
    assert read(document(pages)).table_pages == run


def test_lines_on_a_part_of_the_page_are_no_long_table():
    def draw(paper):
        paper.multi_cell(0, text=LINE)
        paper.rect(10, 30, 50, 50)
        for place in range(10):
            paper.line(10, 30 + place, 200, 30 + place)
            paper.line(10 + place, 30, 10 + place, 60)

    assert sheet(draw).table_pages == 0


def boxes(style):
    def draw(paper):
        paper.multi_cell(0, text=LINE)
        for place in range(10):
            paper.rect(10, 30 + 22 * place, 90, 22, style=style)

    return draw


def test_cells_with_borders_are_a_table_and_shaded_bands_are_none():
    assert sheet(boxes("D")).table_pages == 1
    assert sheet(boxes("F")).table_pages == 0


def test_pages_in_the_middle_of_a_long_text_are_known_at_a_glance(monkeypatch):
    read_out = []
    whole = pdf._sheet
    monkeypatch.setattr(pdf, "_sheet", lambda page: read_out.append(1) or whole(page))

    found = read(document((LINE * 30, LINE, LINE * 30, "(scan)", LINE * 30, LINE)))

    assert found.pages == ("text", "text", "text", "scan", "text", "text")
    assert len(read_out) == 4


def test_most_objects_end_the_reading(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_OBJECTS", 2)

    assert read(document((LINE,) * 9)).pages == ("text",) * 3


def test_most_pages_end_the_reading(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)

    assert len(read(document((LINE,) * 4)).pages) == 2


def test_page_that_breaks_in_the_middle_breaks_the_document(monkeypatch):
    def fail(_):
        raise pypdfium2.PdfiumError("cannot load page")

    monkeypatch.setattr(pdf, "_sheet", fail)

    assert read(document((LINE,))).trouble == "broken"


def test_document_without_pages_is_read():
    assert pdf._read([]) == pdf.Paper(pages=())


def stream(about, packed):
    return b"%PDF-1.4 1 0 obj <<" + about + b">>stream\n" + packed + b"endstream"


LESS = zlib.compress(b"0 0 1 1 re f\n" * 560_000, 1) + b"\n" * 9  # under the limit, and a tail
BLANKS = zlib.compress(b" " * 20_000_000)


@pytest.mark.parametrize(
    ("content", "is_heavy"),
    [
        (stream(b"/Filter/FlateDecode", BLANKS), True),
        (stream(b"/Filter/FlateDecode", BLANKS)[:-9], True),
        (stream(b"/Filter/FlateDecode/Length1 9", BLANKS), False),
        (stream(b"/Filter/FlateDecode/Subtype/Image", BLANKS), False),
        (stream(b"/Filter[/FlateDecode/DCTDecode]", BLANKS), False),
        (stream(b"/Filter[/FlateDecode/FlateDecode]", zlib.compress(BLANKS)), True),
        (stream(b"/Filter/LZWDecode", BLANKS), False),
        (stream(b"/Filter/FlateDecode", LESS), False),
        (stream(b"/Filter/FlateDecode", b"x" * 9_000), False),
        (stream(b"/Filter/FlateDecode", zlib.compress(b"1 0 m" * 900)), False),
    ],
)
def test_what_unpacks_beyond_measure_is_heavy(content, is_heavy):
    assert pdf.is_heavy(content) is is_heavy


@pytest.mark.parametrize(
    ("parts", "kind", "shape"),
    [
        ({"word/document.xml": WORD}, "text", "docx"),
        ({"xl/sharedStrings.xml": WORD}, "text", "xlsx"),
        ({"ppt/slides/slide1.xml": WORD}, "text", "pptx"),
        (
            {"content.xml": WORD, "mimetype": "application/vnd.oasis.opendocument.text"},
            "text",
            "odt",
        ),
        ({"content.xml": WORD, "mimetype": "x" * 300}, "text", ""),
        ({"content.xml": WORD}, "text", ""),
        ({"word/document.xml": "<a>No 1</a>"}, "text", "docx"),
        ({"word/document.xml": "<a/>", "word/media/1.png": "x"}, "scan", "docx"),
        ({"word/document.xml": "<a/>"}, "empty", "docx"),
        ({"readme.txt": LINE}, "broken", ""),
        ({"word/document.xml": "<!DOCTYPE a>" + WORD}, "broken", ""),
    ],
)
def test_kind_of_office_document(parts, kind, shape):
    found = read(office_file(parts))

    assert (found.kind, found.shape) == (kind, shape)


def test_words_of_an_office_document_are_read_line_by_line():
    xml = "<w:document><w:p><w:t>БҰЙРЫҚ</w:t></w:p><w:p><w:t>A &amp; B</w:t></w:p></w:document>"

    words = read(office_file({"word/document.xml": xml})).beginning

    assert [line.strip() for line in words.splitlines() if line.strip()] == ["БҰЙРЫҚ", "A & B"]


def test_rows_of_the_longest_table_are_counted():
    rows = "<w:tr><w:tc/></w:tr>"
    xml = f"<w:tbl>{rows * 2}</w:tbl><w:tbl >{rows * 5}</w:tbl>"

    assert read(office_file({"word/document.xml": xml})).table_rows == 5
    assert read(document((LINE,))).table_rows == 0
    assert read(office_file({"word/document.xml": xml})).table_pages == 0


def test_damaged_package_is_broken():
    content = office_file({"word/document.xml": WORD * 40})

    assert read(content[: len(content) // 2]).kind == "broken"
    assert read(content.replace(b"\x50\x4b\x01\x02", b"\x50\x4b\x01\x03")).kind == "broken"


def test_bomb_in_an_office_file_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(office, "MOST_READ", 1_000)
    content = office_file({"word/document.xml": "<w:t>word </w:t>" * 100_000})

    assert len(read(content).beginning) < 1_000


@pytest.mark.parametrize(
    ("content", "name", "shape"),
    [
        (b"{\\rtf1{\\info text}}", "", "rtf"),
        (b"\xff\xd8\xff\xe0", "", "jpeg"),
        (b"\x89PNG\r\n", "", "png"),
        (b"<!-- x --><HTML>", "", "page"),
        (b"\0\1\2", "", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xls?v=1", "xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a.doc", "xls"),
    ],
)
def test_bytes_decide_what_a_document_is(content, name, shape):
    found = read(content, url=f"http://site.example/{name}")

    assert found.shape == shape
    assert found.beginning == found.end == ""


TABLE = b"<table><tr><td>1</td></tr></table>"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"<html><body>" + TABLE, "plan.xls", "text"),
        (b"\r\n<meta charset=utf-8>" + TABLE, "plan.DOC?v=1", "text"),
        (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><p>1', "plan", "text"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><a/>', "plan.xls", "text"),
        (b"<html><body>" + TABLE, "plan.pdf", "broken"),
        (b"<html><body><nav></nav>" + TABLE, "plan.xls", "broken"),
        (b"<html><body>" + b"<a href=/>1</a>" * 6 + TABLE, "plan.xls", "broken"),
        (b"<html><body>404", "plan.xls", "broken"),
    ],
)
def test_markup_that_office_opens_is_no_damaged_file(content, name, kind):
    found = read(content, url=f"http://site.example/{name}")

    assert (found.kind, found.shape == "html") == (kind, kind == "text")


@pytest.mark.parametrize(
    "start", ["dba52d00", "9ba52100", "090004000000", "0902060000001000", "0904060000001000"]
)
def test_what_word_and_excel_wrote_before_1993_is_old_and_not_broken(start):
    found = read(bytes.fromhex(start) + bytes(500), url="http://site.example/a.doc")

    assert (found.format, found.trouble, found.unread) == ("old_office", "", "old_format")


def test_table_of_data_is_told_by_its_media_type():
    content = b"name;plan"
    evidence = msgspec.structs.replace(evidence_of("http://s/a", content), media_type="text/csv")

    assert Document(content, evidence).shape == "csv"


def test_picture_is_one_scanned_page():
    assert (read(b"\xff\xd8\xff\xe0").kind, read(b"<html>").kind) == ("scan", "broken")


@pytest.mark.parametrize(
    ("text", "language"),
    [(KAZAKH, "kk"), (RUSSIAN, "ru"), ("Бюджет", None), (KAZAKH * 8 + RUSSIAN * 8, None)],
)
def test_language_is_that_of_beginning_and_end(text, language):
    assert plain(text).language == language


def test_language_of_a_short_last_page_does_not_matter():
    assert read(document((LINE * 6, "Annex"))).language == "en"


def test_facts_tell_what_the_site_asks():
    facts = facts_of_document(plain("ҚАУЛЫ\n" + KAZAKH + "2026 жылғы I тоқсан, II тоқсан, 2031"))

    assert facts == DocumentFacts(
        url="http://s/a",
        address="http://s/a",
        sha256=facts.sha256,
        shape="plain",
        kind="text",
        language="kk",
        is_act=True,
        is_told=True,
        met=frozenset({"territory", "period"}),
        periods=(date(2026, 6, 30), date(2026, 3, 31)),
        period_words="2026: II тоқсан",
        year=2026,
    )


@pytest.mark.parametrize(
    ("pages", "is_told"),
    [
        ((LINE,), True),
        ((LINE,) * 3, True),
        ((LINE,) * 4, False),
        (("(recognised)",), True),
        (("(scan)",), False),
        ((LINE, "(scan)"), False),
        (("(locked)",), False),
        (("(broken)",), False),
        (("",), False),
    ],
)
def test_document_hides_nothing_where_all_its_words_were_looked_through(pages, is_told):
    assert facts_of_document(read(document(pages))).is_told is is_told


def test_long_text_hides_what_it_may_say_further_on():
    assert facts_of_document(plain("Аудан әкімі. " * 600)).is_told is False


def test_table_may_hold_what_no_words_tell():
    book = plain("year;people")
    book.evidence = msgspec.structs.replace(book.evidence, media_type="text/csv")

    assert facts_of_document(book).is_told is False
