"""A CSV of 4 million rows with planted errors: who finds them, how fast, in what memory.

    uv run --with polars --with frictionless python -m bench.tables [ROWS [RUNS]]

Eight kinds of errors are planted, PLANTED of each. Every tool runs in a process of its own
and says what it found; peers know the schema beforehand, Aiqyn is told nothing. frictionless
reads SLICE of the rows and its time is multiplied. Peers that are not installed are left out.
"""

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.machine import facts, keep

ROWS = 4_000_000
PLANTED = 109
SLICE = 20  # frictionless reads every row of the first 1/SLICE of the file
RUNS = 3
SMALL_FILES = 1_000
NAMES = ["id", "bin", "name", "region", "date", "amount", "count", "rate", "status", "address"]
REGIONS = ["Алматы", "Астана", "Шымкент", "Ақмола", "Абай", "Жетісу", "Ұлытау"]
ACTIVITIES = [
    "Сервис",
    "Строй",
    "Құрылыс",
    "Трейд",
    "Логистика",
    "Агро",
    "Мектеп",
    "Медет",
    "Invest",
    "Group",
]


def row(number: int, dice: random.Random) -> list[str]:
    """Return one record without errors."""
    said = int(dice.random() * 1e12)
    return [
        str(number),
        f"{said:012d}",
        f"ТОО {ACTIVITIES[said % 10]} {said % 99_991}",
        REGIONS[said % 7],
        f"{2015 + said % 11}-{said % 12 + 1:02d}-{said % 28 + 1:02d}",
        f"{50_000 + said % 9_999_999 / 100:.2f}",
        str(said % 997),
        f"{said % 1000 / 1000:.3f}",
        "active" if said % 2 else "closed",
        f"Abay street {said % 200}",
    ]


PLANT: dict[str, Callable[[list[str]], list[str]]] = {
    "short_row": lambda cells: cells[:7],
    "long_row": lambda cells: [*cells, "extra"],
    "blank_row": lambda cells: [],
    "wrong_kind": lambda cells: [*cells[:5], "about 5", *cells[6:]],
    "impossible_date": lambda cells: [*cells[:4], "2025-02-31", *cells[5:]],
    "missing_word": lambda cells: [*cells[:6], "N/A", *cells[7:]],
    "duplicate_key": lambda cells: [str(int(cells[0]) - 1), *cells[1:]],
    "outlier": lambda cells: [*cells[:5], "987654321.00", *cells[6:]],
}


def write(path: Path, rows: int, planted: int) -> None:
    """Write the file; errors stand at the same places every time."""
    dice = random.Random(5)
    places = dice.sample(range(1_000, rows - 1_000), planted * len(PLANT))
    wrong = {place: list(PLANT)[at % len(PLANT)] for at, place in enumerate(places)}
    told = {str(place + 1): kind for place, kind in wrong.items()}  # the header is row 1
    path.with_suffix(".json").write_text(json.dumps(told), "utf-8")
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(NAMES) + "\n")
        for number in range(1, rows + 1):
            cells = row(number, dice)
            if number in wrong:
                cells = PLANT[wrong[number]](cells)
            file.write(",".join(cells) + "\n")


def by_aiqyn(path: Path) -> Counter[str]:
    """Count an error only where kind and row are those planted."""
    from aiqyn.subjects.datafile.csv_text import read_csv  # noqa: PLC0415

    told = json.loads(path.with_suffix(".json").read_text("utf-8"))
    found: Counter[str] = Counter()
    for trouble in read_csv(path).tables[0].troubles:
        for spot in trouble.spots:
            is_planted = told.get(str(spot.row)) == trouble.kind
            found[trouble.kind if is_planted else f"false {trouble.kind}"] += 1
    return found


