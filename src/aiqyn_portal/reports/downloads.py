"""A league as a file: CSV, JSON, XLSX. The same columns everywhere, described in columns.yaml."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import msgspec
import xlsxwriter

from aiqyn.catalogue import read
from aiqyn.scoring.methodology import Methodology
from aiqyn.text import Text, inert, say
from aiqyn_portal.reports.places import Place, RoundPlaces
from aiqyn_portal.reports.rows import Remark

CENT = Decimal("0.01")
BOM = "\ufeff"  # without it Excel reads UTF-8 as the local code page


class Described(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column as documented."""

    key: str
    datatype: str  # of CSV on the Web: string, integer, number, boolean, datetime
    title: Text


@cache
def _documented() -> list[Described]:
    return read(Path(__file__).with_name("columns.yaml"), list[Described])


def columns(method: Methodology) -> list[Described]:
    """The columns of a league by `method`, each criterion with its points and its maximum."""
    found: list[Described] = []
    for column in _documented():
        found += _of_criteria(column, method) if column.key == "criteria" else [column]
    return found


def _of_criteria(points: Described, method: Methodology) -> Iterator[Described]:
    for criterion in method.criteria:
        title = Text(
            {
                language: f"{say(criterion.title, language)}, {say(points.title, language)}"
                for language in points.title
            }
        )
        yield Described(key=criterion.code, datatype=points.datatype, title=title)


def rows(found: RoundPlaces, method: Methodology) -> Iterator[list[Any]]:
    """Values in the order of `columns`: str, int, bool, Decimal, datetime or None."""
    said = _notes_by_body(found.remarks)
    for place in sorted(found.places, key=_by_rank):
        result = place.result
        scores = {score.code: score.points for score in result.tree.criteria}
        yield [
            found.round.code,
            place.rank,
            result.body,
            result.kind,
            *(say(Text(result.name), language) for language in ("kk", "ru", "en")),
            *(scores.get(criterion.code) for criterion in method.criteria),
            result.points,
            result.printed,
            result.tree.max_points,
            _rounded(place.percent),
            result.tree.grade,
            _rounded(place.change),
            result.preliminary,
            result.is_correction,
            result.made_at,
            result.tree_sha256,
            " ".join(said.get(result.body, ())),
        ]


def _by_rank(place: Place) -> tuple[bool, int, str]:
    return place.rank is None, place.rank or 0, place.result.body


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(CENT, rounding=ROUND_HALF_UP)


def _notes_by_body(notes: Iterable[Remark]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for note in notes:
        if note.body:
            said.setdefault(note.body, []).append(say(Text(note.text), "kk"))
    return said


def as_csv(described: Sequence[Described], values: Iterator[list[Any]]) -> bytes:
    """UTF-8 with a byte order mark, RFC 4180, decimal point, ISO dates."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.key for column in described])
    for row in values:
        writer.writerow([_harmless(value) for value in row])
    return (BOM + text.getvalue()).encode()


def _harmless(value: Any) -> str:
    """A text that a spreadsheet would run as a formula is marked as text."""
    return inert(value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def as_csv_metadata(described: Sequence[Described], address: str) -> bytes:
    """What the columns mean, as W3C CSV on the Web metadata."""
    schema = [
        {"name": c.key, "titles": c.key, "dc:description": dict(c.title), "datatype": c.datatype}
        for c in described
    ]
    return msgspec.json.encode(
        {
            "@context": "http://www.w3.org/ns/csvw",
            "url": address,
            "dialect": {"encoding": "utf-8"},
            "tableSchema": {"columns": schema},
        }
    )


def as_json(
    found: RoundPlaces, described: Sequence[Described], values: Iterator[list[Any]]
) -> bytes:
    """The table with its description, source and notes; numbers are exact JSON numbers."""
    round_ = found.round
    content = {
        "round": {
            "code": round_.code,
            "title": dict(round_.title),
            "methodology": round_.methodology,
            "methodology_sha256": round_.methodology_sha256,
            "since": round_.since,
            "until": round_.until,
            "published_at": round_.published_at,
            "source": dict(round_.source),
            "is_example": round_.is_example,
        },
        "columns": [
            {"key": c.key, "datatype": c.datatype, "title": dict(c.title)} for c in described
        ],
        "rows": [dict(zip((c.key for c in described), row, strict=True)) for row in values],
        "notes": [
            {
                "code": note.code,
                "body": note.body or None,
                "text": dict(note.text),
                "details": note.details,
            }
            for note in found.remarks
        ],
    }
    return msgspec.json.Encoder(decimal_format="number").encode(content)


def as_xlsx(described: Sequence[Described], values: Iterator[list[Any]], language: str) -> bytes:
    """A sheet of the table and a sheet that describes its columns; rows are not kept in memory."""
    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    bold = book.add_format({"bold": True})
    table = book.add_worksheet("league")
    table.freeze_panes(1, 0)
    for number, column in enumerate(described):
        table.write_string(0, number, column.key, bold)
    for line, row in enumerate(values, start=1):
        for number, value in enumerate(row):
            _write(table, line, number, value)
    meaning = book.add_worksheet("columns")
    for line, column in enumerate(described):
        meaning.write_string(line, 0, column.key, bold)
        meaning.write_string(line, 1, say(column.title, language))
    book.close()
    return file.getvalue()


def _write(sheet: Any, line: int, number: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, number, value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, number, value)
    else:
        sheet.write_string(line, number, _plain(value))
