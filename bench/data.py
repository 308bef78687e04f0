"""Open data under load: CKAN's answers, pages of sets, and tables of ten million rows.

Usage: python -m bench.data [--seconds 8] [--runs 3] [--rows 10000000] [--requests]
       python -m tools.postgres python -m bench.data --requests

The portal runs as it does for people (Granian, 2 workers, 2 threads each, demo data, SQLite
unless DATABASE_URL says otherwise); load comes from wrk with 32 kept connections. CKAN 2.12
without Solr was measured on such a machine before: `package_show` 84, dataset page 21 a second;
Datasette took 780 ms for its default page of a million rows.
The page of a set is measured twice: as it runs, where a process keeps what it has drawn while the
rows it rests on are the same; and drawn anew for every request, neither page nor parts kept.
`--requests` leaves the tables out.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from aiqyn.datastore import Filter, Sort, page
from aiqyn.datastore.grouping import group
from bench.machine import facts, keep
from bench.portal import Load, get, load
from tools.portal_pages import served

MILLION = 1_000_000
SET = "page of a set"
KEEP_NOTHING = {"AIQYN_DATA_PAGES_KEPT": "0"}


def addresses(base: str) -> dict[str, str]:
    """What is asked, by what it is called in the table."""
    listed, _ = get(f"{base}/api/3/action/package_list")
    name = listed.split('["', 1)[1].split('"', 1)[0]
    return {
        "`package_show`": f"/api/3/action/package_show?id={name}",
        "`package_search` of all sets": "/api/3/action/package_search?rows=10",
        SET: f"/kk/open-data/sets/{name}/",
        "catalogue": "/kk/open-data/",
    }


def under_load(seconds: int, runs: int) -> dict[str, Load | None]:
    """Requests a second of each address; None of one that answered nothing."""
    with served() as portal:
        base = portal.base
        told = {
            called: loaded(base + path, seconds, runs) for called, path in addresses(base).items()
        }
    with served(KEEP_NOTHING) as portal:
        address = portal.base + addresses(portal.base)[SET]
        told[f"{SET}, drawn anew"] = loaded(address, seconds, runs)
    return told


def loaded(address: str, seconds: int, runs: int) -> Load | None:
    """What one address did; a machine too busy for it keeps nothing from the others."""
    try:
        return load(address, seconds=seconds, runs=runs)
    except RuntimeError as problem:
        print(problem, flush=True)
        return None


def table(folder: Path, rows: int) -> Path:
    """A table of numbers, words and days."""
    to = folder / f"{rows}.parquet"
    duckdb.sql(
        f"""COPY (SELECT i AS id, 'аймақ ' || (i % 17) AS region, random() * 1000 AS amount,
                  DATE '2020-01-01' + CAST(i % 2000 AS INTEGER) AS day, 'мәтін ' || i AS words
                  FROM range({rows}) t(i)) TO '{to}' (FORMAT parquet)"""
    )
    return to


def milliseconds(ask: Callable[[], object], times: int = 11) -> float:
    """The median of so many answers, after one that is not counted."""
    ask()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def questions(many: Path, million: Path, rows: int) -> dict[str, Callable[[], object]]:
    """What readers ask of tables."""
    middle = Filter(column="id", operation="is", value=str(rows // 2))
    region = Filter(column="region", operation="is", value="аймақ 3")
    large = Filter(column="amount", operation="at_least", value="999")
    word = Filter(column="words", operation="contains", value="77777")
    down = Sort(column="amount", descending=True)
    return {
        "1 M rows: first 100 with the total": lambda: page(million, limit=100, numbered=True),
        "1 M rows: 100 from the middle": lambda: page(
            million, limit=100, offset=MILLION // 2, numbered=True
        ),
        "first 100 with the total": lambda: page(many, limit=100),
        "one number": lambda: page(many, filters=[middle]),
        "one word of seventeen": lambda: page(many, filters=[region]),
        "numbers from 999 on": lambda: page(many, filters=[large]),
        "sorted by a number": lambda: page(many, sort=[down]),
        "summed up by seventeen words": lambda: group(many, "region", how="sum", of="amount"),
        "part of a word": lambda: page(many, filters=[word]),
    }


def main() -> None:
    """Measure and keep the result."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=8)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--rows", type=int, default=10 * MILLION)
    options.add_argument("--requests", action="store_true", help="without tables")
    asked = options.parse_args()
    lines = [
        facts("django", "granian", "duckdb"),
        "",
        "| asked | requests/s | p50 ms | p99 ms | errors |",
        "|---|---:|---:|---:|---:|",
    ]
    for called, told in under_load(asked.seconds, asked.runs).items():
        if told is None:
            lines.append(f"| {called} | nothing within {asked.seconds} s | | | |")
            continue
        spread = f"{told.per_second:,.0f} ({told.slowest:,.0f}–{told.fastest:,.0f})"
        lines.append(
            f"| {called} | {spread} | {told.p50_ms:.0f} | {told.p99_ms:.0f} | {told.errors} |"
        )
    if not asked.requests:
        lines += of_tables(asked.rows)
    where = "-postgresql" if os.environ.get("DATABASE_URL") else ""
    keep(f"data{where}", "# Open data\n\n" + "\n".join(lines) + "\n")


def of_tables(rows: int) -> list[str]:
    """Lines about tables of a million and of `rows` rows."""
    lines = ["", f"| a table of {rows:,} rows | median ms |", "|---|---:|"]
    with tempfile.TemporaryDirectory() as folder:
        many, million = table(Path(folder), rows), table(Path(folder), MILLION)
        for called, ask in questions(many, million, rows).items():
            lines.append(f"| {called} | {milliseconds(ask):,.1f} |")
    return lines


if __name__ == "__main__":
    main()
