"""The league table under load, beside a bare Django view and Datasette, on loopback.

Usage: python -m bench.portal [--seconds 8] [--runs 3] [--without-datasette]

Granian serves portal and bare view alike (WSGI, 2 workers, 2 threads each). Load
comes from wrk with 32 kept connections; it needs Debian's package wrk. The league table
is measured twice: as it runs, where each process keeps the drawn table and asks the
database at every request whether its figures are still the same; and with every
table put together anew, of lines and drawings kept by what they say.
"""

import argparse
import csv
import gzip
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.machine import facts, keep
from tools.bootstrap import find_uv
from tools.portal_pages import ROOT, free_port, served, stop

LEAGUE = "/kk/ratings/kz-openness-2020/"
CONNECTIONS = 32
GRANIAN = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "2"]
DATASETTE = "datasette==0.65.5"
TABLE = ROOT / "src/aiqyn/tables/thesis_appendix3_openness_scores_2019_2020.csv"
KEEP_NOTHING = {"AIQYN_LEAGUE_PAGES_KEPT": "0"}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class Load(NamedTuple):
    """What wrk measured over several runs: medians, and the spread of the rate."""

    per_second: float
    slowest: float
    fastest: float
    p50_ms: float
    p99_ms: float
    errors: int


def load(url: str, *, seconds: int, runs: int) -> Load:
    """Warm up for two seconds, then measure."""
    wrk(url, 2)
    rates, p50s, p99s, errors = [], [], [], 0
    for _ in range(runs):
        said = wrk(url, seconds)
        rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]))
        p50s.append(milliseconds(said, "50%"))
        p99s.append(milliseconds(said, "99%"))
        errors += sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
        errors += sum(
            int(n)
            for line in re.findall(r"Socket errors:.*", said)
            for n in re.findall(r"\d+", line)
        )
    if not min(rates):
        raise RuntimeError(f"{url} answered nothing within {seconds} s")
    middle = statistics.median
    return Load(middle(rates), min(rates), max(rates), middle(p50s), middle(p99s), errors)


def wrk(url: str, seconds: int) -> str:
    """Run wrk once and return what it printed."""
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency", url]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def milliseconds(said: str, percentile: str) -> float:
    """Read one line of wrk's latency distribution."""
    number, unit = re.search(rf"{percentile}\s+([\d.]+)(us|ms|s)\b", said).groups()
    return float(number) * UNITS[unit]


class Weight(NamedTuple):
    """Bytes on the wire of a page and of what it asks for, fonts left out."""

    page: int
    with_assets: int


def weight(base: str, path: str) -> Weight:
    """Ask as a browser does, with gzip, for a page and its styles, scripts and pictures."""
    html, size = get(base + path)
    links = re.findall(r"<(?:link|script|img)\b[^>]*?(?:href|src)=\"(/static/[^\"]+)\"", html)
    assets = {link for link in links if not link.endswith((".woff2", ".woff"))}
    return Weight(size, size + sum(get(base + asset)[1] for asset in assets))


def get(url: str) -> tuple[str, int]:
    """Return the text of an answer and its size on the wire."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        content = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(content) if packed else content).decode(errors="replace"), len(content)


def queries(var: Path, path: str, *, kept: int) -> int:
    """Count the database queries of one request, in a process that keeps so many tables."""
    code = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from django.test import Client\n"
        "from django.test.utils import CaptureQueriesContext\n"
        f"Client().get({path!r})\n"
        "with CaptureQueriesContext(connection) as seen:\n"
        f"    answer = Client().get({path!r})\n"
        "assert answer.status_code == 200, answer.status_code\n"
        "print(len(seen))\n"
    )
    environment = os.environ | {
        "AIQYN_VAR": str(var),
        "AIQYN_LEAGUE_PAGES_KEPT": str(kept),
        "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return int(done.stdout)


def scores() -> list[dict[str, str]]:
    """Read the published table that all three serve."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def database(path: Path) -> None:
    """Write the published table into a plain SQLite file, for the bare view and Datasette."""
    rows = scores()
    columns = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join("?" for _ in rows[0])
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE scores ({columns})")
        connection.executemany(
            f"INSERT INTO scores VALUES ({marks})", [tuple(r.values()) for r in rows]
        )
    connection.close()


