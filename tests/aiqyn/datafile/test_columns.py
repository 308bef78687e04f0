from datetime import date, datetime, time
from decimal import Decimal

import pytest

from aiqyn.subjects.datafile import columns
from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.model import Column
from aiqyn.subjects.datafile.values import Value, cell_value, value_of


def grid(text):
    return [line.split(";") for line in text.strip("\n").split("\n")]


def told(table):
    return {
        trouble.kind: [(spot.row, spot.column, spot.saw, spot.wants) for spot in trouble.spots]
        for trouble in table.troubles
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ("blank", "")),
        ("12", ("whole", "12")),
        ("-0012", ("whole", "-12")),
        ("007", ("code", "007")),
        ("1 234,50", ("decimal", "1234.50")),
        ("1\u00a0234", ("whole", "1234")),
        ("1,234,567.5", ("decimal", "1234567.5")),
        ("-1.234.567,89", ("decimal", "-1234567.89")),
        ("192.168.100.200", ("text", "192.168.100.200")),
        ("1.5e3", ("whole", "1500")),
        ("−3,5", ("decimal", "-3.5")),
        ("12 км", ("whole", "12")),
        ("45%", ("whole", "45")),
        ("1,5 млн теңге", ("decimal", "1.5")),
        ("$ 5", ("whole", "5")),
        ("$ x", ("text", "$ x")),
        ("007 км", ("text", "007 км")),
        ("5 дом", ("text", "5 дом")),
        ("31.12.2024", ("date", "2024-12-31")),
        ("2024/2/1", ("date", "2024-02-01")),
        ("12/31/2024", ("date", "2024-12-31")),
        ("01.02.25", ("date", "2025-02-01")),
        ("01.02.75", ("date", "1975-02-01")),
        ("1-2-25", ("text", "1-2-25")),
        ("31.02.2024", ("impossible", "31.02.2024")),
        ("2024-01-05T10:30:00+05:00", ("moment", "2024-01-05 10:30:00+05:00")),
        ("05.01.2024 00:00", ("date", "2024-01-05")),
        ("05.01.2024 25:61", ("impossible", "05.01.2024")),
        ("05.01.2024 abc", ("text", "05.01.2024 abc")),
        ("5 қаңтар 2024 ж.", ("date", "2024-01-05")),
        ("5 января 2024 года", ("date", "2024-01-05")),
        ("March 5, 2024", ("date", "2024-03-05")),
        ("31 ақпан 2024", ("impossible", "31 ақпан 2024")),
        ("жоқ", ("yes_no", "no")),
        ("Иә", ("yes_no", "yes")),
        ("н/д", ("missing", "")),
        ("...", ("missing", "")),
        ("https://a.kz/b", ("address", "https://a.kz/b")),
        ("https://a.kz/" + "b" * 90, ("address", "https://a.kz/" + "b" * 90)),
        ("б" * 90, ("text", "б" * 90)),
        ("123.45.67.89", ("text", "123.45.67.89")),
    ],
)
def test_cells_are_read_however_they_are_written(text, value):
    assert value_of(text)[:2] == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, Value("blank")),
        (True, Value("yes_no", "yes", told=True)),
        (5, Value("whole", "5", "1234", told=True)),
        (5.0, Value("whole", "5", "1234", told=True)),
        (Decimal("2.50"), Value("decimal", "2.50", "1234.5", told=True)),
        (float("nan"), Value("missing")),
        (float("inf"), Value("text", "inf", told=True)),
        (date(2025, 3, 1), Value("date", "2025-03-01", "%Y-%m-%d", told=True)),
        (datetime(2025, 3, 1), Value("date", "2025-03-01", "%Y-%m-%d", told=True)),  # noqa: DTZ001
        (
            datetime(2025, 3, 1, 10, 30),  # noqa: DTZ001
            Value("moment", "2025-03-01 10:30:00", "%Y-%m-%d %H:%M", told=True),
        ),
        (time(10, 30), Value("text", "10:30:00", told=True)),
        ("5", Value("whole", "5", "1234")),
        (Value("blank"), Value("blank")),
    ],
)
def test_cells_that_files_store_with_their_kind(cell, value):
    assert cell_value(cell) == value


