"""DuckDB with its doors closed: it reads files of one folder, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import duckdb

MEMORY = "1GB"
THREADS = 2
SECONDS = 10.0  # one query may take
AGAIN = 0.02  # seconds: what falls between two queries stops neither, so it is said again


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
    try:
        with _stopped_after(cursor, seconds):
            yield cursor
    except duckdb.InterruptException as problem:
        raise QueryTooLong(f"{seconds} s") from problem
    finally:
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
        try:
            with _stopped_after(engine, seconds):
                yield engine
        except duckdb.InterruptException as problem:
            raise QueryTooLong(f"{seconds:g} s") from problem
        finally:
            engine.close()


@contextmanager
def _stopped_after(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt whatever runs on `connection` once `seconds` are over, until the block is left."""
    over = Event()

    def watch() -> None:
        pause = seconds
        while not over.wait(pause):
            connection.interrupt()
            pause = AGAIN

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def quoted(name: str) -> str:
    """An identifier DuckDB takes as it is."""
    return '"' + name.replace('"', '""') + '"'
