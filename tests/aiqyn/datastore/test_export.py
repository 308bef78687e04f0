"""Tables summed up and written in other formats, read back by others."""

import csv
import io
import json
from datetime import date

import duckdb
import openpyxl
import pytest

from aiqyn.datastore import QueryRefused
from aiqyn.datastore import export as exporting
from aiqyn.datastore.export import FORMATS, export
from aiqyn.datastore.grouping import Grouped, group

ROWS = """FROM (VALUES
    ('=SUM(A1)', 1, 1.5, DATE '2026-01-01', true, TIMESTAMP '2026-01-01 10:00:00'),
    ('Тараз', -2, 'nan'::DOUBLE, NULL, false, NULL),
    ('Тараз', 3, NULL, DATE '2026-02-01', NULL, NULL)) t(aty, san, bol, kun, bar, sat)"""


@pytest.fixture
def table(tmp_path):
    to = tmp_path / "table.parquet"
    duckdb.sql(f"COPY (SELECT * {ROWS}) TO '{to}' (FORMAT parquet)")
    return to


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_holds_every_row(table, tmp_path, ending):
    to = tmp_path / f"out.{ending}"

    export(table, to, ending)

    read = {
        "csv": lambda: list(csv.DictReader(io.StringIO(to.read_text("utf-8-sig")))),
        "json": lambda: json.loads(to.read_text()),
        "xlsx": lambda: list(openpyxl.load_workbook(to).active.values)[1:],
        "parquet": lambda: duckdb.sql(f"SELECT * FROM '{to}'").fetchall(),
    }[ending]()
    assert len(read) == 3


def test_csv_and_xlsx_run_no_formula_and_json_changes_nothing(table, tmp_path):
    for ending in ("csv", "json", "xlsx"):
        export(table, tmp_path / f"out.{ending}", ending)

    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert rows[1] == ["'=SUM(A1)", "1", "1.5", "2026-01-01", "true", "2026-01-01T10:00:00"]
    assert rows[2] == ["Тараз", "-2", "nan", "", "false", ""]
    told = json.loads((tmp_path / "out.json").read_text())
    assert told[0]["aty"] == "=SUM(A1)"
    assert told[1] == {
        "aty": "Тараз",
        "san": -2,
        "bol": None,
        "kun": None,
        "bar": False,
        "sat": None,
    }
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "=SUM(A1)")
    assert sheet["D2"].value.date() == date(2026, 1, 1)


def test_empty_table_is_an_empty_array(tmp_path):
    table = tmp_path / "none.parquet"
    duckdb.sql(f"COPY (SELECT 1 AS a WHERE false) TO '{table}' (FORMAT parquet)")

    export(table, tmp_path / "out.json", "json")

    assert json.loads((tmp_path / "out.json").read_text()) == []


def test_sheet_that_cannot_hold_the_table_is_refused(table, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_SHEET_ROWS", 2)
    with pytest.raises(QueryRefused, match="no more than 2 rows"):
        export(table, tmp_path / "out.xlsx", "xlsx")
    monkeypatch.setattr(exporting, "MOST_SHEET_COLUMNS", 2)
    with pytest.raises(QueryRefused, match="no more than 2 columns"):
        export(table, tmp_path / "out.xlsx", "xlsx")


@pytest.mark.parametrize(
    ("asked", "groups", "in_order"),
    [
        ({"by": "aty"}, (("Тараз", 2), ("=SUM(A1)", 1)), False),
        ({"by": "aty", "how": "sum", "of": "san"}, (("=SUM(A1)", 1), ("Тараз", 1)), False),
        ({"by": "aty", "how": "mean", "of": "san"}, (("=SUM(A1)", 1.0), ("Тараз", 0.5)), False),
        ({"by": "aty", "how": "greatest", "of": "san"}, (("Тараз", 3), ("=SUM(A1)", 1)), False),
        ({"by": "kun"}, ((date(2026, 1, 1), 1), (date(2026, 2, 1), 1)), True),
        ({"by": "san", "limit": 1}, ((-2, 1),), True),
    ],
)
def test_table_is_summed_up_by_a_column(table, asked, groups, in_order):
    total = {"aty": 2, "kun": 2, "san": 3}[asked["by"]]

    assert group(table, **asked) == Grouped(
        by=asked["by"], groups=groups, total=total, in_order=in_order
    )


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"by": "nothing"}, "no column 'nothing'"),
        ({"by": "aty", "how": "sum", "of": "nothing"}, "no column 'nothing'"),
        ({"by": "aty", "how": "sum", "of": "kun"}, "'kun' is no number"),
        ({"by": "aty", "how": "median"}, "cannot sum up by 'median'"),
        ({"by": "aty", "limit": 0}, "cannot sum up by 'count'"),
    ],
)
def test_what_cannot_be_summed_up_is_refused(table, asked, why):
    with pytest.raises(QueryRefused) as refused:
        group(table, **asked)

    assert str(refused.value) == why
