"""Several tables on one sheet: told apart where that is beyond doubt, each analysed by itself."""

from time import process_time

import pytest

from aiqyn.subjects.datafile import areas
from aiqyn.subjects.datafile.areas import areas_of
from aiqyn.subjects.datafile.grid import Grid
from aiqyn.subjects.datafile.limits import LIMITS
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.tables import apart_in

SCHOOLS = ["коды;аудан;күні;саны", *(f"М-{at};Алмалы;2025-01-0{at};{at * 9}" for at in range(1, 7))]
VILLAGES = ["ауыл;халық", "Ақсай;100", "Бұлақ;250", "Тасты;90"]
AREAS = ["аудан;халық;жері", "Алмалы;10;5", "Медеу;20;6", "Әуезов;30;9"]


def rows(*lines):
    return [line.split(";") if line else [] for line in lines]


def even(*lines):
    table = rows(*lines)
    width = max(map(len, table))
    return [row + [""] * (width - len(row)) for row in table]


def beside(left, right):
    width = left[0].count(";") + 1
    lines = [
        (left[at] if at < len(left) else ";" * (width - 1))
        + ";;"
        + (right[at] if at < len(right) else ";" * right[0].count(";"))
        for at in range(max(len(left), len(right)))
    ]
    return rows(*lines)


def places(table):
    return [(each.top, each.bottom, each.left, each.right) for each in areas_of(table)]


@pytest.mark.parametrize("lay", [rows, even])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([*VILLAGES, "", *SCHOOLS], [(1, 4, 1, 2), (6, 12, 1, 4)]),
        ([*AREAS, "", "", *SCHOOLS], [(1, 4, 1, 3), (7, 13, 1, 4)]),
        ([*SCHOOLS, "", *AREAS], [(1, 7, 1, 4), (9, 12, 1, 3)]),
        ([*SCHOOLS, "", "тауар;саны", "а;5", "б;6", "в;7"], [(1, 7, 1, 4), (9, 12, 1, 2)]),
        (["1-кесте", *AREAS, "", "2-кесте. Мектептер", *SCHOOLS], [(1, 5, 1, 3), (7, 14, 1, 4)]),
        ([*AREAS, "Таблица № 2", *AREAS], [(1, 4, 1, 3), (5, 9, 1, 3)]),
        ([*AREAS, "", "Table 2", "", *AREAS], [(1, 4, 1, 3), (6, 11, 1, 3)]),
        ([*AREAS, "", "Солтүстік", *AREAS], [(1, 4, 1, 3), (6, 10, 1, 3)]),
        (
            [*AREAS, "", "Құны", "тауар;саны;күні", "Нан;5;2025-01-02", "Сүт;6;2025-01-03"],
            [(1, 4, 1, 3), (6, 9, 1, 3)],
        ),
        ([*AREAS, "", " аудан;халық;жері", *AREAS[1:]], [(1, 4, 1, 3), (6, 9, 1, 3)]),
        (
            [*VILLAGES, "", *AREAS, "", *SCHOOLS],
            [(1, 4, 1, 2), (6, 9, 1, 3), (11, 17, 1, 4)],
        ),
    ],
)
def test_tables_below_one_another_are_told_apart(lay, lines, expected):
    assert places(lay(*lines)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        SCHOOLS,
        [*SCHOOLS, "", "Ескерту: деректер алдын ала", "", "* нақтыланады"],
        ["Мектептер туралы мәлімет", "2025 жыл", "", *SCHOOLS],
        ["Орган;Әкімдік", "Кезең;2025", "", *SCHOOLS],
        ["Орган;Әкімдік", "Директор;Иванов", "Мекенжай;Абай", "Пошта;жоқ", "", *SCHOOLS],
        ["М-1;Алмалы;2025-01-01;5", "", *SCHOOLS],
        [*AREAS, "", *AREAS],
        [*AREAS, "", "Тараз;жабық;7", "Орал;8;9", "Семей;7;6"],
        [*AREAS, "", "Алматы облысы", "Тараз;жабық;7", "Орал;8;9", "Семей;7;6"],
        [*AREAS, "", "Алматы облысы", "Тараз;жабық;ашық", "Орал;8;9", "Семей;7;6"],
        [*AREAS, "", "Барлығы;сомасы;саны;орны", "а;1;2;3", "б;1;2;3"],
        [*AREAS, "", "к;л;м;н", "а;1;2;3", "б;1"],
        [*AREAS, "", "к;л;м;н", "а;1;2;3", "б;1;2;3;4"],
        [*AREAS, "", "к;л;м;к", "а;1;2;3", "б;1;2;3"],
        [*AREAS, "", "к;2024;2025;2026", "а;1;2;3", "б;1;2;3"],
        [*AREAS, "", "к;л;м;н", "а;б;в;г", "д;е;ё;ж"],
        [*VILLAGES, "", "к;л;м", "а;1;б", *(f"{at};2.5;2024-01-01" for at in range(1, 5))],
        [*AREAS, "2-кесте"],
        ["1-кесте", "", *AREAS],
        [*AREAS, "", "Тараз;жабық", "Орал;8", "Семей;7"],
        [*SCHOOLS, "", "Орындаушы;Ахметова", "Беттер;5", "Телефон;123456"],
    ],
)
@pytest.mark.parametrize("lay", [rows, even])
def test_rows_that_may_be_records_of_one_table_stay_together(lay, lines):
    assert places(lay(*lines)) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (SCHOOLS, VILLAGES, [(1, 7, 1, 4), (1, 4, 6, 7)]),
        (VILLAGES, SCHOOLS, [(1, 4, 1, 2), (1, 7, 4, 7)]),
        (AREAS, AREAS, [(1, 4, 1, 3), (1, 4, 5, 7)]),
        (
            ["1-кесте;", *VILLAGES],
            ["2-кесте;;", *AREAS, "Түрксіб;1;2"],
            [(1, 5, 1, 2), (1, 6, 4, 6)],
        ),
        (AREAS, VILLAGES, []),
        ([*VILLAGES, "ҚР бойынша барлығы;440"], ["ер;әйел", "48;52", "120;130", "40;50"], []),
        ([*VILLAGES, "ҚР бойынша барлығы;440"], AREAS, []),
        ([*VILLAGES, "Жетес;70"], ["ер;әйел", "48;52", "120;130", "40;50"], []),
        ([*VILLAGES, "Жетес;70"], ["орташа;бағасы", "48;төмен", "12;төмен", "40;жоғары"], []),
        ([*VILLAGES, "Ескерту: алдын ала;"], AREAS, []),
        (VILLAGES, [*AREAS[:3], "Әуезов;;"], []),
        (SCHOOLS, ["ауыл;халық", "Ақсай;100", ";", "Тасты;90"], []),
        (SCHOOLS, ["ауыл;халық", "Ақсай;100"], []),
        (SCHOOLS, [";халық", "Ақсай;100", "Бұлақ;250", "Тасты;90"], []),
        (SCHOOLS, ["ауыл;ескерту", "Ақсай;а", "Бұлақ;б", "Тасты;в"], []),
        (SCHOOLS, ["ауыл", "Ақсай", "Бұлақ", "Тасты"], []),
        (
            SCHOOLS,
            [*VILLAGES, ";", *AREAS],
            [],
        ),
    ],
)
def test_tables_side_by_side_are_told_apart(left, right, expected):
    assert places(beside(left, right)) == expected


