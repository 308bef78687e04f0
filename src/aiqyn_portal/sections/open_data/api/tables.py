"""CKAN's DataStore: rows of tables, filtered, sorted, searched, a page at a time; and SQL."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlencode

from aiqyn.datastore import Filter, QueryRefused, Sort, page
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.sql import query
from aiqyn_portal.sections.open_data import tables
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import Invalid, NotFound
from aiqyn_portal.sections.open_data.api.packages import public_file
from aiqyn_portal.sections.open_data.models import File

MOST_ROWS = 32_000  # as CKAN's own limit
SQL_AT_ONCE = 2  # in one process: each may take SECONDS of `datastore.engine` and its memory
SECONDS_TO_WAIT = 2.0
_sql_at_once = BoundedSemaphore(SQL_AT_ONCE)
TYPES = {
    "BIGINT": "int8", "INTEGER": "int4", "DOUBLE": "float8", "BOOLEAN": "bool",
    "DATE": "date", "TIMESTAMP": "timestamp",
}  # fmt: skip


def datastore_search(asked: Asked, caller: Caller) -> Any:
    """Rows of `resource_id`: `filters`, `q`, `fields`, `sort`, `limit`, `offset`.

    `records_format` is "objects", "lists", or "csv" and "tsv": one text without headings.
    """
    file = _file(asked.text("resource_id") or asked.needed("id"))
    shape = asked.text("records_format") or "objects"
    if shape not in SHAPES:
        raise Invalid(records_format=f"Not one of {', '.join(SHAPES)}")
    if asked.flag("distinct"):
        raise Invalid(distinct="Not here: ask datastore_search_sql for SELECT DISTINCT")
    limit = asked.number("limit", 100, most=MOST_ROWS)
    offset = asked.number("offset", 0, most=10**12)
    try:
        found = page(
            tables.plain_file(file.table_sha256),
            columns=asked.words("fields"),
            filters=[*_filters(asked.json("filters")), *_searched(asked)],
            sort=_sort(asked.text("sort")),
            offset=offset,
            limit=limit,
            numbered=True,
        )
    except QueryRefused as refused:
        raise Invalid(query=str(refused)) from refused
    except QueryTooLong as refused:
        raise Invalid(query=f"stopped after {refused}") from refused
    told = {
        "resource_id": str(file.pk),
        "include_total": asked.flag("include_total", default=True),
        "records_format": shape,
        "limit": limit,
        "offset": offset,
        "fields": _fields(found.columns, found.kinds),
        "records": SHAPES[shape](found.columns, found.rows),
        "_links": _links(asked, file, limit, offset),
        "total_estimation_threshold": None,
    }
    if told["include_total"]:
        told |= {"total": found.total, "total_was_estimated": False}
    return told


def datastore_info(asked: Asked, caller: Caller) -> Any:
    """Columns of the table of `id` with their explanations, and how many rows it has."""
    file = _file(asked.needed("id"))
    found = page(tables.plain_file(file.table_sha256), limit=0)
    explained = {column.name: column for column in file.dictionary.all()}
    fields = _fields(found.columns, found.kinds)
    for field in fields:
        if column := explained.get(field["id"]):
            title = column.title.get(caller.language, "")
            field["info"] = {"label": title, "notes": column.description.get(caller.language, "")}
    return {
        "meta": {"id": str(file.pk), "count": found.total, "table_type": "BASE TABLE"},
        "fields": fields,
    }


def datastore_search_sql(asked: Asked, caller: Caller) -> Any:
    """One SELECT, `sql`, over tables named by resource ids: `SELECT * FROM "12" LIMIT 5`."""
    sql = asked.text("sql", most=20_000)
    if not sql.strip():
        raise Invalid(sql="Missing value")
    if not _sql_at_once.acquire(timeout=SECONDS_TO_WAIT):
        raise Invalid(sql="too many queries at this moment, ask again a little later")
    try:
        found = query(sql, _path_of, most=MOST_ROWS)
    except QueryRefused as refused:
        raise Invalid(sql=str(refused)) from refused
    except QueryTooLong as refused:
        raise Invalid(sql=f"stopped after {refused}") from refused
    finally:
        _sql_at_once.release()
    return {
        "sql": sql,
        "fields": _fields(found.columns, found.kinds),
        "records": _records(found.columns, found.rows),
        "records_truncated": found.was_cut,
    }


def _path_of(name: str) -> Any:
    """The Parquet of the resource a query names; None where there is none for everybody."""
    try:
        return tables.plain_file(_file(name).table_sha256)
    except NotFound:
        return None


def _file(identity: str) -> File:
    file = public_file(identity)
    if not file.has_table:
        raise NotFound(f'Resource "{identity}" was not found.')
    return file


def _filters(given: Any) -> list[Filter]:
    """`{"column": value}` or `{"column": [one, or, other]}`."""
    if given is None:
        return []
    if not isinstance(given, Mapping):
        raise Invalid(filters="Not a json object")
    return [
        Filter(column=str(column), operation="one_of", values=tuple(map(_written, _listed(values))))
        for column, values in given.items()
    ]


def _searched(asked: Asked) -> list[Filter]:
    """`q`: words anywhere in a row, or `{"column": words}`."""
    given = asked.given.get("q")
    if isinstance(given, str) and given.lstrip().startswith("{"):
        given = asked.json("q")
    if isinstance(given, Mapping):
        return [
            Filter(column=str(column), operation="contains", value=str(value))
            for column, value in given.items()
        ]
    words = asked.text("q").split()
    return [Filter(operation="anywhere", value=word) for word in words]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _sort(given: str) -> list[Sort]:
    """`column desc, "other column" asc`."""
    order = []
    for part in filter(None, (each.strip() for each in given.split(","))):
        name, _, direction = part.rpartition(" ")
        if direction.lower() not in ("asc", "desc"):
            name, direction = part, "asc"
        order.append(Sort(column=name.strip().strip('"'), descending=direction.lower() == "desc"))
    return order


def _fields(columns: tuple[str, ...], kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"id": name, "type": "int" if name == "_id" else TYPES.get(kind, "text")}
        for name, kind in zip(columns, kinds, strict=True)
    ]


def _records(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]


def _lists(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(map(_plain, row)) for row in rows]


def _text_with(delimiter: str) -> Callable[[tuple[str, ...], list[tuple[Any, ...]]], str]:
    def written(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
        to = io.StringIO()
        csv.writer(to, delimiter=delimiter, lineterminator="\n").writerows(_lists(columns, rows))
        return to.getvalue()

    return written


SHAPES = {
    "objects": _records,
    "lists": _lists,
    "csv": _text_with(","),
    "tsv": _text_with("\t"),
}


def _plain(value: Any) -> Any:
    """A value JSON has; what it has not is written out."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None  # NaN and infinity are no JSON
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _links(asked: Asked, file: File, limit: int, offset: int) -> dict[str, str]:
    """Addresses of the first page and of the next, of the same question."""
    question = {"resource_id": str(file.pk), "limit": str(limit)}
    for name in ("q", "filters", "sort", "fields", "records_format", "include_total"):
        said = asked.given.get(name)
        if said not in (None, ""):
            question[name] = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    start = f"/api/3/action/datastore_search?{urlencode(question)}"
    return {"start": start, "next": f"{start}&offset={offset + limit}"}
