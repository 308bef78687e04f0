"""HTML, DOCX and PDF of acts, alone and with both languages beside."""

import builtins
import re
from io import BytesIO

import docx as python_docx
import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from aiqyn.acts import Act, Kind, Unit
from aiqyn.acts.writing import docx, fragment, html, pdf
from aiqyn.acts.writing.blocks import beside
from aiqyn.errors import InputError


def unit(kind, number="", marker="", text="", **more):
    return Unit(kind=kind, number=number, marker=marker, text=text, **more)


TABLE = unit(Kind.TABLE, rows=(("№", ""), ("1", "<5>\nдней"), ("2",)))
RU = Act(
    language="ru",
    title="О сроках & мерах",
    above=("Проект",),
    below=("Приказ № 1",),
    signed=("Министр А. Есқараев",),
    units=(
        unit(Kind.PREAMBLE, text="ПРИКАЗЫВАЮ:"),
        unit(Kind.CHAPTER, "1", "Глава 1.", heading="Сроки", children=(
            unit(Kind.ARTICLE, "1", "Статья 1.", children=(
                unit(Kind.POINT, "1", "1.", "Срок:", children=(TABLE,)),
            )),
            unit(Kind.NOTE, "", "Примечание.", "Слова\nстрокой", heading="Имя"),
        )),
        unit(Kind.APPENDIX, "1", "Приложение 1", heading="Форма"),
        unit(Kind.APPENDIX, "2", "Приложение 2", children=(unit(Kind.CLAUSE),)),
    ),
)  # fmt: skip
KK = Act(
    language="kk",
    title="Мерзімдер туралы",
    units=(
        unit(Kind.PREAMBLE, text="БҰЙЫРАМЫН:"),
        unit(Kind.POINT, "9", "9.", "Қазақша ғана."),
        unit(Kind.APPENDIX, "1", "1-қосымша", heading="Нысан"),
        unit(Kind.TABLE, rows=(("жалғыз", "жол"),)),
    ),
)


def test_page_has_headings_ids_and_no_markup_of_the_text():
    assert fragment(RU) == (
        '<article class="act" lang="ru">\n'
        '<p id="above_1" class="act-above">Проект</p>\n'
        '<h1 id="title">О сроках &amp; мерах</h1>\n'
        '<p id="below_1" class="act-below">Приказ № 1</p>\n'
        '<p id="preamble_1" class="act-preamble">ПРИКАЗЫВАЮ:</p>\n'
        '<h2 id="chp_1"><span class="act-number">Глава 1.</span> Сроки</h2>\n'
        '<h3 id="chp_1__art_1"><span class="act-number">Статья 1.</span></h3>\n'
        '<p id="chp_1__art_1__point_1" class="act-point">'
        '<span class="act-number">1.</span> Срок:</p>\n'
        '<div id="chp_1__art_1__point_1__table_1" class="act-scroll" role="region" tabindex="0"'
        ' aria-label="Текст"><table><thead><tr><th scope="col">№</th><td></td></tr></thead>'
        "<tbody><tr><td>1</td><td>&lt;5&gt;<br>дней</td></tr><tr><td>2</td></tr></tbody></table>"
        "</div>\n"
        '<p id="chp_1__note_1" class="act-note">'
        '<span class="act-number">Примечание.</span> Имя</p>\n'
        '<p class="act-note">Слова<br>строкой</p>\n'
        '<p id="signed_1" class="act-signed">Министр А. Есқараев</p>\n'
        '<p id="att_1" class="act-stamp">Приложение 1</p>\n'
        "<h2>Форма</h2>\n"
        '<p id="att_2" class="act-stamp">Приложение 2</p>\n'
        "</article>\n"
    )


def test_fragment_fits_into_a_page_of_others():
    act = Act(language="kk", title="А", units=(unit(Kind.CHAPTER, heading="Б"),))

    assert fragment(act, heading=5, prefix="kk-") == (
        '<article class="act" lang="kk">\n<h5 id="kk-title">А</h5>\n<h6 id="kk-chp_1">Б</h6>\n'
        "</article>\n"
    )


