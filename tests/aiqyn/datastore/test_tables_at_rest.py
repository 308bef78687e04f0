"""Tables written as Parquet and read back a page at a time."""

from datetime import date
from decimal import Decimal

import duckdb
import openpyxl
import pytest

from aiqyn.datastore import Filter, Page, QueryRefused, Sort, page, paging, write_parquet
from aiqyn.datastore.engine import QueryTooLong, reading
from aiqyn.datastore.writing import _written, column_names, largest_table
from aiqyn.subjects.datafile.model import Column, DataFile, Table
from aiqyn.subjects.datafile.open import read

KINDS = (
    ("қала", "text", ""),
    ("мектеп", "whole", "1 234"),
    ("үлес", "decimal", "1,5"),
    ("күні", "date", "%d.%m.%Y"),
    ("қате", "whole", ""),
)
TEXT = """қала;мектеп;үлес;күні;қате
Шымкент;1 153;12,5;31.03.2026;5
Тараз;78;7;30.06.2026;жоқ

Ақтау;;3,25;;7
"""


def described(encoding="utf-8", header_row=1):
    columns = tuple(
        Column(name=name, number=number, kind=kind, shape=shape)
        for number, (name, kind, shape) in enumerate(KINDS, start=1)
    )
    table = Table(header_row=header_row, first_row=header_row + 1, rows=3, columns=columns)
    return DataFile(name="a.csv", format="csv", encoding=encoding, delimiter=";", tables=(table,))


@pytest.fixture
def parquet(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text(TEXT, encoding="utf-8-sig")
    (tmp_path / "tables").mkdir()
    to = tmp_path / "tables" / "a.parquet"
    assert write_parquet(source, described(), to) == 3
    return to


def test_values_get_their_types_and_what_has_none_stays_text(parquet):
    assert page(parquet) == Page(
        columns=("қала", "мектеп", "үлес", "күні", "қате"),
        kinds=("VARCHAR", "BIGINT", "DOUBLE", "DATE", "VARCHAR"),
        rows=[
            ("Шымкент", 1153, 12.5, date(2026, 3, 31), "5"),
            ("Тараз", 78, 7.0, date(2026, 6, 30), "жоқ"),
            ("Ақтау", None, 3.25, None, "7"),
        ],
        total=3,
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Filter(column="мектеп", value="78"), ["Тараз"]),
        (Filter(column="мектеп", operation="is_not", value="78"), ["Шымкент", "Ақтау"]),
        (Filter(column="қала", operation="contains", value="ШЫМ"), ["Шымкент"]),
        (Filter(column="мектеп", operation="at_least", value="79"), ["Шымкент"]),
        (Filter(column="күні", operation="at_least", value="2026-04-01"), ["Тараз"]),
        (Filter(column="үлес", operation="at_most", value="7"), ["Тараз", "Ақтау"]),
        (Filter(column="мектеп", operation="at_most", value="жүз"), []),
        (Filter(column="мектеп", operation="is_empty"), ["Ақтау"]),
        (Filter(column="қала", value="' OR true --"), []),
    ],
)
def test_filter_leaves_the_rows_that_meet_it(parquet, asked, expected):
    found = page(parquet, columns=["қала"], filters=[asked])

    assert ([row[0] for row in found.rows], found.total) == (expected, len(expected))


def test_rows_are_sorted_empty_ones_last_and_cut_into_pages(parquet):
    by_number = [Sort(column="мектеп", descending=True)]

    first = page(parquet, columns=["қала"], sort=by_number, limit=2)
    second = page(parquet, columns=["қала"], sort=by_number, offset=2, limit=2)

    assert [row[0] for row in (*first.rows, *second.rows)] == ["Шымкент", "Тараз", "Ақтау"]
    assert (first.total, second.total) == (3, 3)


@pytest.mark.parametrize(
    "asked",
    [
        {"columns": ["жоқ"]},
        {"filters": [Filter(column="жоқ")]},
        {"filters": [Filter(column="қала", operation="drop")]},
        {"filters": [Filter(column="қала")] * 21},
        {"sort": [Sort(column='қала" DESC; --')]},
        {"limit": 10_001},
        {"offset": -1},
    ],
)
def test_query_that_asks_for_what_is_not_there_is_refused(parquet, asked):
    with pytest.raises(QueryRefused):
        page(parquet, **asked)


def test_engine_reads_no_file_outside_its_folder(parquet, tmp_path):
    with reading(parquet.parent) as engine, pytest.raises(duckdb.PermissionException):
        engine.execute("SELECT * FROM read_csv(?)", [str(tmp_path / "a.csv")])


def test_engine_takes_no_other_settings(parquet):
    with reading(parquet.parent) as engine, pytest.raises(duckdb.InvalidInputException):
        engine.execute("SET enable_external_access=true")


def test_endless_query_is_stopped(parquet):
    with pytest.raises(QueryTooLong), reading(parquet.parent, seconds=0.05) as engine:
        engine.execute("SELECT count(*) FROM range(1000000000000) t(i) WHERE i % 7 = 8").fetchall()


def test_file_without_a_table_writes_nothing(tmp_path):
    to = tmp_path / "a.parquet"

    assert write_parquet(tmp_path / "a.pdf", DataFile(name="a.pdf"), to) == 0
    assert not to.exists()


