"""DuckDB with its doors closed: it reads files of one folder, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import duckdb

MEMORY = "1GB"
THREADS = 2
SECONDS = 10.0  # one query may take


class QueryTooLong(RuntimeError):
    """A query was stopped because it took longer than it may."""


@lru_cache(maxsize=16)
def _base(folder: str) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect(":memory:")
    engine.execute(f"SET memory_limit='{MEMORY}'")
    engine.execute(f"SET threads={THREADS}")
    engine.execute("SET allowed_directories=?", [[folder]])
    engine.execute("SET enable_external_access=false")
    engine.execute("SET autoinstall_known_extensions=false")
    engine.execute("SET autoload_known_extensions=false")
    engine.execute("SET lock_configuration=true")
    return engine


@contextmanager
def reading(folder: Path, seconds: float = SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees the files of `folder`; its query is stopped after `seconds`.

    Raises QueryTooLong.
    """
    cursor = _base(f"{folder.resolve()}/").cursor()
    timer = Timer(seconds, cursor.interrupt)
    timer.start()
    try:
        yield cursor
    except duckdb.InterruptException as problem:
        raise QueryTooLong(f"{seconds} s") from problem
    finally:
        timer.cancel()
        cursor.close()


@contextmanager
def working(memory: str, seconds: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own for one long piece of work; what outgrows `memory` goes to disk.

    Raises QueryTooLong after `seconds`.
    """
    with TemporaryDirectory() as aside:
        engine = duckdb.connect(
            ":memory:",
            config={"memory_limit": memory, "threads": THREADS, "temp_directory": aside},
        )
        timer = Timer(seconds, engine.interrupt)
        timer.start()
        try:
            yield engine
        except duckdb.InterruptException as problem:
            raise QueryTooLong(f"{seconds:g} s") from problem
        finally:
            timer.cancel()
            engine.close()


def quoted(name: str) -> str:
    """An identifier DuckDB takes as it is."""
    return '"' + name.replace('"', '""') + '"'
