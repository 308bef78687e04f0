"""ODT: the same promises as for DOCX."""

from io import BytesIO

import odfdo
import pytest

from aiqyn.acts import paragraphs
from aiqyn.acts.model import Trouble
from aiqyn.acts.reading import read
from aiqyn.acts.reading.open_text import read as lines_of
from aiqyn.acts.reading.packages import Package
from aiqyn.acts.troubles import Unreadable
from tests.aiqyn.acts.docx_made import odt, zipped

LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
    ' style:num-suffix="." style:num-format="1"/><text:list-level-style-number text:level="2"'
    ' style:num-prefix="(" style:num-suffix=")" style:num-format="1" text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="3"/><text:list-level-style-image/>'
    "</text:list-style>"
)


def sheet(body, styles="", common=""):
    return lines_of(Package(odt(body, styles, common), "act.odt"))


def texts(body, styles="", common=""):
    return [line.text or line.rows for line in sheet(body, styles, common).lines]


def item(*inside):
    return f"<text:list-item>{''.join(inside)}</text:list-item>"


def p(text, style=""):
    name = f' text:style-name="{style}"' if style else ""
    return f"<text:p{name}>{text}</text:p>"


def test_order_written_by_a_library_is_read_whole():
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Paragraph("Құжаттарды тіркеу қағидаларын бекіту туралы"))
    body.append(odfdo.Paragraph("Заңға сәйкес БҰЙЫРАМЫН:"))
    body.append(odfdo.Paragraph("1. Қағидалар бекітілсін:"))
    table = odfdo.Table("Т", width=2, height=2)
    for place, said in (("A1", "№"), ("B1", "Атауы"), ("A2", "1"), ("B2", "Құжат")):
        table.set_value(place, said)
    body.append(table)
    point = odfdo.Paragraph("2. Мәтін")
    point.insert_note(after="Мәтін", note_id="n1", citation="1", body="Сілтеме мәтіні.")
    body.append(point)
    body.append(odfdo.Paragraph("Министр А. Есқараев"))
    out = BytesIO()
    document.save(out)

    act = read(out.getvalue(), "act.odt")

    assert (act.language, act.title, act.signed, act.troubles) == (
        "kk",
        "Құжаттарды тіркеу қағидаларын бекіту туралы",
        ("Министр А. Есқараев",),
        (),
    )
    assert [(one.eid, one.marker, one.text) for one in paragraphs(act)] == [
        ("preamble_1", "", "Заңға сәйкес БҰЙЫРАМЫН:"),
        ("point_1", "1.", "Қағидалар бекітілсін:"),
        ("point_1__table_1", "", "№\tАтауы\n1\tҚұжат"),
        ("point_2", "2.", "Мәтін¹"),
        ("point_2__note_1", "¹", "Сілтеме мәтіні."),
    ]


def test_lists_print_their_numbers_and_go_on_where_they_say_so():
    deepest = f"<text:list>{item(p('в'))}</text:list>"
    inner = f"<text:list>{item(p('б'), p('ещё'))}{item(deepest)}</text:list>"
    odd = item(f"<text:section>{p('и')}</text:section>")
    body = (
        f'<text:list text:style-name="L">{item(p("а"), inner)}{item(p("г"))}</text:list>'
        f'<text:list text:style-name="L">{item(p("д"))}</text:list>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item(p("е"))}'
        f'<text:list-item text:start-value="7">{p("ж")}</text:list-item>'
        f"<text:list-header>{p('з')}</text:list-header></text:list>"
        f'<text:list text:style-name="L">{odd}</text:list>'
    )

    assert texts(body, LIST) == [
        "1. а", "(1.1) б", "ещё", "– в", "2. г", "1. д", "2. е", "7. ж", "з", "и",
    ]  # fmt: skip


def test_list_of_an_unknown_style_has_no_numbers():
    assert texts(f"<text:list>{item(p('а'))}</text:list>") == ["а"]


def test_headings_are_numbered_by_the_outline():
    common = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"'
        ' style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="?"/>'
        "</text:outline-style>"
    )
    body = (
        '<text:h text:outline-level="1">Раздел</text:h>'
        '<text:h text:outline-level="2">Глава</text:h>'
        '<text:h text:outline-level="x">Ещё</text:h>'
    )

    found = sheet(body, common=common).lines

    assert [(line.text, line.is_heading) for line in found] == [
        ("I. Раздел", True),
        ("1 Глава", True),
        ("II. Ещё", True),
    ]