def test_title_header_numbering_totals_and_notes_are_told_from_records():
    table = analyse(
        grid(
            """
Білім беру ұйымдарының тізімі

№;Атауы;Саны
1;2;3
1;Бірінші мектеп;10
2;Екінші мектеп;12
№;Атауы;Саны
3;Үшінші мектеп;14
;Барлығы;36
Ескерту: алдын ала деректер
"""
        )
    )

    assert (table.header, table.header_row, table.first_row, table.rows) == (
        ("№", "Атауы", "Саны"),
        3,
        5,
        3,
    )
    assert told(table) == {
        "preamble_row": [(1, 0, "Білім беру ұйымдарының тізімі", "")],
        "blank_row": [(2, 0, "", "")],
        "numbering_row": [(4, 0, "1 | 2 | 3", "")],
        "repeated_header": [(7, 0, "№ | Атауы | Саны", "")],
        "totals_row": [(9, 0, "Барлығы | 36", "")],
        "note_row": [(10, 0, "Ескерту: алдын ала деректер", "")],
    }


def test_header_of_two_rows_gives_whole_names():
    table = analyse(
        grid(";2024;;2025;\nОблыс;жоспар;факт;жоспар;факт\nАбай;1;2;3;4\nҰлытау;5;6;7;8")
    )

    assert table.header == ("Облыс", "2024 / жоспар", "2024 / факт", "2025 / жоспар", "2025 / факт")
    assert told(table)["header_rows"] == [
        (1, 0, "2024 | 2025", ""),
        (2, 0, "Облыс | жоспар | факт | жоспар | факт", ""),
    ]


def test_years_may_be_names():
    table = analyse(grid("Облыс;2023;2024\nАбай;100;200\nҰлытау;300;400"))

    assert (table.header, table.rows) == (("Облыс", "2023", "2024"), 2)


@pytest.mark.parametrize(
    ("text", "header", "kinds"),
    [
        ("a;b", ("a", "b"), ["header_only"]),
        ("1;2\n3;4", (), ["no_header"]),
        ("a;b\nx;y\nz;w", ("a", "b"), []),
        (
            "x;y\nx;z\ny;y\nx;v\ny;w\nx;y\ny;y\nx;v\nx;z\ny;y\nx;y",
            (),
            ["duplicate_row", "no_header"],
        ),
        ("тізім\n1;2;x\n3;4;y\n5;6;z", (), ["no_header", "preamble_row"]),
    ],
)
def test_tables_with_little_or_no_header(text, header, kinds):
    table = analyse(grid(text))

    assert (table.header, sorted(told(table))) == (header, kinds)


def test_an_empty_table_has_nothing():
    table = analyse([])

    assert (table.columns, table.rows, table.troubles) == ((), 0, ())


def test_rows_that_are_ragged_or_repeated():
    table = analyse(grid("a;b;c\n1;x;2\n3;y\n4;z;5;w\n1;x;2\n6;q;7"))

    assert table.rows == 3
    assert told(table) == {
        "short_row": [(3, 3, "3 | y", "")],
        "long_row": [(4, 4, "w", "")],
        "duplicate_row": [(5, 0, "1 | x | 2", "")],
    }


def test_names_of_columns_are_looked_at():
    table = analyse(grid("a; b ;;a;\n1;2;3;4;\n5;6;7;8;"))

    assert table.header == ("a", "b", "", "a", "")
    assert told(table) == {
        "untidy_name": [(1, 2, " b ", "b")],
        "nameless_column": [(1, 3, "", "")],
        "duplicate_name": [(1, 4, "a", "")],
        "blank_column": [(0, 5, "", "")],
    }


def test_columns_that_say_nothing_new():
    lines = [["id", "a", "b", "c", "d"]]
    lines += [[f"k{number}", str(number), str(number), "same", ""] for number in range(12)]

    assert told(analyse(lines)) == {
        "duplicate_column": [(0, 3, "a", "")],
        "constant": [(0, 4, "same", "")],
        "empty_column": [(0, 5, "d", "")],
    }


