"""Where the rows of a table lie: by coordinates, put together in cells, or by KATO codes."""

from pathlib import Path

import duckdb

from aiqyn.chain import Noun
from aiqyn.datastore.engine import quoted, reading
from aiqyn.datastore.paging import TABLE, QueryRefused, kinds_of

STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)  # degrees a cell may have
ACROSS = 60  # cells, where a finer step is left for
MOST_CELLS = 1_500
WEST, EAST, SOUTH, NORTH = 46, 88, 40, 56  # Kazakhstan and what borders on it


class Cell(Noun, frozen=True, kw_only=True):
    """Rows that lie near each other."""

    lon: float  # of its middle, in degrees
    lat: float
    rows: int


class Points(Noun, frozen=True, kw_only=True):
    """Rows by their coordinates, the fullest cells first."""

    cells: tuple[Cell, ...]
    step: float  # degrees a cell is wide and high
    total: int  # cells there are
    inside: int  # rows within the frame of the map
    outside: int  # rows with coordinates elsewhere
    without: int  # rows without coordinates


class Regions(Noun, frozen=True, kw_only=True):
    """Rows by the first two digits of their KATO codes."""

    rows: dict[str, int]
    without: int  # rows with no such code


def points(parquet: Path, *, lat: str, lon: str) -> Points:
    """Gather the rows of a table by two columns. Raises QueryRefused and `QueryTooLong`."""
    with reading(parquet.parent) as engine:
        _need(engine, parquet, lat, lon)
        asked = f"SELECT {_number(lat)} AS y, {_number(lon)} AS x FROM {TABLE}"  # noqa: S608
        framed = f"x BETWEEN {WEST} AND {EAST} AND y BETWEEN {SOUTH} AND {NORTH}"
        [[inside, known, rows, across]] = engine.execute(
            f"SELECT count(*) FILTER ({framed}), count(x + y), count(*), "  # noqa: S608
            f"greatest(max(x) FILTER ({framed}) - min(x) FILTER ({framed}), "
            f"max(y) FILTER ({framed}) - min(y) FILTER ({framed})) FROM ({asked})",
            [str(parquet)],
        ).fetchall()
        step = next((each for each in STEPS if (across or 0) <= each * ACROSS), STEPS[-1])
        cells = engine.execute(
            f"SELECT round(x / {step}) * {step}, round(y / {step}) * {step}, count(*), "  # noqa: S608
            f"count(*) OVER () FROM ({asked}) WHERE {framed} "
            f"GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {MOST_CELLS}",
            [str(parquet)],
        ).fetchall()
    return Points(
        cells=tuple(Cell(lon=round(x, 3), lat=round(y, 3), rows=n) for x, y, n, _ in cells),
        step=step,
        total=cells[0][-1] if cells else 0,
        inside=inside,
        outside=known - inside,
        without=rows - known,
    )


def regions(parquet: Path, kato: str) -> Regions:
    """Gather the rows of a table by a column of codes. Raises QueryRefused and `QueryTooLong`."""
    with reading(parquet.parent) as engine:
        _need(engine, parquet, kato)
        said = f"trim(CAST({quoted(kato)} AS VARCHAR))"
        rows = engine.execute(
            f"SELECT CASE WHEN regexp_full_match({said}, '[1-9][0-9]{{8}}') "  # noqa: S608
            f"THEN left({said}, 2) ELSE '' END, count(*) FROM {TABLE} GROUP BY 1 ORDER BY 1",
            [str(parquet)],
        ).fetchall()
    counted = dict(rows)
    return Regions(without=counted.pop("", 0), rows=counted)


def _need(engine: duckdb.DuckDBPyConnection, parquet: Path, *names: str) -> None:
    kinds = kinds_of(engine, TABLE, parquet)
    if missing := [name for name in names if name not in kinds]:
        raise QueryRefused(f"no column {missing[0]!r}")


def _number(name: str) -> str:
    return f"TRY_CAST(replace(CAST({quoted(name)} AS VARCHAR), ',', '.') AS DOUBLE)"
