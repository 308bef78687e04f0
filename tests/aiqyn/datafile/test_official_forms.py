"""Tables as offices and their programs write them: budgets, statistics, ledgers, pandas."""

import json
from pathlib import Path

import openpyxl
import pytest

from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.datafile.repair import mend


def told(table):
    return {each.kind: [spot.row for spot in each.spots] for each in table.troubles}


BUDGET = [
    ["Категория", "", "", "", "Наименование", "Сумма"],
    ["", "Класс", "", "", "", ""],
    ["", "", "Подкласс", "", "", ""],
    ["1", "2", "3", "4", "5", "6"],
    ["", "", "", "", "I. ДОХОДЫ", "15000000"],
    *(["1", "01", str(at), str(at + 4), f"Налог № {at}", f"{at}50000"] for at in range(1, 9)),
]


@pytest.mark.parametrize("has_numbering", [True, False])
def test_a_header_in_steps_is_the_header_of_a_budget(has_numbering):
    rows = BUDGET if has_numbering else [*BUDGET[:3], *BUDGET[4:]]

    table = analyse([["Бюджет района на 2026 год"], [], *rows])

    assert table.header == ("Категория", "Класс", "Подкласс", "", "Наименование", "Сумма")
    assert told(table)["header_rows"] == [3, 4, 5]
    assert (told(table)["preamble_row"], table.rows) == ([1], 9)


def test_nothing_of_a_header_in_steps_is_lost(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(";".join(row) for row in BUDGET), "utf-8")

    (done,) = mend(path)

    names = Path(done.path).read_text("utf-8").splitlines()[0]
    assert names == "Категория,Класс,Подкласс,column_4,Наименование,Сумма"
    before = [each.before for each in done.changes if each.kind == "header_rows"]
    assert before[1] == '"","Класс","","","",""'


@pytest.mark.parametrize(
    "step",
    [
        ["", "", "Класс", "", "", ""],  # not under the first name
        ["Класс", "", "", "", "", ""],
        ["", "", "", "", "тысяч тенге", ""],
        ["", "", "", "", "", "тенге"],
    ],
)
def test_a_name_alone_that_is_no_step_is_no_header(step):
    table = analyse([BUDGET[0], step, *BUDGET[5:]])

    assert "Класс" not in table.header
    assert "header_rows" not in told(table)


def test_steps_without_room_to_their_right_are_none():
    rows = [["Аудан", "Саны"], ["", "тенге"], *([f"А{at}", f"{at}5"] for at in range(9))]

    assert analyse(rows).header != ("Аудан", "тенге")


def test_names_of_three_rows_reach_over_all_they_were_merged_across():
    table = analyse(
        [
            ["", "Барлық халық", "", "", "оның ішінде", "", ""],
            ["", "", "", "", "қала халқы", "", "ауыл халқы"],
            ["", "барлығы", "ерлер", "әйелдер", "ерлер", "әйелдер", "барлығы"],
            *([f"А{at}", *(f"{at + column}5" for column in range(6))] for at in range(9)),
        ]
    )

    assert table.header == (
        "",
        "Барлық халық / барлығы",
        "Барлық халық / ерлер",
        "Барлық халық / әйелдер",
        "оның ішінде / қала халқы / ерлер",
        "оның ішінде / қала халқы / әйелдер",
        "оның ішінде / ауыл халқы / барлығы",
    )


RECORDS = [[f"{at}10", f"{at}5.5", f"{at}7.5"] for at in range(1, 9)]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (["Главный бухгалтер", "____________", "Иванова А. С."], "note_row"),
        (["5", "____________", "7.5"], "wrong_kind"),  # it has numbers, so it is a record
        (["Главный бухгалтер", "", "Иванова А. С."], "wrong_kind"),
    ],
)
def test_who_signed_a_form_is_no_record(last, expected):
    table = analyse([["Счет", "Дебет", "Кредит"], *RECORDS, ["", "", ""], last])

    assert told(table)[expected][-1] == 11


@pytest.mark.parametrize(
    ("header", "is_another"),
    [
        ([["Ауыл", "Балабақша", ""], ["", "мемлекеттік", "жеке"]], True),
        ([["Ауыл", "көп", "5"], ["Б", "7", "көп"]], False),
        ([["Ауыл", "көп", ""], ["", "", "көп"]], False),
        ([["Ауыл", "", ""], ["Б", "көп", "көп"]], False),
    ],
)
def test_a_lower_table_is_told_by_a_header_of_two_rows(header, is_another):
    rows = [[f"А{at}", f"{at}5", f"{at}7"] for at in range(1, 10)]

    table = analyse([["Аудан", "Мектеп", "Оқушы"], *rows, ["", "", ""], *header, *rows[::-1]])

    found = told(table)
    assert (found.get("several_tables") == [12]) == is_another
    assert ("wrong_kind" in found) != is_another


def test_columns_under_numbers_of_rows_are_columns(tmp_path):
    """What pandas writes by itself."""
    columns = {
        "аудан": {"0": "Абай", "1": "Медеу", "2": "Алатау"},
        "саны": {"0": 5, "1": 7, "2": None},
        "үлесі": {"0": 0.5, "1": 0.7, "2": 0.9},
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(columns), "utf-8")

    (table,) = read(path).tables

    assert (table.header, table.rows) == (("аудан", "саны", "үлесі"), 3)
    assert [each.kind for each in table.columns] == ["text", "whole", "decimal"]


@pytest.mark.parametrize(
    "keyed",
    [
        {"a": {"0": 1, "2": 2}, "b": {"0": 1, "2": 2}, "c": {"0": 1, "2": 2}},
        {"a": {"0": 1, "1": 2}, "b": {"0": 1, "1": 2}, "c": {"0": 1}},
        {"a": {"0": 1, "1": 2}, "b": {"0": 1, "1": 2}, "c": 5},
    ],
)
def test_objects_under_other_keys_stay_records(tmp_path, keyed):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(keyed), "utf-8")

    assert read(path).tables[0].header[:1] != ("a",)


def test_numbers_of_dots_and_a_comma_are_put_right(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"А{at};{at}.234.567,89\n" for at in range(1, 9))
    path.write_text(f"аудан;сома\n{rows}", "utf-8")

    (table,) = read(path).tables
    (done,) = mend(path)

    assert set(told(table)) == {"decimal_comma", "spaced_number"}
    assert Path(done.path).read_text("utf-8").splitlines()[1] == "А1,1234567.89"


def test_a_total_beside_the_name_of_a_budget_line_is_one():
    table = analyse([*BUDGET, ["", "", "", "", "Барлығы", "99999999"]])

    assert (told(table)["totals_row"], table.rows) == ([14], 9)


def test_who_signed_under_a_blank_row_begins_no_table():
    rows = [[f"{at}", f"Нысан {at}", f"{at}7"] for at in range(1, 9)]

    table = analyse([["№", "Атауы", "Саны"], *rows, ["", "", ""], ["Басшы", "", "А. Иванов"]])

    assert told(table)["note_row"] == [11]
    assert "several_tables" not in told(table)


def test_merged_cells_of_a_workbook_are_told_from_the_top(tmp_path):
    book = openpyxl.Workbook()
    for at in range(1, 30):
        book.active.append(["аудан", f"Нысан {at}", at])
    for row in (20, 4, 12):
        book.active.merge_cells(f"A{row}:A{row + 2}")
    path = tmp_path / "a.xlsx"
    book.save(path)

    assert told(read(path).tables[0])["merged_cells"] == [4, 12, 20]