def test_numbers_written_for_people_are_told_with_what_they_should_be():
    table = analyse(grid("Атауы;Сомасы\nа;1 234,5\nб;12 км\nв;7\nг;н/д\nд;көп\nе;3"))

    assert told(table) == {
        "decimal_comma": [(2, 2, "1 234,5", "1234.5")],
        "spaced_number": [(2, 2, "1 234,5", "1234.5")],
        "unit_in_cell": [(3, 2, "12 км", "12")],
        "missing_word": [(5, 2, "н/д", "")],
        "wrong_kind": [(6, 2, "көп", "")],
    }
    assert table.columns[1] == Column(
        name="Сомасы",
        number=2,
        kind="decimal",
        filled=5,
        blank=1,
        distinct=5,
        least="3",
        greatest="1234.5",
        mean=Decimal("314.125"),
        shape="1234",
    )


def test_dates_are_told_with_what_they_should_be():
    table = analyse(
        grid("a;Күні\nx;31.12.2024\ny;2024-01-05\nz;31.02.2024\nw;5 мамыр 2024\nv;кеше\nu;1.2.2024")
    )

    assert told(table) == {
        "written_date": [
            (2, 2, "31.12.2024", "2024-12-31"),
            (5, 2, "5 мамыр 2024", "2024-05-05"),
            (7, 2, "1.2.2024", "2024-02-01"),
        ],
        "impossible_date": [(4, 2, "31.02.2024", "")],
        "wrong_kind": [(6, 2, "кеше", "")],
        "mixed_date_formats": [(0, 2, "%Y-%m-%d, %d %B %Y, %d.%m.%Y", "")],
    }


def test_month_before_day_is_learnt_from_the_column():
    first = analyse(grid("a;d\nx;12/31/2024\ny;3/4/2024"))
    both = analyse(grid("a;d\nx;12/31/2024\ny;3/4/2024\nz;31/12/2024"))

    assert told(first)["written_date"][1] == (3, 2, "3/4/2024", "2024-03-04")
    assert told(both)["ambiguous_date"] == [(3, 2, "3/4/2024", "")]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2", "x1", "y2", "z"], "mixed"),
        (["01", "02", "13"], "code"),
        (["870112345671", "870112345672", "870112345671"], "code"),
        (["12а", "14/1", "7", "9б"], "code"),
        (["иә", "жоқ", "иә"], "yes_no"),
        (["жоқ", "а", "б"], "text"),
        (["https://a.kz/1", "https://a.kz/2", "https://a.kz/3"], "address"),
        (["05.01.2024 10:30", "05.01.2024"], "moment"),
        (["", "н/д"], "empty"),
    ],
)
def test_kinds_of_columns(cells, kind):
    table = analyse([[cell, "x"] for cell in cells], header=["n", "t"])

    assert table.columns[0].kind == kind


def test_mixture_of_kinds_is_told_of_the_column():
    table = analyse([[cell, "x"] for cell in ["1", "2", "бір", "екі", "3"]], header=["n", "t"])

    assert told(table) == {"mixed_types": [(0, 1, "n", "")]}


def test_cells_of_other_kinds_in_columns_of_yes_and_addresses():
    rows = [["иә", f"https://a.kz/{number}"] for number in range(9)]
    table = analyse([*rows, ["мүмкін", "a.kz"]], header=["y", "u"])

    assert told(table) == {"wrong_kind": [(10, 1, "мүмкін", ""), (10, 2, "a.kz", "")]}


