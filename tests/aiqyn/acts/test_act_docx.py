"""DOCX: what is printed is what is read."""

from io import BytesIO

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from aiqyn.acts import paragraphs
from aiqyn.acts.model import Trouble
from aiqyn.acts.reading import read
from aiqyn.acts.reading.packages import Package
from aiqyn.acts.reading.word import read as lines_of
from aiqyn.acts.troubles import Unreadable
from tests.aiqyn.acts.docx_made import W, docx, numbered, p, r, zipped


def sheet(data):
    return lines_of(Package(data, "act.docx"))


def texts(data):
    return [line.text for line in sheet(data).lines]


def level(number, form, text, more=""):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def written_order():
    """Return an order as an office program writes it."""
    document = python_docx.Document()

    def add(text, align=None, *, bold=False, indent=0):
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = bold
        paragraph.alignment = align
        paragraph.paragraph_format.left_indent = Cm(indent)

    def table(wide, *cells):
        made = document.add_table(len(cells) // wide, wide)
        for number, cell in enumerate(cells):
            made.cell(number // wide, number % wide).text = cell

    centre = WD_ALIGN_PARAGRAPH.CENTER
    add("Проект", WD_ALIGN_PARAGRAPH.RIGHT)
    for line in ("ПРИКАЗ", "Об утверждении Правил", "ведения реестра"):
        add(line, centre, bold=True)
    add("В соответствии с законом ПРИКАЗЫВАЮ:")
    document.add_paragraph("Утвердить Правила.", style="List Number")
    document.add_paragraph("Обеспечить:", style="List Number")
    add("1) регистрацию;\n2) размещение.")
    table(2, "Министр юстиции", "А. Есқараев")
    table(2, "", "Приложение 1\nк приказу Министра юстиции\nот 12 марта 2024 года № 215")
    add("Правила ведения реестра", centre, bold=True)
    add("Глава 1. Общие положения", centre, bold=True)
    add("1. Сроки:")
    table(2, "№", "Срок", "1", "5 дней")
    add("Приложение 2\nк Правилам", indent=9)
    add("Форма заявления", centre, bold=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_order_written_by_an_office_program_is_read_whole():
    act = read(written_order(), "act.docx")

    assert (act.title, act.above, act.signed, act.kind_of_act, act.troubles) == (
        "Об утверждении Правил ведения реестра",
        ("Проект", "ПРИКАЗ"),
        ("Министр юстиции А. Есқараев",),
        "minister_order",
        (),
    )
    assert [(one.eid, one.marker, one.text) for one in paragraphs(act)] == [
        ("preamble_1", "", "В соответствии с законом ПРИКАЗЫВАЮ:"),
        ("point_1", "1.", "Утвердить Правила."),
        ("point_2", "2.", "Обеспечить:"),
        ("point_2__subpoint_1", "1)", "регистрацию;"),
        ("point_2__subpoint_2", "2)", "размещение."),
        (
            "att_1",
            "Приложение 1 к приказу Министра юстиции от 12 марта 2024 года № 215",
            "Правила ведения реестра",
        ),
        ("att_1__chp_1", "Глава 1.", "Общие положения"),
        ("att_1__chp_1__point_1", "1.", "Сроки:"),
        ("att_1__chp_1__point_1__table_1", "", "№\tСрок\n1\t5 дней"),
        ("att_2", "Приложение 2 к Правилам", "Форма заявления"),
    ]


def test_automatic_numbers_are_printed_by_level_and_begin_anew():
    lists = numbering(
        level(0, "decimal", "Глава %1."),
        level(1, "decimal", "%1.%2."),
        level(2, "russianLower", "%3)"),
    )
    body = "".join(
        numbered(text, 1, place)
        for text, place in (("а", 0), ("б", 1), ("в", 2), ("г", 2), ("д", 0), ("е", 1), ("ж", 2))
    )

    assert texts(docx(body, numbering=lists)) == [
        "Глава 1. а", "1.1. б", "а) в", "б) г", "Глава 2. д", "2.1. е", "а) ж",
    ]  # fmt: skip


def test_list_with_a_start_of_its_own_begins_there_once():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(numbered("а", number) for number in (1, 1, 2, 2, 3))

    found = texts(docx(body, numbering=numbering(level(0, "decimal", "%1)"), nums=nums)))

    assert found == ["1) а", "2) а", "5) а", "6) а", "VII а"]


def test_levels_say_when_they_begin_anew_and_how_they_are_written():
    lists = numbering(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%1.%2", '<w:isLgl/><w:lvlRestart w:val="0"/>'),
        level(2, "bullet", "●", '<w:lvlRestart w:val="1"/>'),
        level(3, "chineseCounting", "%4"),
    )
    places = (0, 1, 0, 1, 2, 3, 1)
    data = docx("".join(numbered("а", 1, place) for place in places), numbering=lists)

    assert texts(data) == ["I. а", "1.1 а", "II. а", "2.2 а", "– а", "1 а", "2.3 а"]
    assert sheet(data).troubles == (Trouble(code="unknown_numbering", where="", saw="1"),)


def test_level_that_restarts_after_a_far_one_goes_on_after_a_near_one():
    lists = numbering(
        level(0, "decimal", "%1."),
        level(1, "decimal", "%2)"),
        level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>'),
    )
    places = (0, 1, 2, 1, 2, 0, 2)

    found = texts(docx("".join(numbered("-", 1, each) for each in places), numbering=lists))

    assert found == ["1. -", "1) -", "a) -", "2) -", "b) -", "2. -", "a) -"]


def test_what_is_unknown_in_the_lists_is_passed_over():
    lists = f"<w:numPicBullet/>{numbering(level(0, 'decimal', '%1.'))}"
    odd = p("а", '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>')

    start = lists.replace('<w:start w:val="1"/>', '<w:start w:val="first"/>')

    assert texts(docx(odd, numbering=start)) == ["1. а"]


def test_empty_paragraph_of_a_list_takes_a_number():
    lists = numbering(level(0, "decimal", "%1."))
    body = numbered("а", 1) + numbered("", 1) + numbered("в", 1)

    assert texts(docx(body, numbering=lists)) == ["1. а", "3. в"]


@pytest.mark.parametrize("number", [0, 7])
def test_paragraph_without_a_known_list_has_no_number(number):
    lists = numbering(level(0, "decimal", "%1."))

    assert texts(docx(numbered("а", number), numbering=lists)) == ["а"]


def test_level_out_of_any_list_has_no_number():
    assert texts(docx(numbered("а", 1, 9), numbering=numbering())) == ["а"]


def test_lists_of_styles_are_followed():
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Points"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Points"><w:pPr><w:numPr><w:numId w:val="2"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Point"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
    )
    body = p("а", '<w:pStyle w:val="Point"/>') + p("б", '<w:pStyle w:val="Ring"/>')

    assert texts(docx(body, numbering=lists, styles=styles)) == ["1. а", "б"]


def test_tracked_changes_are_read_as_accepted_and_counted():
    body = (
        f"<w:p>{r('Срок ')}<w:del>{r('три').replace('w:t', 'w:delText')}</w:del>"
        f"<w:ins>{r('пять')}</w:ins>{r(' дней.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Первая ')}</w:p><w:p>{r('вторая.')}</w:p>"
        f"<w:moveFrom>{p('там')}</w:moveFrom><w:moveTo>{p('тут')}</w:moveTo>"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('нет')}</w:tc></w:tr>"
        f"<w:ins><w:tr><w:tc>{p('а')}</w:tc><w:tc>{p('б')}</w:tc></w:tr></w:ins></w:tbl>"
    )

    found = sheet(docx(body))

    assert [line.text or line.rows for line in found.lines] == [
        "Срок пять дней.", "Первая вторая.", "тут", (("а", "б"),),
    ]  # fmt: skip
    assert found.troubles == (Trouble(code="tracked_changes", where="", saw="7"),)


def test_tables_keep_their_columns_where_cells_are_joined():
    joined = (
        "<w:tbl>"
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("№")}</w:tc>'
        f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Срок")}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('№')}</w:tc>"
        f"<w:sdt><w:sdtContent><w:tc>{p('дни')}{p('рабочие')}</w:tc></w:sdtContent></w:sdt>"
        f"<w:tc>{p('часы')}<w:tbl><w:tr><w:tc>{p('а')}</w:tc><w:tc>{p('б')}</w:tc></w:tr></w:tbl>"
        f"</w:tc></w:tr><w:tr><w:tc>{p('')}</w:tc></w:tr></w:tbl>"
    )

    found = sheet(docx(joined))

    assert found.lines[0].rows == (("№", "Срок", ""), ("", "дни\nрабочие", "часы\nа | б"))
    assert found.troubles == (Trouble(code="nested_table", where="", saw="1"),)


