"""A table in other formats: CSV, JSON, XLSX, Parquet, written to a file."""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import xlsxwriter

from aiqyn.datastore.engine import reading
from aiqyn.datastore.paging import TABLE, QueryRefused
from aiqyn.text import inert

FORMATS = {  # ending: media type
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
SECONDS = 120.0
AT_ONCE = 5_000  # rows in memory
MOST_SHEET_ROWS = 1_048_575  # of an XLSX sheet, without the header
MOST_SHEET_COLUMNS = 16_384


def export(parquet: Path, to: Path, ending: str) -> None:
    """Write the whole table to `to` as one of FORMATS, named by its ending.

    Cells that a spreadsheet would run are neutralised in CSV and XLSX; JSON and Parquet carry
    them unchanged. Raises QueryRefused where the format cannot hold the table, and
    `engine.QueryTooLong`.
    """
    if ending == "parquet":
        copyfile(parquet, to)
        return
    with reading(parquet.parent, SECONDS) as engine:
        told = engine.execute(f"SELECT * FROM {TABLE}", [str(parquet)])  # noqa: S608
        names = [each[0] for each in told.description]
        if ending == "xlsx":
            _sheet(told, names, to)
        else:
            _text(told, names, to, ending)


def _text(told: Any, names: list[str], to: Path, ending: str) -> None:
    write = {"csv": _csv, "json": _json}[ending]
    with to.open("w", encoding="utf-8", newline="") as out:
        write(told, names, out)


def _csv(told: Any, names: list[str], out: Any) -> None:
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow(map(inert, names))
    while rows := told.fetchmany(AT_ONCE):
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | datetime) else value


def _json(told: Any, names: list[str], out: Any) -> None:
    """An array of objects, one on a line, so that a program may read it by lines."""
    begun = "["
    while rows := told.fetchmany(AT_ONCE):
        for row in rows:
            told_row = dict(zip(names, map(_plain, row), strict=True))
            out.write(begun + "\n" + json.dumps(told_row, ensure_ascii=False))
            begun = ","
    out.write("\n]\n" if begun == "," else "[]\n")


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value - value != 0:  # NaN and infinity are no JSON
        return None
    return value.isoformat() if isinstance(value, date | datetime) else value


def _sheet(told: Any, names: list[str], to: Path) -> None:
    if len(names) > MOST_SHEET_COLUMNS:
        raise QueryRefused(f"a sheet has no more than {MOST_SHEET_COLUMNS} columns")
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(to, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        written = 0
        while rows := told.fetchmany(AT_ONCE):
            if written + len(rows) > MOST_SHEET_ROWS:
                raise QueryRefused(f"a sheet has no more than {MOST_SHEET_ROWS} rows")
            for number, row in enumerate(rows, start=written + 1):
                sheet.write_row(number, 0, row)
            written += len(rows)
