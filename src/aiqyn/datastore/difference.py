"""What changed between two tables: rows added, removed and changed, and broken columns.

With a key, rows are the same when their keys are; without one, a row that is nowhere in the
other table with all its cells is added or removed, as often as it stands there.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from aiqyn.chain import Noun
from aiqyn.datastore.engine import quoted, working
from aiqyn.datastore.paging import QueryRefused

MEMORY = "1GB"
SECONDS = 30.0  # a comparison may take
MOST = 10_000  # changes of one page
KINDS = ("removed", "added", "changed")  # in the order a page shows them


class Schema(Noun, frozen=True, kw_only=True):
    """How the columns changed; whoever reads by name breaks on what is gone or retyped."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    retyped: tuple[tuple[str, str, str], ...] = ()  # name, type before, type after

    @property
    def breaks(self) -> bool:
        """Whether programs that read the table may stop working."""
        return bool(self.removed or self.retyped)


class Change(Noun, frozen=True, kw_only=True):
    """One row that is not as it was."""

    kind: str  # of KINDS
    before: tuple[Any, ...] = ()  # cells of the common columns as text; () of an added row
    after: tuple[Any, ...] = ()  # () of a removed row


class Difference(Noun, frozen=True, kw_only=True):
    """All that changed, and one page of the rows."""

    schema: Schema
    columns: tuple[str, ...]  # that both tables have
    key: tuple[str, ...]  # what tells rows apart; () where nothing does
    added: int
    removed: int
    changed: int
    changes: tuple[Change, ...]

    @property
    def total(self) -> int:
        """Rows that changed in any way."""
        return self.added + self.removed + self.changed


def compare(
    before: Path,
    after: Path,
    *,
    key: Sequence[str] = (),
    offset: int = 0,
    limit: int = 100,
    seconds: float = SECONDS,
) -> Difference:
    """Compare two Parquet tables by `key`, where it tells the rows of both apart.

    Raises QueryRefused for an impossible page, `engine.QueryTooLong`.
    """
    if not 0 <= limit <= MOST or offset < 0:
        raise QueryRefused("more than one page holds")
    with working(MEMORY, seconds) as engine:
        return _compare(_Tables(engine, before, after, key), offset, limit)


class _Tables:
    """Two tables, what columns they share and what tells their rows apart."""

    def __init__(
        self, engine: duckdb.DuckDBPyConnection, before: Path, after: Path, key: Sequence[str]
    ) -> None:
        self.engine = engine
        for name, path in (("older", before), ("newer", after)):
            place = str(path).replace("'", "''")
            source = f"read_parquet('{place}', file_row_number = true)"
            engine.execute(f"CREATE VIEW {name} AS SELECT * FROM {source}")  # noqa: S608
        old, new = self.kinds("older"), self.kinds("newer")
        self.schema = Schema(
            added=tuple(name for name in new if name not in old),
            removed=tuple(name for name in old if name not in new),
            retyped=tuple(
                (name, old[name], new[name])
                for name in old
                if new.get(name, old[name]) != old[name]
            ),
        )
        self.columns = tuple(name for name in new if name in old)
        self.key = tuple(key) if self.tells_apart(key) else ()

    def kinds(self, table: str) -> dict[str, str]:
        rows = self.engine.execute(f"DESCRIBE {table}").fetchall()
        return {row[0]: row[1] for row in rows if row[0] != "file_row_number"}

    def tells_apart(self, key: Sequence[str]) -> bool:
        """Whether the columns are in both tables, filled and different in every row."""
        if not key or not set(key) <= set(self.columns):
            return False
        names = ", ".join(map(quoted, key))
        filled = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in key)
        asked = f"SELECT count(*) - count(DISTINCT CASE WHEN {filled} THEN ({names}) END) FROM "  # noqa: S608
        return all(
            self.engine.execute(asked + table).fetchall() == [(0,)] for table in ("older", "newer")
        )


def _compare(tables: _Tables, offset: int, limit: int) -> Difference:
    source = _by_key(tables) if tables.key else _by_cells(tables)
    engine = tables.engine
    engine.execute(f"CREATE TEMP TABLE told AS {source}")
    counted = dict(engine.execute("SELECT kind, count(*) FROM told GROUP BY kind").fetchall())
    rows = engine.execute(
        f"SELECT kind, b, a FROM told ORDER BY kind, place LIMIT {limit} OFFSET {offset}"  # noqa: S608
    ).fetchall()
    return Difference(
        schema=tables.schema,
        columns=tables.columns,
        key=tables.key,
        removed=counted.get(0, 0),
        added=counted.get(1, 0),
        changed=counted.get(2, 0),
        changes=tuple(
            Change(kind=KINDS[kind], before=tuple(b or ()), after=tuple(a or ()))
            for kind, b, a in rows
        ),
    )


def _cells(columns: Sequence[str], table: str = "") -> str:
    """The cells of a row as a list of text: numbers and dates of different types are alike."""
    where = f"{table}." if table else ""
    said = (f"CAST({where}{quoted(name)} AS VARCHAR)" for name in columns)
    return f"[{', '.join(said)}]"


def _by_key(tables: _Tables) -> str:
    same = " AND ".join(f"o.{quoted(name)} = n.{quoted(name)}" for name in tables.key)
    if any(name in tables.key for name, _, _ in tables.schema.retyped):
        same = " AND ".join(
            f"CAST(o.{quoted(name)} AS VARCHAR) = CAST(n.{quoted(name)} AS VARCHAR)"
            for name in tables.key
        )
    before, after = _cells(tables.columns, "o"), _cells(tables.columns, "n")
    return f"""
        SELECT CASE WHEN n.file_row_number IS NULL THEN 0
                    WHEN o.file_row_number IS NULL THEN 1 ELSE 2 END AS kind,
               coalesce(n.file_row_number, o.file_row_number) AS place,
               CASE WHEN o.file_row_number IS NOT NULL THEN {before} END AS b,
               CASE WHEN n.file_row_number IS NOT NULL THEN {after} END AS a
        FROM older o FULL OUTER JOIN newer n ON {same}
        WHERE o.file_row_number IS NULL OR n.file_row_number IS NULL
           OR {before} IS DISTINCT FROM {after}"""  # noqa: S608  names are quoted


def _by_cells(tables: _Tables) -> str:
    """Rows of one table that the other has less often; of equal rows the last are told."""
    cells = _cells(tables.columns)
    return f"""
        WITH o AS (SELECT {cells} AS cells, file_row_number AS place,
                          row_number() OVER (PARTITION BY {cells} ORDER BY file_row_number) AS nth
                   FROM older),
             n AS (SELECT {cells} AS cells, file_row_number AS place,
                          row_number() OVER (PARTITION BY {cells} ORDER BY file_row_number) AS nth
                   FROM newer)
        SELECT CASE WHEN n.place IS NULL THEN 0 ELSE 1 END AS kind,
               coalesce(n.place, o.place) AS place, o.cells AS b, n.cells AS a
        FROM o FULL OUTER JOIN n ON o.cells IS NOT DISTINCT FROM n.cells AND o.nth = n.nth
        WHERE o.place IS NULL OR n.place IS NULL"""  # noqa: S608  names are quoted
