"""A clean CSV as Parquet: every column of the kind all its values are of, else text.

A kind is taken only where each value can be had back from it: no digit of a number, no leading
zero, no part of a second and no time zone is lost.
"""

from pathlib import Path

import duckdb

EXACT = {  # a type of DuckDB and how its values are written, by the kind of a column
    "whole": ("BIGINT", r"[+-]?(0|[1-9][0-9]*)"),
    "decimal": ("DOUBLE", r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?"),
    "date": ("DATE", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "moment": (
        "TIMESTAMP",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?",
    ),
}
DIGITS = 15  # of a number that a DOUBLE gives back
LINE = 2_000_000  # bytes of a line that DuckDB reads unasked


def write_parquet(table: Path, to: Path, kinds: list[str], longest: int) -> None:
    """Write the CSV `table` to `to`; its lines have at most `longest` bytes."""
    with duckdb.connect() as base:
        base.execute("SET enable_progress_bar = false")
        base.execute(
            "CREATE VIEW clean AS FROM read_csv("
            f"{_said(str(table))}, header = true, all_varchar = true, delim = ',', quote = '\"',"
            f" escape = '\"', max_line_size = {max(longest, LINE)})"
        )
        rows = base.table("clean")
        names = [_quoted(name) for name in rows.columns]
        shaped = [_shaped(rows, name, kind) for name, kind in zip(names, kinds, strict=True)]
        part = to.with_name(f".{to.name}.part")
        rows.project(", ".join(shaped)).write_parquet(str(part), compression="zstd")
    part.replace(to)


def _shaped(rows: duckdb.DuckDBPyRelation, name: str, kind: str) -> str:
    if kind not in EXACT:
        return name
    kept, written = EXACT[kind]
    fits = f"TRY_CAST({name} AS {kept}) IS NOT NULL AND regexp_full_match({name}, '{written}')"
    if kind == "decimal":
        digits = f"ltrim(regexp_replace({name}, '[eE].*|[^0-9]', '', 'g'), '0')"
        fits += f" AND length({digits}) <= {DIGITS}"
    bad = rows.filter(f"{name} IS NOT NULL AND NOT ({fits})")
    return name if bad.limit(1).fetchall() else f"CAST({name} AS {kept}) AS {name}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _said(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
