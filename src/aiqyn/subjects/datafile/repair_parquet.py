"""A clean CSV as Parquet: every column of the kind all its values are of, else text."""

from pathlib import Path

import duckdb

TYPES = {  # of DuckDB, by the kind of a column
    "whole": "BIGINT",
    "decimal": "DOUBLE",
    "date": "DATE",
    "moment": "TIMESTAMP",
}


def write_parquet(table: Path, to: Path, kinds: list[str]) -> None:
    """Write the CSV `table` to `to`; a value that does not fit its kind keeps its column text."""
    with duckdb.connect() as base:
        base.execute("SET enable_progress_bar = false")
        rows = base.read_csv(
            str(table), header=True, all_varchar=True, delimiter=",", quotechar='"'
        )
        names = [_quoted(name) for name in rows.columns]
        shaped = [_shaped(base, rows, name, kind) for name, kind in zip(names, kinds, strict=True)]
        part = to.with_name(f".{to.name}.part")
        rows.project(", ".join(shaped)).write_parquet(str(part), compression="zstd")
    part.replace(to)


def _shaped(
    base: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation, name: str, kind: str
) -> str:
    kept = TYPES.get(kind)
    if kept is None:
        return name
    bad = rows.filter(f"{name} IS NOT NULL AND TRY_CAST({name} AS {kept}) IS NULL")
    return name if bad.limit(1).fetchall() else f"CAST({name} AS {kept}) AS {name}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