def test_rows_of_two_languages_meet_by_their_names():
    rows = [[[block.key for block in cell] for cell in row] for row in beside(KK, RU) if row[0]]

    assert rows == [
        [["title"], ["title"]],
        [["preamble_1"], ["preamble_1"]],
        [["point_9"], []],
        [["att_1", "att_1"], ["att_1", "att_1"]],
        [["table_1"], []],
    ]


def test_page_of_two_languages_has_a_row_for_each_pair_and_ids_once():
    page = LexborHTMLParser(html(RU, KK).decode())

    ids = [each.attributes["id"] for each in page.css("[id]")]
    rows = [[cell.text() for cell in row.css("td")] for row in page.css(".act-beside > tbody > tr")]
    assert len(ids) == len(set(ids))
    assert ["О сроках & мерах", "Мерзімдер туралы"] in rows
    assert ["", "9. Қазақша ғана."] in rows


def test_page_without_a_title_has_one_for_the_window():
    assert b"<title>\xe2\x80\x94</title>" in html(Act(language="ru", title="", units=()))


def test_document_has_headings_of_styles_and_tables_with_heads():
    document = python_docx.Document(BytesIO(docx(RU)))

    assert [(one.style.name, one.text) for one in document.paragraphs] == [
        ("Act above", "Проект"),
        ("Title", "О сроках & мерах"),
        ("Act below", "Приказ № 1"),
        ("Normal", "ПРИКАЗЫВАЮ:"),
        ("Heading 2", "Глава 1. Сроки"),
        ("Heading 3", "Статья 1."),
        ("Normal", "1. Срок:"),
        ("Normal", "Примечание. Имя"),
        ("Normal", "Слова\nстрокой"),
        ("Act signature", "Министр А. Есқараев"),
        ("Act stamp", "Приложение 1"),
        ("Heading 2", "Форма"),
        ("Act stamp", "Приложение 2"),
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["№", ""], ["1", "<5>\nдней"], ["2", ""],
    ]  # fmt: skip
    assert document.core_properties.title == "О сроках & мерах"


def test_document_of_two_languages_is_a_table_of_pairs():
    document = python_docx.Document(BytesIO(docx(RU, KK)))

    table = document.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["О сроках & мерах", "Мерзімдер туралы"]
    assert len(table.rows) == len(beside(RU, KK))
    assert document.sections[0].orientation == 1


def test_equal_acts_make_equal_documents():
    assert docx(RU) == docx(RU)


def pages(data):
    document = pypdfium2.PdfDocument(data)
    return ["".join(page.get_textpage().get_text_bounded().split("\r\n")) for page in document]


def test_pdf_is_tagged_and_says_all():
    data = pdf(RU)

    said = "".join(pages(data))
    assert (b"/MarkInfo" in data, b"/StructTreeRoot" in data) == (True, True)
    words = ("О сроках & мерах", "Глава 1. Сроки", "Статья 1.", "<5>", "Форма", "Есқараев")
    assert [word for word in words if word not in said] == []


def test_pdf_of_two_languages_says_both():
    said = re.sub(r"\s", "", "".join(pages(pdf(RU, KK))))

    words = ("Осроках&мерах", "Мерзімдертуралы", "9.Қазақшағана.", "жалғызжол", "<5>")
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    "act",
    [
        Act(language="kk", title="", units=()),
        Act(language="ru", title="", units=(unit(Kind.ARTICLE, "1", "Статья 1.", heading="А"),)),
        Act(language="ru", title="漢字 😀", units=(unit(Kind.CLAUSE, text="я" * 3_000),)),
    ],
)
def test_pdf_is_made_of_any_act(act):
    assert pdf(act).startswith(b"%PDF-")


def test_pdf_without_typst_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def missing(name, *others):
        if name == "typst":
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", missing)

    with pytest.raises(InputError, match="needs Typst"):
        pdf(RU)