def test_more_tables_than_are_told_stay_together():
    lines = [line for at in range(60) for line in (*AREAS[:1], *AREAS[1:], f"Таблица {at + 2}")]

    assert places(rows(*lines)) == []


def test_each_table_is_told_by_itself_in_rows_and_columns_of_its_sheet():
    table = beside(SCHOOLS, [*VILLAGES, "Бұлақ;250"])
    seen = (
        Trouble(kind="hidden_sheet"),
        Trouble(kind="merged_cells", count=3, spots=(Spot(row=2, column=6), Spot(row=9, column=5))),
    )

    first, second = apart_in(Grid(name="Бет", rows=table, is_typed=False, troubles=seen), LIMITS)

    told = [
        (each.kind, each.count, [(s.row, s.column) for s in each.spots]) for each in first.troubles
    ]
    assert told == [("hidden_sheet", 1, []), ("merged_cells", 2, [(9, 5)])]
    told = [
        (each.kind, each.count, [(s.row, s.column) for s in each.spots]) for each in second.troubles
    ]
    assert told == [
        ("duplicate_row", 1, [(5, 0)]),
        ("merged_cells", 1, [(2, 6)]),
        ("several_tables", 1, [(1, 6)]),
    ]
    assert [each.number for each in second.columns] == [6, 7]
    assert (first.rows, second.rows, second.name) == (6, 4, "Бет")


def test_a_table_that_turns_out_to_have_no_record_is_left_with_the_others():
    lines = [*AREAS, "", "2-кесте", "аудан;халық;жері", "Барлығы;60;20", "Барлығы;70;30"]

    assert apart_in(Grid(rows=rows(*lines), is_typed=False), LIMITS) == []


@pytest.mark.parametrize(
    "lines",
    [
        [";;"] * 30_000,
        ["к;л;м", "а;1;2", "б;3;4", ""] * 5_000,
        [*AREAS, "", "к;л;м", *["а;1;2"] * 30_000],
        [";".join("а" if at % 2 else "" for at in range(20_000))] * 20,
    ],
)
def test_sheets_without_end_are_looked_through_in_bounded_time(lines):
    table = rows(*lines)
    started = process_time()

    assert places(table) == []
    assert process_time() - started < 10


def test_a_caption_is_looked_for_at_the_beginning_of_a_cell_however_long_it_is(monkeypatch):
    class Pattern:
        asked = []

        def match(self, text):
            self.asked.append(len(text))

    monkeypatch.setattr(areas, "_CAPTION", Pattern())

    areas_of([["1" + " " * 30_000 + "x"]] * 3)
    areas_of(rows(" " * 90_000 + "x", *AREAS))

    assert 0 < max(Pattern.asked) <= areas.LONGEST


@pytest.mark.parametrize("text", ["1" * 200, " " * 200, "1" + " " * 198 + "x"])
def test_what_begins_like_a_caption_is_none(text):
    assert places(rows(*AREAS, text, *AREAS)) == []