def by_loop(path: Path) -> Counter[str]:
    """The plain loop an engineer writes who knows the schema."""
    found: Counter[str] = Counter()
    seen = set()
    months = {f"{month:02d}": days for month, days in enumerate(_DAYS, 1)}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for cells in reader:
            if len(cells) != 10:
                kind = "blank_row" if not cells else "short_row" if len(cells) < 10 else "long_row"
                found[kind] += 1
                continue
            found["duplicate_key"] += cells[0] in seen
            seen.add(cells[0])
            day = cells[4]
            found["impossible_date"] += int(day[8:]) > months.get(day[5:7], 0)
            found["missing_word"] += not cells[6].isdigit()
            try:
                found["outlier"] += float(cells[5]) > 1e6
                float(cells[7])
            except ValueError:
                found["wrong_kind"] += 1
    return found


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def by_duckdb(path: Path) -> Counter[str]:
    """All text, then casts: rows that are ragged or blank must be passed over."""
    base = import_module("duckdb").connect()
    base.execute("SET threads = 2")
    sql = """
        SELECT count(*) FILTER (TRY_CAST(amount AS DOUBLE) IS NULL),
               count(*) FILTER (TRY_CAST(date AS DATE) IS NULL),
               count(*) FILTER (TRY_CAST(count AS BIGINT) IS NULL),
               count(*) - count(DISTINCT id),
               count(*) FILTER (TRY_CAST(amount AS DOUBLE) > 1e6)
        FROM read_csv(?, header = true, all_varchar = true, ignore_errors = true, delim = ',')
    """
    values = base.execute(sql, [str(path)]).fetchone()
    return Counter(dict(zip(_OF_VALUES, values, strict=True)))


_OF_VALUES = ("wrong_kind", "impossible_date", "missing_word", "duplicate_key", "outlier")


def by_polars(path: Path) -> Counter[str]:
    """All text, then casts, streaming; ragged rows must be cut to be read at all."""
    pl = import_module("polars")
    text = pl.scan_csv(path, infer_schema=False, truncate_ragged_lines=True)
    col = pl.col
    amount = col("amount").cast(pl.Float64, strict=False)
    asked = text.select(
        (amount.is_null() & col("amount").is_not_null()).sum().alias("wrong_kind"),
        (col("date").str.to_date(strict=False).is_null() & col("date").is_not_null())
        .sum()
        .alias("impossible_date"),
        (col("count").cast(pl.Int64, strict=False).is_null() & col("count").is_not_null())
        .sum()
        .alias("missing_word"),
        (col("id").drop_nulls().len() - col("id").drop_nulls().n_unique()).alias("duplicate_key"),
        (amount > 1e6).sum().alias("outlier"),
        (col("address").is_null() & col("id").is_not_null()).sum().alias("short_row"),
    )
    return Counter(asked.collect(engine="streaming").to_dicts()[0])


def by_frictionless(path: Path) -> Counter[str]:
    tool: Any = import_module("frictionless")
    kinds = {"id": "integer", "date": "date", "amount": "number", "count": "integer"}
    fields = [{"name": name, "type": kinds.get(name, "string")} for name in NAMES]
    fields[0]["constraints"] = {"unique": True}
    fields[5]["constraints"] = {"maximum": 1e6}
    schema = tool.Schema.from_descriptor({"fields": fields, "missingValues": [""]})
    resource_of = tool.Resource(path=path.name, basepath=str(path.parent), schema=schema)
    report = resource_of.validate(limit_errors=100_000)
    said = Counter(
        (error.type, getattr(error, "field_name", "")) for error in report.tasks[0].errors
    )
    known = {
        ("missing-cell", ""): "short_row",
        ("extra-cell", ""): "long_row",
        ("blank-row", ""): "blank_row",
        ("type-error", "amount"): "wrong_kind",
        ("type-error", "date"): "impossible_date",
        ("type-error", "count"): "missing_word",
        ("unique-error", "id"): "duplicate_key",
        ("constraint-error", "amount"): "outlier",
    }
    found: Counter[str] = Counter()
    for (kind, name), count in said.items():
        found[known.get((kind, name)) or known.get((kind, ""), "other")] += count
    if found["short_row"]:
        found["short_row"] //= 3  # one error for each of three missing cells
    return found


TOOLS: dict[str, tuple[str, Callable[[Path], Counter[str]]]] = {
    "aiqyn": ("aiqyn", by_aiqyn),
    "plain csv loop": ("csv", by_loop),
    "DuckDB, text and casts": ("duckdb", by_duckdb),
    "polars, text and casts": ("polars", by_polars),
    "frictionless": ("frictionless", by_frictionless),
}


