"""One page of a table: columns, filters, order; and how many rows there are in all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from aiqyn.chain import Noun
from aiqyn.datastore.engine import quoted, reading

MOST_ROWS = 10_000  # of one page
MOST_FILTERS = 20
NUMBER = "_id"
TABLE = "read_parquet(?)"
NUMBERED = (
    "(SELECT file_row_number + 1 AS _id, * EXCLUDE (file_row_number) "
    "FROM read_parquet(?, file_row_number = true))"
)
# what a filter may ask; `{c}` is the column, `{t}` its type, `?` the value as text
OPERATIONS = {
    "is": "{c} = TRY_CAST(? AS {t})",
    "is_not": "{c} IS DISTINCT FROM TRY_CAST(? AS {t})",
    "contains": "contains(lower(CAST({c} AS VARCHAR)), lower(?))",
    "at_least": "{c} >= TRY_CAST(? AS {t})",
    "at_most": "{c} <= TRY_CAST(? AS {t})",
    "is_empty": "{c} IS NULL",
}


# Part of a word is looked for in every cell: once and not twice where few rows have it.
DEAR = ("contains", "anywhere")
AHEAD = 1_000  # rows that are read in place of counting
# what has no letters is looked for as it stands
CASELESS = "contains(CAST({c} AS VARCHAR), ?)"


class QueryRefused(ValueError):
    """A query names a column or an operation that is not there, or asks for too much."""


class Filter(Noun, frozen=True, kw_only=True):
    """One condition; all conditions of a query must hold."""

    column: str = ""  # "" asks every column, of `anywhere` alone
    operation: str = "is"  # a key of OPERATIONS, "one_of" or "anywhere"
    value: str = ""
    values: tuple[str, ...] = ()  # of `one_of`


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


def page(  # noqa: PLR0913  what a reader may ask, by name
    parquet: Path,
    *,
    columns: Sequence[str] = (),
    filters: Sequence[Filter] = (),
    sort: Sequence[Sort] = (),
    offset: int = 0,
    limit: int = 50,
    numbered: bool = False,
) -> Page:
    """Return rows `offset` … of the table in `parquet`; all columns unless some are named.

    With `numbered` there is a column "_id" before all others: the number of the row in the
    table, from 1, whatever the order and the filters are.

    Raises QueryRefused and `engine.QueryTooLong`.
    """
    if not 0 <= limit <= MOST_ROWS or offset < 0 or len(filters) > MOST_FILTERS:
        raise QueryRefused("more than one page holds")
    with reading(parquet.parent) as engine:
        source = TABLE
        kinds = kinds_of(engine, source, parquet)
        if numbered and not {NUMBER, "file_row_number"} & {name.casefold() for name in kinds}:
            source = NUMBERED
            kinds = {NUMBER: "BIGINT"} | kinds
        chosen = [_known(name, kinds) for name in columns] or list(kinds)
        where = " AND ".join(_condition(each, kinds) for each in filters) or "true"
        values = [value for each in filters for value in _values(each, kinds)]
        ahead = max(limit, AHEAD) if any(each.operation in DEAR for each in filters) else limit
        rows = engine.execute(
            f"SELECT {', '.join(map(quoted, chosen))} FROM {source} WHERE {where}"  # noqa: S608  names are known
            f"{_order(sort, kinds)} LIMIT {ahead} OFFSET {offset}",
            [str(parquet), *values],
        ).fetchall()
        total = offset + len(rows)
        if len(rows) == ahead or (offset and not rows):  # there may be more, or none so far on
            [[total]] = engine.execute(
                f"SELECT count(*) FROM {source} WHERE {where}",  # noqa: S608
                [str(parquet), *values],
            ).fetchall()
    return Page(
        columns=tuple(chosen),
        kinds=tuple(kinds[name] for name in chosen),
        rows=rows[:limit],
        total=total,
    )


def kinds_of(engine: duckdb.DuckDBPyConnection, source: str, parquet: Path) -> dict[str, str]:
    """Types of all columns by name."""
    found = engine.execute(f"DESCRIBE SELECT * FROM {source}", [str(parquet)]).fetchall()  # noqa: S608
    return {row[0]: row[1] for row in found}


def _known(name: str, kinds: dict[str, str]) -> str:
    if name not in kinds:
        raise QueryRefused(f"no column {name!r}")
    return name


def _values(asked: Filter, kinds: dict[str, str]) -> Sequence[str]:
    """What the question marks of its condition stand for."""
    if asked.operation == "anywhere":
        return [asked.value] * len(kinds)
    if asked.operation == "one_of":
        return asked.values
    return () if asked.operation == "is_empty" else (asked.value,)


def _condition(asked: Filter, kinds: dict[str, str]) -> str:
    contains = CASELESS if asked.value.lower() == asked.value.upper() else OPERATIONS["contains"]
    if asked.operation == "anywhere":
        told = (contains.replace("{c}", quoted(name)) for name in kinds)
        return f"({' OR '.join(told)})"
    name = _known(asked.column, kinds)
    if asked.operation == "one_of":
        return _one_of(quoted(name), kinds[name], asked.values)
    if asked.operation not in OPERATIONS:
        raise QueryRefused(f"no operation {asked.operation!r}")
    operation = contains if asked.operation == "contains" else OPERATIONS[asked.operation]
    return operation.replace("{t}", kinds[name]).replace("{c}", quoted(name))


def _one_of(column: str, kind: str, values: Sequence[str]) -> str:
    """Any of the values; "" is an empty cell."""
    marks = ", ".join(f"TRY_CAST(? AS {kind})" for _ in values) or "NULL"
    empty = f" OR {column} IS NULL" if "" in values else ""
    return f"({column} IN ({marks}){empty})"


def _order(sort: Sequence[Sort], kinds: dict[str, str]) -> str:
    if not sort:
        return ""
    said = (
        f"{quoted(_known(each.column, kinds))} {'DESC' if each.descending else 'ASC'} NULLS LAST"
        for each in sort
    )
    return f" ORDER BY {', '.join(said)}"
