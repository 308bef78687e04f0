import zipfile

import pytest

from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.open import read

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
HEAD = (
    f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}" '
    f'xmlns:table="{TABLE}" xmlns:text="{TEXT}" xmlns:style="{STYLE}">'
    '<office:automatic-styles><style:style style:name="off">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"


def word(text, more=""):
    return (
        f'<table:table-cell office:value-type="string" {more}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def number(value, more=""):
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {more}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def typed(kind, text):
    return (
        f'<table:table-cell office:value-type="{kind}"><text:p>{text}</text:p></table:table-cell>'
    )


def blank(more=""):
    return f"<table:table-cell {more}/>"


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def sheet(*rows, name="Бет", style=""):
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'
    )


@pytest.fixture
def given(tmp_path):
    def write(body, limits=None, manifest="<m/>", parts=None):
        file = tmp_path / "a.ods"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            kind = "application/vnd.oasis.opendocument.spreadsheet"
            package.writestr("mimetype", kind, zipfile.ZIP_STORED)
            if manifest:
                package.writestr("META-INF/manifest.xml", manifest)
            for name, content in (parts or {"content.xml": HEAD + body + TAIL}).items():
                package.writestr(name, content)
        return read(file, limits=limits or Limits())

    return write


def kinds(found):
    return [trouble.kind for trouble in found.troubles]


def test_values_come_as_the_file_stores_them(given):
    day = '<table:table-cell office:value-type="date" office:date-value="2025-03-01"/>'
    moment = day.replace("2025-03-01", "2025-03-01T10:30:00")
    yes = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    found = given(
        sheet(
            row(*map(word, ("аты", "саны", "күні", "сәті", "ашық"))),
            row(word("a"), number("1"), day, moment, yes),
            row(word("b"), number("2.5"), day.replace("03", "04"), moment, yes),
        )
    )

    assert (found.format, found.troubles) == ("ods", ())
    assert [(each.kind, each.least) for each in found.tables[0].columns] == [
        ("text", ""),
        ("decimal", "1"),
        ("date", "2025-03-01"),
        ("moment", "2025-03-01 10:30:00"),
        ("yes_no", ""),
    ]


def test_damaged_values_are_kept_as_they_are_shown(given):
    found = given(
        sheet(
            row(word("a"), word("b")),
            row(number("1"), '<table:table-cell office:value-type="date" office:date-value="x"/>'),
            row(typed("float", "7 км")),
            row(number("2"), word("x", 'office:string-value="y"')),
        )
    )

    assert [each.filled for each in found.tables[0].columns] == [3, 1]


def test_rows_are_numbered_as_shown_and_blank_ends_are_not_counted(given):
    found = given(
        sheet(
            row(
                blank('table:number-columns-repeated="16384"'),
                more='table:number-rows-repeated="2"',
            ),
            row(blank(), word("аты"), word("саны")),
            *(row(blank(), word(f"n{at}"), number(at)) for at in range(5)),
            row(blank(), word("n7"), word("12")),
            row(
                blank('table:number-columns-repeated="16384"'),
                more='table:number-rows-repeated="1048000"',
            ),
        )
    )

    table = found.tables[0]
    spots = {each.kind: each.spots for each in table.troubles}
    assert (table.header_row, table.rows) == (3, 6)
    assert spots["number_as_text"] == (Spot(row=9, column=3, name="саны", saw="12", wants="12"),)


