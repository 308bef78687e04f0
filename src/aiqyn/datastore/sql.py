"""SQL written by strangers: one SELECT over the tables it names, and nothing else.

The statement is parsed first; only tables somebody offers and the query's own may stand in
it, no function that reads files, settings or the environment. Then it runs in an engine of
its own that can open these files alone, for a bounded time and in bounded memory.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from aiqyn.chain import Noun
from aiqyn.datastore.engine import SECONDS, QueryTooLong, quoted
from aiqyn.datastore.paging import NUMBER, QueryRefused

MEMORY = "512MB"
LONGEST = 20_000  # characters of a query
MOST_TABLES = 10
ALLOWED_SOURCES = {"BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST"}
DENIED = {
    "getenv", "getvariable", "current_setting", "query", "query_table", "nextval", "currval",
    "current_database", "current_schemas", "read_text", "read_blob", "glob", "sniff_csv",
    "set_config", "txid_current", "version", "write_log", "parse_duckdb_log_message",
    # they make one value as large as they are told, past the engine's own limit
    "repeat", "lpad", "rpad", "range", "generate_series", "list_resize", "array_resize", "bar",
}  # fmt: skip
DENIED_STARTS = (
    "duckdb_",
    "pragma_",
    "read_",
    "json_execute",
    "json_serialize",
    "json_deserialize",
)


class Answer(Noun, frozen=True, kw_only=True):
    """Rows of a query."""

    columns: tuple[str, ...]
    kinds: tuple[str, ...]  # DuckDB's types
    rows: list[tuple[Any, ...]]
    was_cut: bool = False  # there are more rows than one answer holds


def query(
    sql: str, path_of: Callable[[str], Path | None], *, most: int, seconds: float = SECONDS
) -> Answer:
    """Run one SELECT; `path_of` gives the Parquet of a table it names, or None.

    At most `most` rows come back. Raises QueryRefused with a sentence for the asker, and
    `engine.QueryTooLong`.
    """
    if len(sql) > LONGEST:
        raise QueryRefused(f"longer than {LONGEST} characters")
    paths = {}
    for name in _tables(_parsed(sql)):
        path = path_of(name)
        if path is None:
            raise QueryRefused(f'relation "{name}" does not exist')
        paths[name] = path
    if len(paths) > MOST_TABLES:
        raise QueryRefused(f"more than {MOST_TABLES} tables")
    return _run(sql, paths, most, seconds)


def _parsed(sql: str) -> Mapping[str, Any]:
    """The tree of the one SELECT in `sql`."""
    with duckdb.connect(":memory:") as engine:
        try:
            [[told]] = engine.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()
            tree = json.loads(told)
        except RecursionError as problem:
            raise QueryRefused("nested too deep") from problem
    if tree["error"]:
        raise QueryRefused(tree["error_message"])
    if len(tree["statements"]) != 1:
        raise QueryRefused("one SELECT, please")
    node: Mapping[str, Any] = tree["statements"][0]["node"]
    return node


def _tables(tree: Mapping[str, Any]) -> list[str]:
    """Names of tables the query does not make itself.

    Raises QueryRefused for a source or a function that is not allowed.
    """
    named: dict[str, None] = {}
    own: set[str] = set()
    for node in _nodes(tree):
        own |= {each["key"] for each in node.get("cte_map", {}).get("map", ())}
        for source in _sources(node):
            if source["type"] not in ALLOWED_SOURCES:
                said = source["type"].replace("_", " ").lower()
                raise QueryRefused(f"{said} cannot be read here")
        if node.get("type") == "BASE_TABLE":
            if schema := node["schema_name"] or node["catalog_name"]:
                raise QueryRefused(f"no schema {schema!r}")
            named[node["table_name"]] = None
        if "function_name" in node:
            _need_harmless(node["function_name"].lower())
    return [name for name in named if name not in own]


def _sources(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Where a SELECT or a JOIN takes its rows from."""
    names = ("left", "right") if node.get("type") == "JOIN" else ("from_table",)
    return [node[name] for name in names if isinstance(node.get(name), dict)]


def _need_harmless(function: str) -> None:
    if function in DENIED or function.startswith(DENIED_STARTS):
        raise QueryRefused(f"the function {function} is not allowed here")


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _run(sql: str, paths: Mapping[str, Path], most: int, seconds: float) -> Answer:
    with duckdb.connect(":memory:") as engine:
        for name, path in paths.items():
            engine.execute(_view(engine, name, path))
        engine.execute(f"SET memory_limit='{MEMORY}'")
        engine.execute("SET threads=1")
        engine.execute("SET temp_directory=''")
        engine.execute("SET allowed_paths=?", [[str(path) for path in paths.values()]])
        engine.execute("SET enable_external_access=false")
        engine.execute("SET lock_configuration=true")
        timer = Timer(seconds, engine.interrupt)
        timer.start()
        try:
            told = engine.execute(sql)
            rows = told.fetchmany(most + 1)
        except duckdb.InterruptException as problem:
            raise QueryTooLong(f"{seconds:g} s") from problem
        except duckdb.Error as problem:
            raise QueryRefused(_first_line(problem)) from problem
        finally:
            timer.cancel()
        return Answer(
            columns=tuple(each[0] for each in told.description),
            kinds=tuple(str(each[1]) for each in told.description),
            rows=rows[:most],
            was_cut=len(rows) > most,
        )


def _view(engine: duckdb.DuckDBPyConnection, name: str, path: Path) -> str:
    source = f"'{str(path).replace(chr(39), chr(39) * 2)}'"
    told = engine.execute(f"DESCRIBE SELECT * FROM read_parquet({source})").fetchall()  # noqa: S608
    columns = {row[0].casefold() for row in told}
    if {NUMBER, "file_row_number"} & columns:
        chosen, extra = "*", ""
    else:
        chosen = f"file_row_number + 1 AS {NUMBER}, * EXCLUDE (file_row_number)"
        extra = ", file_row_number = true"
    return f"CREATE VIEW {quoted(name)} AS SELECT {chosen} FROM read_parquet({source}{extra})"  # noqa: S608


def _first_line(problem: BaseException) -> str:
    """What the engine says, without the picture of the query below it."""
    return str(problem).split("\n", 1)[0] or type(problem).__name__