def test_outliers_are_far_on_both_scales():
    usual = [[str(number), str(100 + number)] for number in range(40)]
    spread = [["x", str(2**number)] for number in range(40)]
    with_zero = [["x", str(number - 20)] for number in range(40)]
    alike = [["x", "5"]] * 39

    assert told(analyse([*usual, ["40", "99999"]], header=["a", "b"])) == {
        "outlier": [(41, 2, "99999", "")]
    }
    assert "outlier" not in told(analyse(spread, header=["a", "b"]))
    assert told(analyse([*with_zero, ["x", "-9999"]], header=["a", "b"]))["outlier"] == [
        (41, 2, "-9999", "")
    ]
    assert "outlier" not in told(analyse([*alike, ["x", "9"]], header=["a", "b"]))


def test_keys_that_repeat_or_are_missing_are_told_where_most_rows_have_their_own():
    rows = [[str(number), "x"] for number in range(1, 21)]
    table = analyse([*rows, ["7", "y"], ["", "z"]], header=["id", "t"])
    few = analyse([["1", "a"], ["1", "b"], ["2", "c"]], header=["id", "t"])

    assert told(table) == {"duplicate_key": [(21, 1, "7", "")], "missing_key": [(22, 1, "", "")]}
    assert told(few) == {}


def test_header_of_another_table_on_the_sheet_is_told():
    table = analyse(
        grid(
            "Атауы;Саны;Күні\nа;1;2024-01-01\nб;2;2024-01-02\nв;3;2024-01-03\nг;4;2024-01-04\n"
            "ғ;5;2024-01-05\n;;\nҚала;Халқы;Жылы\nд;6;2024-01-06"
        )
    )

    assert told(table)["several_tables"] == [(8, 0, "Қала | Халқы | Жылы", "")]
    assert "wrong_kind" not in told(table)


def test_cells_of_sheets_are_told_when_numbers_are_texts():
    rows = [["Атауы", "Сомасы", None], ["а", 5, None], ["б", "7", None], ["в", 2.5, None], [None]]
    table = analyse(rows, name="Парақ", typed=True, first=3)

    assert (table.name, table.header, table.header_row, table.rows) == (
        "Парақ",
        ("Атауы", "Сомасы"),
        3,
        3,
    )
    assert told(table) == {"number_as_text": [(5, 2, "7", "7")]}


def test_units_are_learnt_from_names_and_cells():
    named = analyse([["x", "5"], ["y", "6"]], header=["a", "Шығын, млн теңге"])
    written = analyse([["x", "5 км"], ["y", "6 км"]], header=["a", "Ұзындығы (2025)"])

    assert [table.columns[1].unit for table in (named, written)] == ["млн теңге", "км"]


def test_values_met_most_are_counted():
    table = analyse([[cell, cell] for cell in "abaca"], header=["x", "y"])

    assert table.columns[0].top == (("a", 3), ("b", 1), ("c", 1))


def test_a_blank_row_before_notes_and_rows_that_only_look_aside():
    table = analyse(
        grid(f"Атауы;Саны\nа;1\nАтауы;2\nб;3\n{'в' * 70};4\n;\nЕскерту: бұл жолда ескертпе бар")
    )

    assert table.rows == 4
    assert told(table) == {
        "blank_row": [(6, 0, "", "")],
        "note_row": [(7, 0, "Ескерту: бұл жолда ескертпе бар", "")],
    }


def test_kinds_widen_when_the_whole_column_was_seen(monkeypatch):
    monkeypatch.setattr(columns, "SAMPLE", 2)
    rows = [
        ["1", "2025-01-01"],
        ["2.5", "2025-01-02 10:30"],
        ["3", "2025-01-03"],
        ["4", "2025-01-04"],
    ]

    table = analyse(rows, header=["n", "d"])

    assert [column.kind for column in table.columns] == ["decimal", "moment"]


@pytest.mark.parametrize("text", [".", "+", "1.2.3.4", "2024.01.123", "123-45-6"])
def test_signs_that_are_no_numbers_and_no_days(text):
    assert value_of(text).kind in ("text", "missing")


def test_a_year_may_be_followed_by_its_word():
    days = ["12 желтоқсан 2023 жыл", "2 қаңтар 2024 жылы", "3 қаңтар 2024 ж.", "5 января 2024 года"]

    assert analyse([["күні"], *([day] for day in days)]).columns[0].kind == "date"