@contextmanager
def running(command: Sequence[str], url: str, environment: dict[str, str]) -> Iterator[str]:
    """Start a server, wait until the address answers, stop it at the end."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait(url, process)
        yield url
    finally:
        stop(process)


def wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Return when the address answers; give up after a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} never answered")


def bare_view(folder: Path) -> AbstractContextManager[str]:
    """The smallest Django that shows the same rows: one query, one template, no layout."""
    port = free_port()
    granian = Path(sys.executable).with_name("granian")
    command = [str(granian), *GRANIAN, "--host", "127.0.0.1", "--port", str(port)]
    return running(
        [*command, "bench.bare:application"],
        f"http://127.0.0.1:{port}/",
        {"BARE_DATABASE": str(folder / "scores.sqlite3"), "PYTHONPATH": str(ROOT)},
    )


def datasette(folder: Path) -> AbstractContextManager[str]:
    """Datasette over the same rows, in an environment of its own."""
    uv = find_uv()
    port = free_port()
    command = [uv, "run", "--no-project", "--isolated", "--with", DATASETTE, "datasette"]
    arguments = [str(folder / "scores.sqlite3"), "--port", str(port)]
    return running([*command, *arguments], f"http://127.0.0.1:{port}/scores/scores", {})


def row(name: str, measured: Load, first: Load, note: str) -> str:
    """One line of the table; the ratio is to the portal's rate."""
    return (
        f"| {name} | {measured.per_second:,.0f} | {measured.slowest:,.0f}–{measured.fastest:,.0f} "
        f"| {measured.per_second / first.per_second:.2f} "
        f"| {measured.p50_ms:.1f} | {measured.p99_ms:.1f} | {measured.errors} | {note} |"
    )


def main(arguments: list[str]) -> int:
    """Measure and write `results/portal.md`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-datasette", action="store_true")
    options = parser.parse_args(arguments)
    if not shutil.which("wrk"):
        print("wrk is not here (Debian: apt-get install wrk)", file=sys.stderr)
        return 1
    how = {"seconds": options.seconds, "runs": options.runs}
    with tempfile.TemporaryDirectory(prefix="aiqyn-bench-") as name:
        folder = Path(name)
        database(folder / "scores.sqlite3")
        with served() as portal:
            league = load(portal.base + LEAGUE, **how)
            weighs = weight(portal.base, LEAGUE)
            asked, asked_anew = (queries(portal.folder, LEAGUE, kept=kept) for kept in (256, 0))
        with served(KEEP_NOTHING) as portal:
            anew = load(portal.base + LEAGUE, **how)
        note = (
            f"{asked} queries, page {weighs.page / 1024:.1f} KB, with styles and scripts "
            f"{weighs.with_assets / 1024:.1f} KB (gzip, no fonts)"
        )
        rows = [
            row("Aiqyn, league table as it runs", league, league, note),
            row("the same, drawn anew each time", anew, league, f"{asked_anew} queries"),
        ]
        with bare_view(folder) as url:
            rows.append(row("bare Django view", load(url, **how), league, "1 query, no layout"))
        if not options.without_datasette:
            with datasette(folder) as url:
                rows.append(row(DATASETTE, load(url, **how), league, "same rows, its own page"))
    keep("portal", report(rows, options))
    return 0


def report(rows: Sequence[str], options: argparse.Namespace) -> str:
    """The result as Markdown."""
    how = (
        f"wrk, {CONNECTIONS} connections on loopback, {options.runs} runs of {options.seconds} s "
        "after a warm-up; server and load share the machine."
    )
    return "\n".join(
        [
            "# League table under load",
            "",
            facts("django", "granian") + ".",
            how,
            "",
            "| page | requests/s (median) | range | ratio | p50 ms | p99 ms | errors | |",
            "|---|---:|---:|---:|---:|---:|---:|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