def test_windows_1251_and_title_rows_are_read_as_described(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text(
        "Тақырып\n"
        + TEXT.replace("Тақырып", "")
        .replace("қ", "к")
        .replace("ү", "у")
        .replace("ғ", "г")
        .replace("Қ", "К"),
        encoding="windows-1251",
        errors="replace",
    )

    write_parquet(source, described("windows-1251", header_row=2), tmp_path / "a.parquet")

    assert page(tmp_path / "a.parquet", columns=["қала"]).rows[1] == ("Тараз",)


def test_names_of_columns_differ_whatever_the_header_says():
    columns = [
        Column(name=name, number=n, kind="text") for n, name in enumerate(["x", "", "X", "a\nb"], 1)
    ]

    assert column_names(Table(columns=tuple(columns))) == ["x", "column_2", "X_2", "a b"]


def test_table_with_most_rows_is_taken():
    column = (Column(name="a", number=1, kind="text"),)
    tables = (Table(name="1", rows=2, columns=column), Table(name="2", rows=9, columns=column))

    assert largest_table(DataFile(name="a", tables=tables)).name == "2"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""),
        (5.0, "5"),
        (5.5, "5.5"),
        (True, "true"),
        (False, "false"),
        (date(2026, 1, 2), "2026-01-02"),
        (Decimal("1.50"), "1.50"),
        ("a", "a"),
    ],
)
def test_cell_of_a_sheet_is_written_as_text(cell, expected):
    assert _written(cell) == expected


def test_table_of_a_sheet_is_read_through_the_one_door(tmp_path):
    source, to = tmp_path / "a.xlsx", tmp_path / "a.parquet"
    book = openpyxl.Workbook()
    for row in (
        ("қала", "мектеп", "күні"),
        ("Шымкент", 153, date(2026, 3, 31)),
        ("Тараз", 78, None),
    ):
        book.active.append(row)
    book.save(source)

    assert write_parquet(source, read(source), to) == 2
    assert page(to).rows == [("Шымкент", 153, date(2026, 3, 31)), ("Тараз", 78, None)]


@pytest.mark.parametrize(
    ("shape", "written"),
    [("", date(2026, 3, 31)), ("%d.%m.%Y", date(2026, 3, 31)), ("%Q%Q", "2026-03-31")],
)
def test_date_whose_shape_nobody_knows_stays_text(tmp_path, shape, written):
    source, to = tmp_path / "a.csv", tmp_path / "a.parquet"
    source.write_text("күні\n2026-03-31\n")
    column = Column(name="күні", number=1, kind="date", shape=shape)
    table = Table(header_row=1, first_row=2, rows=1, columns=(column,))
    file = DataFile(name="a.csv", format="csv", delimiter=",", tables=(table,))

    write_parquet(source, file, to)

    assert page(to).rows == [(written,)]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_of_several_tables_on_a_sheet_the_largest_is_written_alone(tmp_path, name):
    small = [["ауыл", "күні"], *(["Ақсай", f"2025-01-0{at}"] for at in range(1, 4))]
    large = [["қала", "саны", "үлес"], *([f"Қ{at}", at, 2.5] for at in range(4))]
    source, to = tmp_path / name, tmp_path / "a.parquet"
    if name == "a.csv":
        lines = [f"{','.join(map(str, row))},,,\n" for row in [*large, [], *small]]
        source.write_text("".join(lines), "utf-8")
    else:
        book = openpyxl.Workbook()
        for left, right in zip(large, [*small, ["", ""]], strict=True):
            book.active.append([*right, "", *left])
        book.save(source)

    assert write_parquet(source, read(source), to) == 4

    assert page(to).columns == ("қала", "саны", "үлес")
    assert page(to).rows == [(f"Қ{at}", at, 2.5) for at in range(4)]


@pytest.mark.parametrize("ahead", [1, 2, 1_000])  # rows read in place of counting
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([Filter(column="words", operation="contains", value="ЖОЛ")], range(0, 20, 2)),
        ([Filter(column="words", operation="contains", value="-1")], [1, *range(10, 20)]),
        ([Filter(operation="anywhere", value="7")], [7, 17]),
        ([Filter(column="id", operation="contains", value="1")], [1, *range(10, 20)]),
        ([Filter(column="id", operation="at_least", value="15")], range(15, 20)),
        ([Filter(column="words", operation="contains", value="тас")], []),
        ([], range(20)),
    ],
)
def test_total_is_the_same_on_every_page_however_it_came_about(
    tmp_path, monkeypatch, ahead, asked, found
):
    monkeypatch.setattr(paging, "AHEAD", ahead)
    to = tmp_path / "a.parquet"
    words = "CASE WHEN i % 2 = 0 THEN 'Жол-' ELSE 'су-' END || i"
    duckdb.sql(f"COPY (SELECT i AS id, {words} AS words FROM range(20) t(i)) TO '{to}'")

    for limit, offset in ((0, 0), (3, 0), (3, 3), (20, 0), (3, 9), (3, 40)):
        shown = page(to, filters=asked, limit=limit, offset=offset)

        assert shown.total == len(found)
        assert [row[0] for row in shown.rows] == list(found)[offset : offset + limit]