def run(tool: str, path: Path) -> dict[str, Any]:
    """Run one tool in its own process."""
    command = [sys.executable, "-m", "bench.tables", "--one", tool, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def one(tool: str, path: Path) -> None:
    began, cpu = time.perf_counter(), processor()
    found = TOOLS[tool][1](path)
    said = {
        "wall": time.perf_counter() - began,
        "cpu": processor() - cpu,
        "memory": sum(resource.getrusage(who).ru_maxrss for who in WHO) / 1024,
        "found": found,
    }
    print(json.dumps(said))


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def processor() -> float:
    """Return the seconds of processor time of this process and of those it started that ended."""
    said = [resource.getrusage(who) for who in WHO]
    return sum(each.ru_utime + each.ru_stime for each in said)


def line(tool: str, path: Path, times: int, runs: int) -> str:
    all_runs = sorted((run(tool, path) for _ in range(runs)), key=lambda each: each["cpu"])
    best = all_runs[runs // 2]
    print(
        tool, [(round(each["wall"], 2), round(each["cpu"], 2)) for each in all_runs], best["found"]
    )
    found = [f"{best['found'].get(kind, 0)}" for kind in PLANT]
    total = sum(min(best["found"].get(kind, 0), PLANTED) for kind in PLANT)
    wall, cpu = best["wall"] * times, best["cpu"] * times
    named = f"{tool}, ×{times}" if times > 1 else tool
    cells = [named, f"{wall:.1f}", f"{cpu:.1f}", f"{best['memory']:.0f}", *found]
    return f"| {' | '.join(cells)} | {total} of {PLANTED * len(PLANT)} |"


def small(folder: Path) -> str:
    """Return files of 100 rows read in a second by one process."""
    from aiqyn.subjects.datafile.csv_text import read_csv  # noqa: PLC0415

    dice = random.Random(7)
    for number in range(SMALL_FILES):
        records = [row(at, dice) for at in range(1, 101)]
        text = "\n".join(",".join(cells) for cells in [NAMES, *records])
        (folder / f"{number}.csv").write_text(text + "\n", "utf-8")
    files = sorted(folder.iterdir())
    read_csv(files[0])
    began, cpu = time.perf_counter(), time.process_time()
    for path in files:
        read_csv(path)
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    return f"{len(files) / wall:.0f} files a second ({len(files) / spent:.0f} a CPU second)"


def graded(folder: Path) -> str:
    """Return files of the same folder graded in a second by the command, its start included."""
    command = [sys.executable, "-m", "aiqyn.cli", "grade", str(folder), "--format", "json"]
    began, cpu = time.perf_counter(), processor()
    subprocess.run(command, check=False, capture_output=True)
    wall, spent = time.perf_counter() - began, processor() - cpu
    return f"{SMALL_FILES / wall:.0f} files a second ({SMALL_FILES / spent:.0f} a CPU second)"


def main(rows: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        path, part = Path(name, "all.csv"), Path(name, "part.csv")
        write(path, rows, PLANTED)
        write(part, rows // SLICE, PLANTED)
        size = path.stat().st_size / 1e6
        head = ["tool", "wall s", "CPU s", "MB", *PLANT, "found"]
        lines = [
            "# Tables with planted errors",
            "",
            facts("duckdb"),
            "",
            (
                f"{rows:,} rows × 10 columns, {size:.0f} MB; {PLANTED} errors of each of 8 kinds;"
                f" the middle run of {runs} by CPU time."
            ),
            "",
            f"| {' | '.join(head)} |",
            "|---|" + "---:|" * (len(head) - 1),
        ]
        for tool, (module, _) in TOOLS.items():
            if find_spec(module):
                is_part = tool == "frictionless"
                lines.append(line(tool, part if is_part else path, SLICE if is_part else 1, runs))
                print(lines[-1], flush=True)
        path.unlink()
        folder = Path(name, "small")
        folder.mkdir()
        lines += ["", f"1 000 files of 100 rows, one process: {small(folder)}."]
        lines += ["", f"The same by `aiqyn grade FOLDER`, two processes: {graded(folder)}."]
    keep("tables", "\n".join(lines) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]), *(ROWS, RUNS)[len(sys.argv) - 1 :])