def test_table_that_is_a_layout_gives_its_lines():
    def cell(text):
        return f"<w:tc>{p(text)}</w:tc>"

    box = f"<w:tbl><w:tr>{cell('в рамке')}</w:tr></w:tbl>"
    right = f"<w:tbl><w:tr>{cell('')}{cell('справа')}</w:tr></w:tbl>"
    empty = f"<w:tbl><w:tr>{cell('')}</w:tr></w:tbl><w:tbl/>"

    found = sheet(docx(box + right + empty)).lines

    assert [(line.text, line.is_apart) for line in found] == [("в рамке", False), ("справа", True)]


def test_footnotes_stand_after_the_words_they_belong_to():
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p("")}</w:footnote>'
        f'<w:footnote w:id="5">{p("Закон.")}</w:footnote>'
    )
    body = (
        f'<w:p>{r("1. Слово")}<w:r><w:footnoteReference w:id="5"/></w:r>{r(" дальше.")}</w:p>'
        f'<w:p>{r("2. Ещё")}<w:r><w:footnoteReference w:id="9"/></w:r></w:p>'
    )

    act = read(docx(body, footnotes=notes), "act.docx")

    assert [(one.eid, one.marker, one.text) for one in paragraphs(act)] == [
        ("point_1", "1.", "Слово¹ дальше."),
        ("point_1__note_1", "¹", "Закон."),
        ("point_2", "2.", "Ещё"),
    ]


