import csv
from pathlib import Path

import duckdb
import pytest

from aiqyn.errors import InputError
from aiqyn.subjects.datafile import columns_tally, repair_cells, repair_list, repair_rows
from aiqyn.subjects.datafile.counted import Counted
from aiqyn.subjects.datafile.model import Column
from aiqyn.subjects.datafile.profile import learn
from aiqyn.subjects.datafile.repair import Change, mend
from aiqyn.subjects.datafile.repair_cells import Mender

TABLE = """Тізім

№;Атауы;Шығын;Күні;;Атауы;
1;Мектеп № 1;"1 234,5 км";31.12.2024;x;a;
2; Мектеп № 2 ;н/д;31.02.2024;x;b;
3;"ТОО "Рога"";12 км;2024-01-05;y;c;
3;"ТОО "Рога"";12 км;2024-01-05;y;c;
4;=SUM(A1);15 км;5 қаңтар 2024 ж.;z;d;
5;е;;2024-01-06;z;d;
;Барлығы;45 км;;;;

6;Мектеп;15 км
Ескерту: деректер алдын ала
"""


def learnt(cells):
    return learn(Counted(cells))


def rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_clean_table_is_written_beside_the_original(path):
    (done,) = mend(path)

    assert path.read_text("utf-8") == TABLE
    assert rows(done.path) == [
        ["№", "Атауы", "Шығын, км", "Күні", "column_5", "Атауы_2"],
        ["1", "Мектеп № 1", "1234.5", "2024-12-31", "x", "a"],
        ["2", "Мектеп № 2", "", "31.02.2024", "x", "b"],
        ["3", 'ТОО "Рога"', "12", "2024-01-05", "y", "c"],
        ["4", "=SUM(A1)", "15", "2024-01-05", "z", "d"],
        ["5", "е", "", "2024-01-06", "z", "d"],
        ["6", "Мектеп", "15", "", "", ""],
    ]
    assert done.rows == 6
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "a.clean.changes.csv",
        "a.clean.csv",
        "a.csv",
    ]


def test_every_change_is_told_and_what_is_left_too(path):
    (done,) = mend(path)

    assert Change(kind="preamble_row", row=1, before='"Тізім"') in done.changes
    assert (
        Change(
            kind="written_date",
            row=4,
            column=4,
            name="Күні",
            before="31.12.2024",
            after="2024-12-31",
        )
        in done.changes
    )
    assert (
        Change(
            kind="short_row",
            row=12,
            before='"6","Мектеп","15 км"',
            after='"6","Мектеп","15","","",""',
        )
        in done.changes
    )
    assert done.counts == {
        "blank_column": 1,
        "blank_row": 2,
        "decimal_comma": 1,
        "duplicate_name": 1,
        "duplicate_row": 1,
        "missing_word": 1,
        "nameless_column": 1,
        "note_row": 1,
        "preamble_row": 1,
        "spaced_number": 1,
        "short_row": 1,
        "totals_row": 1,
        "unit_in_cell": 5,
        "untidy_space": 1,
        "written_date": 2,
    }
    listed = rows(done.changes_path)
    spots = [spot for trouble in done.left for spot in trouble.spots]
    assert len(listed) == 1 + sum(done.counts.values()) + len(spots)
    assert [trouble.kind for trouble in done.left] == ["formula", "impossible_date"]
    assert listed[-1][:6] == ["impossible_date", "5", "4", "Күні", "31.02.2024", ""]
    assert listed[-1][6:] == [
        "деректердің иесі",
        "Күнді бастапқы құжаттан тексеріп түзетіңіз.",
    ]


def test_texts_a_spreadsheet_would_run_are_shielded_only_for_spreadsheets(path):
    (done,) = mend(path, for_spreadsheets=True)

    assert rows(done.path)[4][1] == "'=SUM(A1)"
    assert done.counts["formula"] == 1


def test_parquet_has_kinds_where_every_value_is_of_one(path):
    (done,) = mend(path, form="parquet")

    found = duckdb.read_parquet(done.path)
    assert list(zip(found.columns, map(str, found.types), strict=True)) == [
        ("№", "BIGINT"),
        ("Атауы", "VARCHAR"),
        ("Шығын, км", "DOUBLE"),
        ("Күні", "VARCHAR"),
        ("column_5", "VARCHAR"),
        ("Атауы_2", "VARCHAR"),
    ]
    assert found.fetchall()[-1] == (6, "Мектеп", 15.0, None, None, None)
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "a.clean.changes.csv",
        "a.clean.parquet",
        "a.csv",
    ]