def test_looks_tell_headings_and_stamps():
    def style(name, properties="", text="", parent=""):
        return (
            f'<style:style style:name="{name}" style:parent-style-name="{parent}">'
            f"<style:paragraph-properties {properties}/><style:text-properties {text}/>"
            "<style:map/></style:style>"
        )

    styles = (
        style("C", 'fo:text-align="center"')
        + style("E", 'fo:text-align="end"')
        + style("F", 'fo:margin-left="100mm"')
        + style("X", 'fo:margin-left="xcm"')
        + style("B", text='fo:font-weight="bold"')
        + style("Child", parent="B")
        + style("Ring", parent="Ring")
        + style("Up", text='style:text-position="super 58%"')
    )
    names = ("C", "E", "F", "X", "B", "Child", "Ring")
    body = "".join(p(name, name) for name in names) + p("") + p("после")
    body += p('5<text:span text:style-name="Up">1</text:span>')

    found = sheet(body, styles).lines

    assert [(line.text, line.is_heading, line.is_apart, line.has_gap) for line in found] == [
        ("C", True, False, False),
        ("E", False, True, False),
        ("F", False, True, False),
        ("X", False, False, False),
        ("B", True, False, False),
        ("Child", True, False, False),
        ("Ring", False, False, False),
        ("после", False, False, True),
        ("5¹", False, False, False),
    ]


def test_what_is_not_the_text_is_left_out_and_told():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>нет</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>а<office:annotation><text:p>замечание</text:p></office:annotation>"
        '<text:s text:c="2"/>'
        "<text:tab/>б<text:line-break/>2) в<text:s/><draw:frame><draw:image/></draw:frame>"
        "<draw:frame><draw:text-box><text:p>в рамке</text:p></draw:text-box></draw:frame>"
        "\nдальше</text:p><text:p>сноска"
        "<text:note><text:note-body><text:p>Слова</text:p></text:note-body></text:note>"
        "<text:note><text:note-citation/></text:note></text:p>"
    )

    found = sheet(body)

    assert [(line.text, line.note) for line in found.lines] == [
        ("а б", ""), ("2) в дальше", ""), ("в рамке", ""), ("сноска**", ""), ("Слова", "*"),
        ("", "*"),
    ]  # fmt: skip
    assert found.troubles == (
        Trouble(code="tracked_changes", where="", saw="1"),
        Trouble(code="comments", where="", saw="1"),
        Trouble(code="pictures", where="", saw="1"),
    )


def test_tables_keep_their_columns():
    def cell(*inside, more=""):
        return f"<table:table-cell {more}>{''.join(inside)}</table:table-cell>"

    def row(*cells):
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    nested = f"<table:table>{row(cell(p('а')), cell(p('б')))}</table:table>"
    twice = cell(p("1"), more='table:number-columns-repeated="2"')
    covered = f"<table:covered-table-cell>{p('x')}</table:covered-table-cell>"
    body = (
        "<table:table><table:table-column/><table:table-header-rows>"
        f"{row(cell(p('№')), cell(p('Срок')), covered)}</table:table-header-rows>"
        f"{row(cell(nested), twice)}</table:table>"
    )

    found = sheet(body)

    assert found.lines[0].rows == (("№", "Срок", ""), ("а | б", "1", "1"))
    assert found.troubles == (Trouble(code="nested_table", where="", saw="1"),)


@pytest.mark.parametrize("content", ["<a/>", "<a><body/></a>"])
def test_document_without_a_text_is_damaged(content):
    with pytest.raises(Unreadable, match=r"The file is damaged: content\.xml"):
        read(zipped(content_dot_xml=content), "act.odt")


def test_package_with_neither_text_is_refused():
    with pytest.raises(Unreadable, match="This format is not read here"):
        read(zipped(xl__workbook_dot_xml="<a/>"), "act.xlsx")


def test_mimetype_alone_does_not_make_a_text():
    with pytest.raises(Unreadable, match="The file is damaged"):
        read(zipped(mimetype="application/vnd.oasis.opendocument.text"), "act.odt")
