"""`python -m aiqyn.datastore.sql_child`: run one SELECT of a stranger and end.

The engine cannot stop in the middle of one function, nor count what it takes; a process can be
killed and has a ceiling. The question comes as MessagePack on the standard input, the answer
leaves as MessagePack on the standard output.
"""

import resource
import sys
from datetime import date, datetime
from typing import Any

import duckdb
import msgspec

from aiqyn.chain import Noun
from aiqyn.datastore.engine import quoted
from aiqyn.datastore.paging import NUMBER

MEMORY = "512MB"  # what the engine itself counts
CEILING = 1536 << 20  # bytes of address space; an idle engine reserves 700 MB
LARGEST = 32 << 20  # bytes of an answer
AT_ONCE = 1_000  # rows written at a time


class Asked(Noun, frozen=True, kw_only=True):
    """A checked query and the Parquet files of its tables."""

    sql: str
    paths: dict[str, str]
    most: int
    seconds: float


class Told(Noun, frozen=True, kw_only=True):
    """What came of it: rows, or why there are none."""

    columns: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = []
    was_cut: bool = False
    refused: str = ""


class Moment(Noun, frozen=True):
    """A date or a time in a cell; MessagePack has no word for a date."""

    iso: str
    is_date: bool


class TooLarge(Exception):
    """The answer would be larger than LARGEST."""


def answered(asked: Asked) -> bytes:
    """Run the query; the answer is written, and never larger than LARGEST."""
    try:
        return _written(_run(asked))
    except TooLarge:
        why = f"the answer is too large: more than {LARGEST >> 20} MB"
    except (MemoryError, duckdb.OutOfMemoryException):
        why = "out of memory"
    except (duckdb.Error, ValueError, OverflowError, ImportError) as problem:
        why = str(problem).split("\n", 1)[0] or type(problem).__name__
    return msgspec.msgpack.encode(Told(refused=why))


def _run(asked: Asked) -> Told:
    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": MEMORY}) as engine:
        for name, path in asked.paths.items():
            engine.execute(_view(engine, name, path))
        engine.execute("SET temp_directory=''")
        engine.execute("SET allowed_paths=?", [list(asked.paths.values())])
        engine.execute("SET enable_external_access=false")
        engine.execute("SET lock_configuration=true")
        told = engine.execute(asked.sql)
        rows = _rows(engine, asked.most + 1)
        return Told(
            columns=tuple(each[0] for each in told.description),
            kinds=tuple(str(each[1]) for each in told.description),
            rows=rows[: asked.most],
            was_cut=len(rows) > asked.most,
        )


def _rows(engine: duckdb.DuckDBPyConnection, most: int) -> list[tuple[Any, ...]]:
    """Up to `most` rows of plain cells; raises TooLarge before there are too many."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    while fetched := engine.fetchmany(min(AT_ONCE, most - len(rows))):
        plain = [tuple(map(_plain, row)) for row in fetched]
        size += len(msgspec.msgpack.encode(plain))
        if size > LARGEST:
            raise TooLarge
        rows += plain
    return rows


def _plain(value: Any) -> Any:
    """A cell as it travels."""
    if isinstance(value, date):
        return Moment(iso=value.isoformat(), is_date=not isinstance(value, datetime))
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        return str(value)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _written(told: Told) -> bytes:
    content = msgspec.msgpack.encode(told)
    if len(content) > LARGEST:
        raise TooLarge
    return content


def _view(engine: duckdb.DuckDBPyConnection, name: str, path: str) -> str:
    source = f"'{path.replace(chr(39), chr(39) * 2)}'"
    told = engine.execute(f"DESCRIBE SELECT * FROM read_parquet({source})").fetchall()  # noqa: S608
    columns = {row[0].casefold() for row in told}
    if {NUMBER, "file_row_number"} & columns:
        chosen, extra = "*", ""
    else:
        chosen = f"file_row_number + 1 AS {NUMBER}, * EXCLUDE (file_row_number)"
        extra = ", file_row_number = true"
    return f"CREATE VIEW {quoted(name)} AS SELECT {chosen} FROM read_parquet({source}{extra})"  # noqa: S608


def main() -> None:
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Asked)
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    processor = int(asked.seconds) + 2  # where nobody is left to kill this process
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(answered(asked))


if __name__ == "__main__":
    main()