def test_a_table_of_old_letters_and_quotes_becomes_utf8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("№;Атауы\r\n1;Қазақстан өңірі\n2;Ғылым\r\n1;2;3\r\n".encode("kz1048"))

    (done,) = mend(path)

    assert rows(done.path) == [
        ["№", "Атауы", "extra_cells"],
        ["1", "Қазақстан өңірі", ""],
        ["2", "Ғылым", ""],
        ["1", "2", "3"],
    ]
    assert done.left == ()


def test_the_sheet_of_a_workbook_is_mended_as_a_table(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Атауы", "Сомасы"])
    sheet.append(["а", "7,5"])
    sheet.append(["б", 2.5])
    sheet.append(["в", 3])
    book.create_sheet("бос")
    other = book.create_sheet("екі.нші")
    other.append(["x", "y"])
    other.append([1, 2])
    path = tmp_path / "a.xlsx"
    book.save(path)

    done = mend(path)

    assert [rows(each.path) for each in done] == [
        [["Атауы", "Сомасы"], ["а", "7.5"], ["б", "2.5"], ["в", "3"]],
        [["x", "y"], ["1", "2"]],
    ]
    assert done[1].path.endswith("a.екі_нші.clean.csv")


def test_records_of_json_keep_their_names(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": "1 234,5", "b": "x"}, {"a": 5, "b": "н/д"}]', "utf-8")

    (done,) = mend(path)

    assert rows(done.path) == [["a", "b"], ["1234.5", "x"], ["5", ""]]


def test_what_has_no_tables_of_cells_gives_nothing(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")

    assert mend(path) == ()
    with pytest.raises(InputError):
        mend(tmp_path / "none.csv")


def test_a_write_that_fails_leaves_nothing_behind(path, monkeypatch):
    monkeypatch.setattr(Mender, "mend", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        mend(path)

    assert [each.name for each in path.parent.iterdir()] == ["a.csv"]


def test_month_first_days_and_forgotten_cells(monkeypatch):
    monkeypatch.setattr(repair_cells, "KEPT", 0)
    cells = ["3/4/2024", "12/31/2024"]
    mender = Mender(learnt(cells), Column(name="d", number=1, kind="date"))

    assert [mender.mend(cell) for cell in [*cells, "2024-01-01"]] == [
        ("2024-03-04", ("written_date",)),
        ("2024-12-31", ("written_date",)),
        ("2024-01-01", ()),
    ]


def test_a_number_in_another_unit_stays_as_it_is():
    mender = Mender(learnt(["5 км", "6 м"]), Column(name="d", number=1, kind="whole", unit="км"))

    assert mender.mend("5 км") == ("5", ("unit_in_cell",))
    assert mender.mend("6 м") == ("6 м", ())


def test_numbers_are_no_formulas():
    mender = Mender(
        learnt(["-5", "x"]), Column(name="d", number=1, kind="text"), for_spreadsheets=True
    )

    assert [mender.mend(cell)[0] for cell in ("-5", "-x")] == ["-5", "'-x"]


def test_numbering_goes_and_large_text_is_read_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(repair_rows, "PART", 20)
    path = tmp_path / "a.csv"
    long = "\n".join(["екі жол"] * 4)
    body = [f'{number},"{long}",x' if number == 5 else f"{number},а,x" for number in range(1, 12)]
    path.write_text("\n".join(["№,Атауы,Т", "1,2,3", *body]), "utf-8")

    (done,) = mend(path)

    assert rows(done.path)[5] == ["5", long, "x"]
    assert (done.rows, done.counts) == (11, {"numbering_row": 1})


def test_a_table_of_a_header_alone_is_not_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("№;Атауы;Сомасы\n", "utf-8")

    assert mend(path) == ()
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_record_that_only_looks_like_the_header_or_a_total_stays(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("№;Атауы;Сомасы\n1;а;5\n2;Атауы;6\n3;Барлығы;жоқ\n", "utf-8")

    (done,) = mend(path)

    assert rows(done.path)[1:3] == [["1", "а", "5"], ["2", "Атауы", "6"]]
    assert done.rows == 3


def test_changes_beyond_a_number_of_one_kind_are_in_the_list_alone(path, monkeypatch):
    monkeypatch.setattr(repair_list, "MOST_CHANGES", 1)

    (done,) = mend(path)

    assert len(done.changes) == len(done.counts)
    assert len(rows(done.changes_path)) > 1 + sum(done.counts.values())


def told(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_of_ragged_rows_is_lost_and_the_list_names_before_and_after(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "id;name;sum;\n1;а;5,5;\n2;б;6;;қосымша; екінші\n3;в\n4;г;7;\n5;ғ;8;;\nБарлығы;;27\n",
        "utf-8",
    )

    (done,) = mend(path, language="en")

    assert rows(done.path) == [
        ["id", "name", "sum", "column_4", "extra_cells"],
        ["1", "а", "5.5", "", ""],
        ["2", "б", "6", "", "қосымша,екінші"],
        ["3", "в", "", "", ""],
        ["4", "г", "7", "", ""],
        ["5", "ғ", "8", "", ""],
    ]
    changes = {(each["kind"], each["row"]): each for each in told(done.changes_path)}
    assert changes["long_row", "3"]["before"] == '"2","б","6","","қосымша"," екінші"'
    assert changes["long_row", "3"]["after"] == '"2","б","6","","қосымша,екінші"'
    assert changes["long_row", "3"]["who"] == "Aiqyn; the owner of the data checks it"
    assert changes["short_row", "4"]["after"] == '"3","в","","",""'
    assert changes["totals_row", "7"]["before"] == '"Барлығы","","27"'
    assert changes["blank_column", "0"]["who"] == "the owner of the data"
    assert done.counts["untidy_space"] == 1


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("", ["id", "extra_cells"]),
        ("5;г;;", ["id", "extra_cells", "column_3"]),
        ("5;г;;д", ["id", "extra_cells", "column_3", "extra_cells_2"]),
    ],
)
def test_a_blank_column_goes_where_no_ragged_row_reaches_it(tmp_path, last, names):
    path = tmp_path / "a.csv"
    path.write_text(f"id;extra_cells;\n1;а;\n2;б;\n3\n4;в;\n{last}", "utf-8")

    (done,) = mend(path)

    assert rows(done.path)[0] == names


def test_a_header_of_two_rows_is_told_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Аудан;Шығын;\n;2023;2024\nАбай;5;6\nЖетісу;7;8\n", "utf-8")

    (done,) = mend(path)

    assert rows(done.path)[0] == ["Аудан", "Шығын / 2023", "Шығын / 2024"]
    headers = [each for each in told(done.changes_path) if each["kind"] == "header_rows"]
    assert [(each["row"], each["before"]) for each in headers] == [
        ("1", '"Аудан","Шығын",""'),
        ("2", '"","2023","2024"'),
    ]


def test_what_is_left_and_not_listed_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(columns_tally, "MOST_SPOTS", 2)
    lines = "\n".join(f"{number};2024-01-01" for number in range(20))
    path = tmp_path / "a.csv"
    path.write_text(f"id;day\n{lines}\n20;x\n21;y\n22;z\n23;31.02.2024;\n24;+77011234567", "utf-8")

    (done,) = mend(path, language="ru")

    left = [each for each in told(done.changes_path) if each["kind"] == "wrong_kind"]
    assert [each["before"] for each in left] == ["x", "y", ""]
    assert left[2]["what"] == "Таких мест, не вошедших в этот список: 2"
    officer = next(each for each in told(done.changes_path) if each["kind"] == "personal_phone")
    assert officer["who"] == "ответственный за публикацию"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1.5", "+2.25", "3e5", "0.10"], "DOUBLE"),
        (["1.5", "100000000000000.123456"], "VARCHAR"),
        (["10", "-7", "+5"], "BIGINT"),
        (["10", "20", "30", "40", "50", "60", "070"], "VARCHAR"),
        (["2024-01-05 10:00", "2024-01-06T10:00:05.123456"], "TIMESTAMP"),
        (["2024-01-05T10:00:00+05:00", "2024-01-06T10:00:00"], "VARCHAR"),
        (["2024-01-05 10:00:00.123456789", "2024-01-06 10:00:00"], "VARCHAR"),
    ],
)
def test_parquet_keeps_what_no_kind_gives_back_as_text(tmp_path, cells, kind):
    path = tmp_path / "it's.csv"
    path.write_text(
        "\n".join(["id,v", *(f"x{at},{cell}" for at, cell in enumerate(cells))]), "utf-8"
    )

    (done,) = mend(path, form="parquet")

    found = duckdb.read_parquet(done.path)
    assert [str(each) for each in found.types] == ["VARCHAR", kind]
    if kind == "VARCHAR":
        assert [value for _, value in found.fetchall()] == cells


def test_parquet_holds_very_long_cells(tmp_path):
    path = tmp_path / "a.csv"
    long = "ж" * 1_100_000
    path.write_text(f"id,v\n1,{long}\n2,b\n", "utf-8")

    (done,) = mend(path, form="parquet")

    assert duckdb.read_parquet(done.path).fetchall() == [("1", long), ("2", "b")]
