"""SQL written by strangers: one SELECT over the tables it names, and nothing else.

The statement is parsed first; only tables somebody offers and the query's own may stand in
it, no function that reads files, settings or the environment. Then it runs in a process of
its own, `sql_child`, whose engine can open these files alone; the process has a ceiling of
memory and is killed when its time is over.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import Event, Timer
from typing import Any

import duckdb
import msgspec

from aiqyn.chain import Noun
from aiqyn.datastore.engine import SECONDS, QueryTooLong
from aiqyn.datastore.paging import QueryRefused
from aiqyn.datastore.sql_child import LARGEST, Asked, Moment, Told

CHILD = "aiqyn.datastore.sql_child"
KEPT = ("LANG", "LD_LIBRARY_PATH", "PATH", "TZ")  # of the environment; the rest holds secrets
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
SYSTEM_STARTS = ("duckdb_", "pragma_", "sqlite_", "information_schema", "pg_")


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
    paths: dict[str, Path] = {}
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
    """Names of tables the query does not make itself, each once.

    Raises QueryRefused for a source or a function that is not allowed.
    """
    named: dict[str, str] = {}  # as the engine compares them, without case: as written
    for node, own in _scoped(tree):
        for source in _sources(node):
            if source["type"] not in ALLOWED_SOURCES:
                said = source["type"].replace("_", " ").lower()
                raise QueryRefused(f"{said} cannot be read here")
        if node.get("type") == "BASE_TABLE":
            if schema := node["schema_name"] or node["catalog_name"]:
                raise QueryRefused(f"no schema {schema!r}")
            name = node["table_name"]
            if name.lower() not in own:
                named.setdefault(name.lower(), name)
        if "function_name" in node:
            _need_harmless(node["function_name"].lower())
    return list(named.values())


def _scoped(tree: Any) -> Iterator[tuple[Mapping[str, Any], frozenset[str]]]:
    """Every node with the names of WITH that reach it."""
    waiting: list[tuple[Any, frozenset[str]]] = [(tree, frozenset())]
    while waiting:
        node, own = waiting.pop()
        if isinstance(node, list):
            waiting.extend((each, own) for each in node)
        elif isinstance(node, dict):
            for made in node.get("cte_map", {}).get("map", ()):
                name = _made_name(made["key"])
                body = made["value"]
                inner = body.get("query_node") or body["query"]["node"]  # DuckDB 2, DuckDB 1
                recursive = inner["type"] == "RECURSIVE_CTE_NODE"
                waiting.append((body, own | {name} if recursive else own))
                own |= {name}  # those after it see it, it does not see itself
            yield node, own
            waiting.extend((each, own) for key, each in node.items() if key != "cte_map")


def _made_name(name: str) -> str:
    """The name of a WITH as the engine compares it; raises QueryRefused."""
    lower = name.lower()
    if not name.isidentifier() or lower.startswith(SYSTEM_STARTS):
        raise QueryRefused(f"WITH cannot make a table named {name!r}")
    return lower


def _sources(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Where a SELECT or a JOIN takes its rows from."""
    names = ("left", "right") if node.get("type") == "JOIN" else ("from_table",)
    return [node[name] for name in names if isinstance(node.get(name), dict)]


def _need_harmless(function: str) -> None:
    if function in DENIED or function.startswith(DENIED_STARTS):
        raise QueryRefused(f"the function {function} is not allowed here")


def _run(sql: str, paths: Mapping[str, Path], most: int, seconds: float) -> Answer:
    files = {name: str(path) for name, path in paths.items()}
    question = Asked(sql=sql, paths=files, most=most, seconds=seconds)
    try:
        told = msgspec.msgpack.decode(_apart(msgspec.msgpack.encode(question), seconds), type=Told)
    except msgspec.MsgspecError as problem:
        raise QueryRefused("stopped: it broke the engine or took too much memory") from problem
    if told.refused:
        raise QueryRefused(told.refused)
    rows = [tuple(map(_cell, row)) for row in told.rows]
    return Answer(columns=told.columns, kinds=told.kinds, rows=rows, was_cut=told.was_cut)


def _apart(question: bytes, seconds: float) -> bytes:
    """What a process of its own answers, cut; raises QueryTooLong."""
    late = Event()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    with subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:

        def stop() -> None:
            late.set()
            process.kill()

        timer = Timer(seconds, stop)
        timer.start()
        try:
            answer = _exchanged(process, question)
        finally:
            timer.cancel()
            process.kill()
    if late.is_set():
        raise QueryTooLong(f"{seconds:g} s")
    return answer


def _exchanged(process: "subprocess.Popen[bytes]", question: bytes) -> bytes:
    assert process.stdin is not None  # noqa: S101  # pipes by construction
    assert process.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError), process.stdin:
        process.stdin.write(question)
    return process.stdout.read(LARGEST + 1)


def _cell(value: Any) -> Any:
    """A cell as the engine gave it."""
    if not isinstance(value, dict):
        return value
    moment = msgspec.convert(value, Moment)
    kind = date if moment.is_date else datetime
    return kind.fromisoformat(moment.iso)
