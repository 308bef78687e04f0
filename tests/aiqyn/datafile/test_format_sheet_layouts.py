import pytest
import xlsxwriter

from aiqyn.subjects.datafile import sheets_xml
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.open import read


def sheet(path, rows):
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Бет")
        for number, row in rows.items():
            page.write_row(number - 1, 0, row)
    return read(path).tables[0]


def test_second_table_below_the_first_is_told_by_its_row(tmp_path):
    rows = {1: ("Атауы", "Саны", "Сомасы"), 11: ("Бақша", "Орны", "Бюджет")}
    rows |= {at: (f"Мектеп {at}", at, at * 1.5) for at in range(2, 10)}
    rows |= {at: (f"Бақша {at}", at, at * 1.5) for at in range(12, 19)}

    table = sheet(tmp_path / "a.xlsx", rows)

    assert table.troubles == (
        Trouble(kind="blank_row", count=1, spots=(Spot(row=10),)),
        Trouble(kind="several_tables", count=1, spots=(Spot(row=11, saw="Бақша | Орны | Бюджет"),)),
    )


def test_second_table_beside_the_first_leaves_a_blank_column(tmp_path):
    rows = {1: ("Атауы", "Саны", "", "Аудан", "Орны")}
    rows |= {at: (f"Мектеп {at}", at, "", f"Аудан {at}", at * 2) for at in range(2, 10)}

    table = sheet(tmp_path / "a.xlsx", rows)

    assert table.troubles == (Trouble(kind="blank_column", count=1, spots=(Spot(column=3),)),)


def test_totals_and_notes_below_a_table_are_told(tmp_path):
    rows = {1: ("Атауы", "Саны")} | {at: (f"Мектеп {at}", at) for at in range(2, 8)}
    rows |= {8: ("Барлығы", 27), 10: ("Ескерту: деректер алдын ала берілген",)}

    table = sheet(tmp_path / "a.xlsx", rows)

    assert [(each.kind, each.spots[0].row) for each in table.troubles] == [
        ("blank_row", 9),
        ("note_row", 10),
        ("totals_row", 8),
    ]


@pytest.mark.parametrize(
    "part",
    [
        b'<c t="e" ' + b' r="A1"' * 300_000,
        b'<c r="A1" t="e">' * 300_000,
        b"<row " + b"a " * 300_000,
    ],
)
def test_attributes_without_end_are_looked_through_in_bounds(part):
    seen = sheets_xml._seen(part + b' hidden="1" t="e" <f', 100)

    assert (seen.troubles, seen.columns <= 1) == ((), True)
