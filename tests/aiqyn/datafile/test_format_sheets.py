import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
import xlwt

from aiqyn.subjects.datafile import sheets
from aiqyn.subjects.datafile.grid import address
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.datafile.sheets_xml import column_of

HEADER = ("Код", "Атауы", "Саны", "Күні")
ROWS = [("KZ-10", "Абай", 5, date(2025, 3, 1)), ("KZ-11", "Ақмола", 7.5, date(2025, 4, 1))]


def kinds(found):
    return [trouble.kind for trouble in found.troubles]


def shape(found):
    return [(table.name, table.header, table.rows) for table in found.tables]


def xlsx(path, fill, **options):
    with xlsxwriter.Workbook(path, options) as book:
        fill(book)
    return path


def two_sheets(book):
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name in ("2024", "2025"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(ROWS, 1):
            sheet.write_row(number, 0, row[:3])
            sheet.write_datetime(number, 3, row[3], day)


def test_every_sheet_is_a_table_with_values_as_stored(tmp_path):
    found = read(xlsx(tmp_path / "a.xlsx", two_sheets))

    assert (found.format, found.troubles) == ("xlsx", ())
    assert shape(found) == [("2024", HEADER, 2), ("2025", HEADER, 2)]
    assert [
        (each.name, each.kind, each.least, each.greatest) for each in found.tables[0].columns
    ] == [
        ("Код", "code", "", ""),
        ("Атауы", "text", "", ""),
        ("Саны", "decimal", "5", "7.5"),
        ("Күні", "date", "2025-03-01", "2025-04-01"),
    ]


def test_old_xls_of_another_writer_is_read_alike(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Бет")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
    for number, row in enumerate(ROWS, 1):
        for column, value in enumerate(row[:3]):
            sheet.write(number, column, value)
        sheet.write(number, 3, row[3], day)
    sheet.write_merge(4, 4, 0, 3, "Ескерту: деректер алдын ала берілген")
    book.save(tmp_path / "a.xls")

    found = read(tmp_path / "a.xls")

    assert (found.format, found.media_type) == ("xls", "application/vnd.ms-excel")
    assert shape(found) == [("Бет", HEADER, 2)]
    assert found.tables[0].columns[3].least == "2025-03-01"
    assert found.tables[0].troubles[0] == Trouble(
        kind="merged_cells", count=1, spots=(Spot(row=5, column=1, saw="A5:D5"),)
    )


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.merge_range("B3:C3", "Мектептер туралы мәлімет")
        sheet.write_row(4, 1, ("Атауы", "Саны"))
        for number in range(6):
            sheet.write_row(5 + number, 1, (f"Мектеп {number}", number))
        sheet.write_string(8, 2, "12")

    table = read(xlsx(tmp_path / "a.xlsx", fill)).tables[0]

    assert (table.header[1:], table.header_row, table.first_row, table.rows) == (
        ("Атауы", "Саны"),
        5,
        6,
        6,
    )
    spots = {each.kind: each.spots for each in table.troubles}
    assert spots["merged_cells"] == (Spot(row=3, column=2, saw="B3:C3"),)
    assert spots["number_as_text"] == (Spot(row=9, column=3, name="Саны", saw="12", wants="12"),)


def test_errors_formulas_never_calculated_and_hidden_parts_are_told(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("ашық")
        sheet.write_row(0, 0, ("a", "b", "c"))
        for row in range(1, 4):
            sheet.write_row(row, 0, (f"x{row}", row, row))
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        hidden = book.add_worksheet("жасырын")
        hidden.hide()
        hidden.write_row(0, 0, ("k", "v"))
        hidden.write_row(1, 0, ("x", 1))
        secret = book.add_worksheet("өте жасырын")
        secret.very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=ашық!$B$2:$B$4"})
        book.add_chartsheet("сызба").set_chart(chart)

    found = read(xlsx(tmp_path / "a.xlsx", fill))

    assert [(table.name, table.troubles) for table in found.tables] == [
        (
            "ашық",
            (
                Trouble(
                    kind="formula_error", spots=(Spot(row=2, column=3, saw="#DIV/0!"),), count=1
                ),
                Trouble(kind="hidden_cells", spots=(Spot(row=3), Spot(column=2)), count=2),
            ),
        ),
        ("жасырын", (Trouble(kind="hidden_sheet"),)),
    ]


def test_formula_without_a_value_is_told(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b"])
    sheet.append([1, "=A2*2"])
    sheet.append([2, 4])
    book.save(tmp_path / "a.xlsx")

    table = read(tmp_path / "a.xlsx").tables[0]

    assert table.troubles[0] == Trouble(
        kind="formula_without_value", count=1, spots=(Spot(row=2, column=2, saw="A2*2"),)
    )


def test_days_shown_as_serial_numbers_are_told_with_the_day(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.write_row(0, 0, ("Атауы", "Берілген күні", "Саны"))
        for number in range(5):
            sheet.write_row(number + 1, 0, (f"n{number}", 45717 + number, 45717))

    table = read(xlsx(tmp_path / "a.xlsx", fill)).tables[0]

    assert [each for each in table.troubles if each.kind == "day_number"] == [
        Trouble(
            kind="day_number",
            count=1,
            spots=(Spot(column=2, name="Берілген күні", saw="45717", wants="2025-03-01"),),
        )
    ]


def test_moments_and_yes_or_no_keep_their_kind(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["when", "is_open"])
    for day in range(1, 5):
        book.active.append([datetime.fromisoformat(f"2025-01-0{day}T10:30"), day % 2 == 0])
    book.save(tmp_path / "a.xlsx")

    columns = read(tmp_path / "a.xlsx").tables[0].columns

    assert [(each.kind, each.least) for each in columns] == [
        ("moment", "2025-01-01 10:30:00"),
        ("yes_no", ""),
    ]


def test_two_far_cells_claim_a_whole_sheet_and_get_no_memory(tmp_path):
    def spread(name, content):
        return content.replace(b'r="2"', b'r="1048576"').replace(b'r="B2"', b'r="XFD1048576"')

    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.write(0, 0, "a")
        sheet.write(1, 1, "b")

    found = read(repacked(xlsx(tmp_path / "a.xlsx", fill), spread))

    assert (found.was_cut, [(table.name, table.rows) for table in found.tables]) == (
        True,
        [("s", 0)],
    )
    assert found.tables[0].troubles == (Trouble(kind="too_large", detail="1048576 × 16384"),)


def repacked(path, change):
    """The same package with each part as `change(name, content)` gives it; None drops it."""
    parts = {}
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            content = change(name, package.read(name))
            if content is not None:
                parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_lying_dimension_is_not_believed(tmp_path):
    def lie(name, content):
        return content.replace(b'ref="A1:D3"', b'ref="A1:XFD1048576"')

    found = read(repacked(xlsx(tmp_path / "a.xlsx", two_sheets), lie))

    assert shape(found) == [("2024", HEADER, 2), ("2025", HEADER, 2)]


def test_cells_without_addresses_are_counted(tmp_path):
    def drop(name, content):
        if name != "xl/worksheets/sheet1.xml":
            return content
        row = b"<row><c><v>1</v></c><c><v>2</v></c></row>"
        return b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"

    path = repacked(xlsx(tmp_path / "a.xlsx", two_sheets), drop)

    assert read(path, limits=Limits(cells=1)).tables[0].troubles == (
        Trouble(kind="too_large", detail="1 × 2"),
    )


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (lambda name, content: None if name == "xl/workbook.xml" else content, "broken_format"),
        (lambda name, content: None if name.endswith("sheet1.xml") else content, "broken_format"),
        (
            lambda name, content: (
                content.replace(b"<sst", b"<!DOCTYPE a [<!ENTITY b 'c'>]><sst")
                if name == "xl/sharedStrings.xml"
                else content
            ),
            "entities",
        ),
        (
            lambda name, content: content + b" " * 9_000_000 if "sheet2" in name else content,
            "bomb",
        ),
        (lambda name, content: b"<a" if name == "xl/workbook.xml" else content, "truncated"),
        (lambda name, content: None if "workbook.xml.rels" in name else content, "broken_format"),
    ],
)
def test_package_that_is_damaged_or_hostile_is_told(tmp_path, change, trouble):
    found = read(repacked(xlsx(tmp_path / "a.xlsx", two_sheets), change))

    assert (kinds(found), found.tables, found.was_cut) == ([trouble], (), trouble == "bomb")


def test_pictures_and_folders_in_a_package_are_passed_over(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", two_sheets)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.png", bytes(9_000_000))
        package.writestr("xl/empty/", "")

    assert (len(read(path).tables), read(path).troubles) == (2, ())


def test_binary_workbook_that_is_damaged_is_told(tmp_path):
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.bin", b"\x00\x01")

    assert (read(path).format, kinds(read(path))) == ("xlsb", ["broken_format"])


def test_truncated_package_is_told(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", two_sheets)
    path.write_bytes(path.read_bytes()[:3_000])

    assert (read(path).format, kinds(read(path))) == ("xlsx", ["truncated"])


def test_file_over_the_limit_is_not_opened(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", two_sheets)

    assert (kinds(read(path, limits=Limits(bytes=100)))) == ["too_large"]


def test_encrypted_workbook_is_told_by_its_container(tmp_path):
    path = tmp_path / "a.xlsx"
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<2I", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    name = "EncryptedPackage".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2).ljust(64, b"\0")
    path.write_bytes(bytes(head) + table + entry.ljust(512, b"\0"))

    assert (read(path).format, kinds(read(path))) == ("xlsx", ["encrypted"])


def test_package_with_an_encrypted_part_is_told(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", two_sheets)
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        content[start + at] |= 1
    path.write_bytes(bytes(content))

    assert kinds(read(path)) == ["encrypted"]


def record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def test_password_and_panic_of_the_reader_are_news_of_the_file(tmp_path, monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(problem):
        raise problem

    path = xlsx(tmp_path / "a.xlsx", two_sheets)
    stand_in = type("Stub", (), {"from_path": lambda path: panic(PanicException("index"))})
    monkeypatch.setattr(sheets, "CalamineWorkbook", stand_in)
    found = read(path)
    stand_in.from_path = lambda path: panic(sheets.PasswordError())
    locked = read(path)
    stand_in.from_path = lambda path: panic(KeyboardInterrupt())

    assert [*kinds(found), *kinds(locked)] == ["broken_format", "encrypted"]
    with pytest.raises(KeyboardInterrupt):
        read(path)


@pytest.mark.parametrize("how", [0, 1])
def test_xls_with_a_password_is_told(tmp_path, how):
    book = xlwt.Workbook()
    book.add_sheet("s").write(0, 0, "x")
    packed = io.BytesIO()
    book.save(packed)
    content = packed.getvalue()
    begin = content.find(struct.pack("<HH", 0x809, 16))
    locked = record(0x2F, struct.pack("<HHHH", how, 1, 1, 1))
    after = begin + 20
    content = content[:after] + locked + content[after + len(locked) :]
    path = tmp_path / "a.xls"
    path.write_bytes(content)

    assert kinds(read(path)) == ["encrypted"]


def test_workbook_without_cells_is_empty(tmp_path):
    found = read(xlsx(tmp_path / "a.xlsx", lambda book: book.add_worksheet("s")))

    assert (found.tables, kinds(found)) == ((), ["empty_file"])


@pytest.mark.parametrize(
    ("limits", "tables"),
    [
        (Limits(tables=1), [("2024", HEADER, 2)]),
        (Limits(rows=2), [("2024", HEADER, 1), ("2025", HEADER, 1)]),
    ],
)
def test_tables_and_rows_beyond_the_limit_are_cut(tmp_path, limits, tables):
    found = read(xlsx(tmp_path / "a.xlsx", two_sheets), limits=limits)

    assert (shape(found), found.was_cut) == (tables, True)


def test_cells_are_given_to_whoever_asks(tmp_path):
    kept = []
    read(xlsx(tmp_path / "a.xlsx", two_sheets), keep=lambda name, rows: kept.append((name, rows)))

    assert [(name, [tuple(row) for row in rows]) for name, rows in kept] == [
        (name, [HEADER, *ROWS]) for name in ("2024", "2025")
    ]


def test_columns_are_called_as_spreadsheets_call_them():
    assert [address(0, 0), address(2, 27), address(9, 16_383)] == ["A1", "AB3", "XFD10"]
    assert [column_of(b"A"), column_of(b"AB"), column_of(b"XFD")] == [1, 28, 16_384]
