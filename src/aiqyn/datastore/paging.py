"""One page of a table: columns, filters, order; and how many rows there are in all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from aiqyn.chain import Noun
from aiqyn.datastore.engine import quoted, reading

MOST_ROWS = 10_000  # of one page
MOST_FILTERS = 20
# what a filter may ask; `{c}` is the column, `{t}` its type, `?` the value as text
OPERATIONS = {
    "is": "CAST({c} AS VARCHAR) = ?",
    "is_not": "CAST({c} AS VARCHAR) IS DISTINCT FROM ?",
    "contains": "contains(lower(CAST({c} AS VARCHAR)), lower(?))",
    "at_least": "{c} >= TRY_CAST(? AS {t})",
    "at_most": "{c} <= TRY_CAST(? AS {t})",
    "is_empty": "{c} IS NULL",
}


class QueryRefused(ValueError):
    """A query names a column or an operation that is not there, or asks for too much."""


class Filter(Noun, frozen=True, kw_only=True):
    """One condition; all conditions of a query must hold."""

    column: str
    operation: str = "is"  # a key of OPERATIONS
    value: str = ""


class Sort(Noun, frozen=True, kw_only=True):
    """One column to sort by; empty cells come last."""

    column: str
    descending: bool = False


class Page(Noun, frozen=True, kw_only=True):
    """Some rows of a table."""

    columns: tuple[str, ...]
    kinds: tuple[str, ...]  # DuckDB's types: "BIGINT", "VARCHAR" …
    rows: list[tuple[Any, ...]]
    total: int  # rows that meet the filters


def page(
    parquet: Path,
    *,
    columns: Sequence[str] = (),
    filters: Sequence[Filter] = (),
    sort: Sequence[Sort] = (),
    offset: int = 0,
    limit: int = 50,
) -> Page:
    """Return rows `offset` … of the table in `parquet`; all columns unless some are named.

    Raises QueryRefused and `engine.QueryTooLong`.
    """
    if not 0 <= limit <= MOST_ROWS or offset < 0 or len(filters) > MOST_FILTERS:
        raise QueryRefused("more than one page holds")
    with reading(parquet.parent) as engine:
        kinds = _kinds(engine, parquet)
        chosen = [_known(name, kinds) for name in columns] or list(kinds)
        where = " AND ".join(_condition(each, kinds) for each in filters) or "true"
        values = [each.value for each in filters if each.operation != "is_empty"]
        source = [str(parquet)]
        [[total]] = engine.execute(
            f"SELECT count(*) FROM read_parquet(?) WHERE {where}",  # noqa: S608  names are known
            [*source, *values],
        ).fetchall()
        rows = engine.execute(
            f"SELECT {', '.join(map(quoted, chosen))} FROM read_parquet(?) WHERE {where}"  # noqa: S608
            f"{_order(sort, kinds)} LIMIT {limit} OFFSET {offset}",
            [*source, *values],
        ).fetchall()
    return Page(
        columns=tuple(chosen), kinds=tuple(kinds[name] for name in chosen), rows=rows, total=total
    )


def _kinds(engine: duckdb.DuckDBPyConnection, parquet: Path) -> dict[str, str]:
    """Types of all columns by name."""
    found = engine.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(parquet)]).fetchall()
    return {row[0]: row[1] for row in found}


def _known(name: str, kinds: dict[str, str]) -> str:
    if name not in kinds:
        raise QueryRefused(f"no column {name!r}")
    return name


def _condition(asked: Filter, kinds: dict[str, str]) -> str:
    name = _known(asked.column, kinds)
    if asked.operation not in OPERATIONS:
        raise QueryRefused(f"no operation {asked.operation!r}")
    return OPERATIONS[asked.operation].replace("{t}", kinds[name]).replace("{c}", quoted(name))


def _order(sort: Sequence[Sort], kinds: dict[str, str]) -> str:
    if not sort:
        return ""
    said = (
        f"{quoted(_known(each.column, kinds))} {'DESC' if each.descending else 'ASC'} NULLS LAST"
        for each in sort
    )
    return f" ORDER BY {', '.join(said)}"
