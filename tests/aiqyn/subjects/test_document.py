import io
import zipfile

import msgspec
import pytest
from fpdf import FPDF
from PIL import Image

from aiqyn.subjects import document as documents
from aiqyn.subjects.document import Document
from tests.aiqyn.worked import document, evidence_of

LINE = "A decision of the akim on the budget of the district for the year"


def read(content, **more):
    evidence = evidence_of("http://site.example/a", content, role="document", **more)
    return Document(content, evidence)


def office(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


WORD = f"<w:document><w:t>{LINE}</w:t></w:document>"


@pytest.mark.parametrize(
    ("pages", "kind", "each"),
    [
        ((LINE,), "text", ("text",)),
        (("(scan)", "(scan)"), "scan", ("scan", "scan")),
        ((LINE, "(scan)"), "mixed", ("text", "scan")),
        ((LINE, ""), "text", ("text", "empty")),
        (("",), "empty", ("empty",)),
        (("No 12",), "text", ("text",)),
        (("(locked)",), "locked", ()),
        (("(broken)",), "broken", ()),
        (("(empty)",), "empty", ()),
        (("(old)",), "unknown", ()),
    ],
)
def test_kind_of_pdf(pages, kind, each):
    found = read(document(pages))

    assert (found.kind, found.pages) == (kind, each)


def test_stamp_on_a_scan_does_not_make_it_text():
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.image(documents_picture(), w=180)
    paper.cell(text="No 12-3, 5.11.2026")

    assert read(bytes(paper.output())).kind == "scan"


def documents_picture():
    return Image.new("L", (60, 80), 200)


def test_page_that_breaks_in_the_middle_breaks_the_document(monkeypatch):
    def refuse(_):
        raise documents.pypdfium2.PdfiumError("page")

    monkeypatch.setattr(documents, "_kind_of", refuse)

    assert read(document((LINE,))).kind == "broken"


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"word/document.xml": WORD}, "text"),
        ({"xl/sharedStrings.xml": f"<t>{LINE}</t>", "xl/worksheets/sheet1.xml": "<c/>"}, "text"),
        ({"content.xml": f"<p>{LINE}</p>"}, "text"),
        ({"word/document.xml": "<w:p/>", "word/media/image1.png": "x"}, "scan"),
        ({"word/document.xml": "<w:t>12</w:t>", "word/media/image1.png": "x"}, "scan"),
        ({"word/document.xml": "<w:t>12</w:t>"}, "text"),
        ({"word/document.xml": "<w:p/>"}, "empty"),
        ({"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]>"}, "broken"),
        ({"readme.txt": "no office file"}, "broken"),
    ],
)
def test_kind_of_office_file(parts, kind):
    assert read(office(parts)).kind == kind


def test_office_file_cut_off_is_broken():
    assert read(office({"word/document.xml": WORD})[:-40]).kind == "broken"


def test_bomb_in_an_office_file_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(documents, "MOST_XML", 1_000)

    assert read(office({"xl/sharedStrings.xml": "<t>1</t>" * 1_000})).kind == "text"


@pytest.mark.parametrize(
    ("content", "media_type", "form", "kind"),
    [
        (b"{\\rtf1 text}", "", "rtf", "unknown"),
        (b"<!DOCTYPE html><p>404", "", "page", "broken"),
        (b"<!-- x --><html>", "", "page", "broken"),
        (b"a;b\n1;2\n", "text/csv", "plain", "unknown"),
        (b"\x00\x01\x02", "application/pdf", "", "broken"),
    ],
)
def test_bytes_tell_the_format(content, media_type, form, kind):
    evidence = evidence_of("http://site.example/a", content)
    found = Document(content, documents_with(evidence, media_type))

    assert (found.format, found.kind) == (form, kind)


def documents_with(evidence, media_type):
    return msgspec.structs.replace(evidence, media_type=media_type)


def test_address_is_the_one_after_redirects():
    evidence = evidence_of("http://site.example/a", b"", final_url="http://site.example/b")

    assert Document(b"", evidence).address == "http://site.example/b"


def test_office_file_of_nothing_but_brackets_costs_no_minutes():
    assert read(office({"word/document.xml": "<" * 2_000_000})).kind == "empty"