def test_merged_hidden_and_mistaken_cells_are_told(given):
    note = "<office:annotation><text:p>ескерту</text:p></office:annotation>"
    found = given(
        sheet(
            row(word("Тақырып", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>"),
            row(word("a"), word("b")),
            row(word(f"x{note}"), number(1), more='table:visibility="collapse"'),
            row(word("y"), word("#DIV/0!", 'table:formula="of:=1/0"')),
            row(
                word("z"),
                typed("error", "Err:502"),
            ),
        )
        + sheet(row(word("k"), word("v")), row(word("q"), number(1)), name="жасырын", style="off")
        + sheet(name="бос")
    )

    assert [table.name for table in found.tables] == ["Бет", "жасырын"]
    assert found.tables[0].troubles[:3] == (
        Trouble(
            kind="formula_error",
            count=2,
            spots=(Spot(row=4, column=2, saw="#DIV/0!"), Spot(row=5, column=2, saw="Err:502")),
        ),
        Trouble(kind="hidden_cells", spots=(Spot(row=3),), count=1),
        Trouble(kind="merged_cells", spots=(Spot(row=1, column=1, saw="A1:B1"),), count=1),
    )
    assert found.tables[1].troubles == (Trouble(kind="hidden_sheet"),)


def test_paragraphs_and_spaces_of_a_cell_are_kept_apart(given):
    text = "<text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p>"
    cell = f"<table:table-cell>{text}</table:table-cell>"
    found = given(sheet(row(word("h"), word("g")), *(row(cell, number(at)) for at in range(2))))

    assert found.tables[0].columns[0].top == (("a  b\nc", 2),)


@pytest.mark.parametrize(
    "body",
    [
        sheet(
            row(
                number(1, 'table:number-columns-repeated="16384"'),
                more='table:number-rows-repeated="1048576"',
            )
        ),
        sheet(
            row(number(1, 'table:number-columns-repeated="99999999999"')), row(number(1)) * 9_000
        ),
        sheet(row(blank(), more='table:number-rows-repeated="1048576"') * 100, row(number(1))),
    ],
)
def test_cells_repeated_without_end_get_no_memory(given, body):
    found = given(body, limits=Limits(cells=8_000))

    assert (kinds(found), found.was_cut, found.tables) == (["too_large"], True, ())


@pytest.mark.parametrize(
    ("body", "manifest", "parts", "trouble"),
    [
        ("", "<manifest:encryption-data/>", None, "encrypted"),
        ("", "", {"other.xml": "x"}, "broken_format"),
        ("", "", {"content.xml": HEAD}, "truncated"),
        ("", "", {"content.xml": "<a>" * 1_000}, "too_deep"),
        (
            "",
            "",
            {"content.xml": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a/>"},
            "entities",
        ),
        ("", "", {"content.xml": HEAD + " " * 9_000_000 + TAIL}, "bomb"),
        ("", "", None, "empty_file"),
    ],
)
def test_package_that_is_damaged_or_hostile_is_told(given, body, manifest, parts, trouble):
    assert kinds(given(body, manifest=manifest, parts=parts)) == [trouble]


def test_part_locked_by_zip_itself_is_told(tmp_path, given):
    given(sheet(row(number(1))), manifest="")
    file = tmp_path / "a.ods"
    content = bytearray(file.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark, content.find(mark) + 1) + at] |= 1
    file.write_bytes(bytes(content))

    assert kinds(read(file)) == ["encrypted"]


def of_2003(*sheets):
    body = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{"".join(rows)}</Table></Worksheet>'
        for name, rows in sheets
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{body}</Workbook>'


def line(*cells, more=""):
    return f"<Row {more}>{''.join(cells)}</Row>"


def value(kind, text, more=""):
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_sheets_written_as_one_xml_are_read_as_sheets(tmp_path):
    file = tmp_path / "a.xls"
    names = [value("String", name) for name in ("аты", "саны", "күні", "ашық")]
    rows = [
        line(value("String", "Тақырып", 'ss:MergeAcross="3"')),
        line(*names, more='ss:Index="4"'),
        *(
            line(
                value("String", f"Мектеп {at}"),
                value("Number", at),
                value("DateTime", f"2025-03-0{at}T00:00:00.000"),
                value("Boolean", at % 2),
            )
            for at in range(1, 5)
        ),
        line(value("Error", "#DIV/0!", 'ss:Index="2"'), value("DateTime", "x"), "<Cell/>"),
    ]
    file.write_text(of_2003(("Бет", rows), ("бос", [line("<Cell/>")])))

    found = read(file)

    assert (found.format, found.troubles) == ("xml", ())
    assert [(each.name, each.header, each.header_row) for each in found.tables] == [
        ("Бет", ("аты", "саны", "күні", "ашық"), 4)
    ]
    assert [each.kind for each in found.tables[0].columns] == ["text", "whole", "date", "yes_no"]
    assert found.tables[0].troubles[:2] == (
        Trouble(kind="formula_error", count=1, spots=(Spot(row=9, column=2, saw="#DIV/0!"),)),
        Trouble(kind="merged_cells", count=1, spots=(Spot(row=1, column=1),)),
    )


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (of_2003(("s", [line(value("Number", 1), more='ss:Index="1048576"')])), "too_large"),
        (of_2003(("s", [line(value("Number", 1))] * 200)), "too_large"),
        (of_2003(("s", []))[:-5], "truncated"),
        (of_2003(), "empty_file"),
        (of_2003().replace("</W", "<Row><Cell><Data/></Cell></Row></W"), "empty_file"),
    ],
)
def test_sheets_written_as_one_xml_are_bounded(tmp_path, content, trouble):
    file = tmp_path / "a.xml"
    file.write_text(content)

    assert kinds(read(file, limits=Limits(cells=100))) == [trouble]


def test_spaces_around_a_value_are_told_and_indentation_is_none(given):
    said = '<text:s/>Алмалы <text:span>ауданы</text:span><text:s text:c="2"/>'
    cell = f'<table:table-cell office:value-type="string">\n  <text:p>{said}</text:p>\n '
    rows = [row(word("Аудан"), word("Саны"))]
    rows += [row(f"{cell}</table:table-cell>", number(2)), row(word("Медеу"), number(3))]

    (trouble,) = given(sheet(*rows)).tables[0].troubles

    spot = Spot(row=2, column=1, name="Аудан", saw=" Алмалы ауданы  ", wants="Алмалы ауданы")
    assert (trouble.kind, trouble.spots) == ("untidy_space", (spot,))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>\n    Алмалы\n  </text:p>", "Алмалы"),
        ("<text:p>\n  <text:span>Алмалы </text:span>\n\tауданы</text:p>", "Алмалы ауданы"),
        ("<text:p>Алмалы\n      ауданы</text:p>", "Алмалы ауданы"),
        ("<text:p>\n</text:p>\n<text:p> а </text:p> <text:p> б <text:s/>в </text:p>", "а\nб  в"),
        ("<text:p>а<text:tab/></text:p>", "а "),
        ("<text:p>\u00a0а</text:p>", "\u00a0а"),
    ],
)
def test_indentation_inside_a_paragraph_is_no_text_of_its_cell(given, body, expected):
    cell = f'<table:table-cell office:value-type="string">{body}</table:table-cell>'

    found = given(sheet(row(word("h"), word("g")), *(row(cell, number(at)) for at in range(2))))

    assert found.tables[0].columns[0].top == ((expected, 2),)