def test_breaks_hidden_words_and_raised_figures_are_read_as_printed():
    up = r("1", '<w:vertAlign w:val="superscript"/>')
    body = (
        f"<w:p>{r('Статья 5')}{up}"
        f"{r('. А')}<w:r><w:tab/><w:br/><w:t>б</w:t><w:noBreakHyphen/>"
        '<w:br w:type="page"/><w:t>в</w:t></w:r>'
        f"{r('тайна', '<w:vanish/>')}<w:hyperlink>{r(' ссылка')}</w:hyperlink></w:p>"
    )

    found = sheet(docx(body))

    assert [line.text for line in found.lines] == ["Статья 5¹. А б- в ссылка"]
    assert found.troubles == (Trouble(code="hidden_text", where="", saw="1"),)


def test_text_boxes_are_read_once_and_pictures_are_told():
    box = f"<w:txbxContent>{p('в рамке')}</w:txbxContent>"
    body = (
        f"<w:p>{r('до')}<w:r><w:AlternateContent><w:Choice>{box}</w:Choice>"
        f"<w:Fallback>{box}</w:Fallback></w:AlternateContent></w:r>"
        "<w:r><w:drawing><w:blip/></w:drawing></w:r><w:r><w:AlternateContent/></w:r>"
        "<w:r><w:commentReference/></w:r></w:p>"
    )

    found = sheet(docx(body))

    assert [line.text for line in found.lines] == ["до", "в рамке"]
    assert [(each.code, each.saw) for each in found.troubles] == [
        ("comments", "1"),
        ("pictures", "1"),
    ]


def test_looks_tell_headings_and_stamps():
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="B"><w:rPr><w:b/></w:rPr></w:style>'
    )
    plain = r("нежирный", '<w:b w:val="0"/>')
    body = (
        p("заголовок", '<w:pStyle w:val="H"/>')
        + p("жирный", '<w:pStyle w:val="B"/>')
        + f'<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr>{plain}</w:p>'
        + p("справа", '<w:jc w:val="right"/>')
        + p("далеко", '<w:ind w:left="5000"/>')
        + p("странно", '<w:ind w:start="x"/>')
        + p("")
        + p("после пустого")
    )

    found = sheet(docx(body, styles=styles)).lines

    assert [(line.text, line.is_heading, line.is_apart, line.has_gap) for line in found] == [
        ("заголовок", True, False, False),
        ("жирный", True, False, False),
        ("нежирный", False, False, False),
        ("справа", False, True, False),
        ("далеко", False, True, False),
        ("странно", False, False, False),
        ("после пустого", False, False, True),
    ]


def test_main_part_is_found_by_its_relation():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = zipped(
        _rels___dot_rels=f'<r><a Type="{kind}/other"/>'
        f'<a Type="{kind}/officeDocument" Target="/word/d.xml"/></r>',
        word__d_dot_xml=f"<w:document {W}><w:body>{p('слово')}</w:body></w:document>",
    )

    assert texts(data) == ["слово"]


def test_document_without_its_main_part_is_damaged():
    with pytest.raises(Unreadable, match=r"act: The file is damaged: word/document\.xml"):
        read(zipped(word__styles_dot_xml="<a/>"), "act")
