"""Pages a second, CPU and memory of a crawl and of a whole audit, beside other crawlers.

    python -m bench.crawl [--runs 3] [--pages 5000] [--only crawl,audit] [--profile audit]

nginx (Debian's) serves the generated site on loopback from the last core; each
client runs alone on the first. Peers live in a throw-away environment made here.
"""

import argparse
import cProfile
import os
import pstats
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.crawl_clients import CLIENTS
from bench.crawl_site import generate
from bench.machine import facts, keep

HERE = Path(__file__).parent
PEERS = ("scrapy==2.19.*", "crawlee[parsel]==1.11.*", "linkchecker==10.6.*")
PEERS_OF_NODE = ("linkinator@7.6.1",)
AGAIN = {"again", "again-2", "again-26-2", "known-2", "new-rule-2"}
OURS = AGAIN | {"crawl", "audit", "audit-2", "audit-26", "bare"}
TITLES = {
    "audit-2": "**whole audit on all cores, nginx among them**",
    "again-2": "**judged again from kept evidence, on all cores**",
    "again-26-2": "**judged again from kept evidence by the first 26 rules, on all cores**",
    "audit-26": "**whole audit by the first 26 rules**",
    "known-2": "**judged again, everything known from an earlier run, on all cores**",
    "new-rule-2": "**judged again, one rule about pages new, the rest known, on all cores**",
    "again": "**judged again from kept evidence, on one core**",
    "audit": "**whole audit: crawl, evidence, all rules, report**",
    "crawl": "**our crawl: frontier, robots, journal, evidence store, links**",
    "bare": "bare aiohttp + uvloop + selectolax, links only, nothing kept",
    "crawlee-tuned": "crawlee ParselCrawler, raw links de-duplicated first",
    "scrapy-tuned": "Scrapy, raw links de-duplicated first",
    "crawlee": "crawlee ParselCrawler as documented (first 600 pages)",
    "scrapy": "Scrapy as documented (first 1,000 pages)",
    "linkinator": "linkinator, 100 at once (first minute)",
    "linkchecker": "LinkChecker, its limit of requests lifted (first minute)",
}
CONFIG = """
worker_processes 1;
worker_cpu_affinity {cores};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  types {{ text/html html; text/plain txt; image/svg+xml svg; }}
  log_format short '$status $sent_http_content_type $uri';
  access_log {folder}/access.log short buffer=64k flush=1s;
  sendfile on;
  tcp_nodelay on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
  fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{port};
    root {site};
    add_header LinkChecker "welcome";
    location = / {{ return 302 /kk/index.html; }}
  }}
}}
"""


class Run(NamedTuple):
    """One client's run over the site."""

    pages: int
    seconds: float
    cpu_s: float
    peak_mib: float

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds

    @property
    def cpu_per_thousand(self) -> float:
        return self.cpu_s / self.pages * 1_000


@contextmanager
def served(site: Path, folder: Path) -> Iterator[str]:
    """Serve `site` with nginx on a free loopback port; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    cores = os.cpu_count() or 1
    config = folder / "nginx.conf"
    mask = "1" + "0" * (cores - 1)
    config.write_text(CONFIG.format(folder=folder, port=port, site=site, cores=mask))
    nginx = subprocess.Popen(["nginx", "-c", str(config), "-p", str(folder)])
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        nginx.terminate()
        nginx.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("nginx does not answer")


def run(name: str, python: str, url: str, log: Path) -> Run:
    """Run one client on the first core; count its pages in nginx's log."""
    log.write_bytes(b"")
    alone = [] if name.endswith("-2") else ["taskset", "-c", "0"]
    began = time.monotonic()
    client = subprocess.Popen(
        [*alone, python, str(HERE / "crawl_clients.py"), name, url],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(client.pid, 0)
    seconds = time.monotonic() - began
    client.returncode = os.waitstatus_to_exitcode(status)
    if client.returncode:
        raise SystemExit(f"{name} ended with {client.returncode}")
    time.sleep(1.5)  # nginx flushes its log every second
    lines = set(log.read_text().splitlines())
    pages = sum(line.startswith("200 text/html") for line in lines)
    return Run(pages, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def environment_of_peers(folder: Path) -> str:
    """Make a throw-away environment with the peers in it; return its Python."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*npm, *PEERS_OF_NODE], check=True)
    return python


def measured(
    names: list[str], url: str, folder: Path, *, runs: int, pages: int
) -> dict[str, list[Run]]:
    """Run every client so often, in turn: a neighbour's noise then meets all of them."""
    peers = "" if OURS.issuperset(names) else environment_of_peers(folder / "peers")
    kept = str(folder / "kept")
    if AGAIN.intersection(names):
        keeping = [sys.executable, str(HERE / "crawl_clients.py"), "keep", url, kept]
        subprocess.run(keeping, check=True)
    results: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(runs):
        for name in names:
            python = sys.executable if name in OURS else peers
            where = kept if name in AGAIN else url
            done = run(name, python, where, folder / "access.log")
            results[name].append(done._replace(pages=pages) if name in AGAIN else done)
    return results


def row(name: str, runs: list[Run]) -> str:
    def middle(values: list[float], digits: int) -> str:
        return f"{statistics.median(values):,.{digits}f}"

    rates = [run.pages_per_second for run in runs]
    spread = (max(rates) - min(rates)) / 2 / statistics.median(rates)
    return (
        f"| {TITLES[name]} | {runs[0].pages:,} | {middle(rates, 0)} | ±{spread:.0%} "
        f"| {middle([run.cpu_per_thousand for run in runs], 2)} "
        f"| {middle([run.peak_mib for run in runs], 0)} |"
    )


def report(results: dict[str, list[Run]], runs: int, pages: int) -> str:
    rows = "\n".join(row(name, results[name]) for name in TITLES if name in results)
    return f"""# Crawl

{facts("aiohttp", "uvloop", "selectolax")}. A generated site of {pages:,} pages (seed 7, median
52 KB, about 197 links a page) behind nginx on loopback; nginx on the last core, the client
alone on the first; medians of {runs} run(s). Start-up of the process is included. CPU is user and
system time of the client; it is the honest figure on a shared machine. Load average at the end:
{os.getloadavg()[0]:.1f} (1.5 to 2 is this benchmark alone; with more, read the CPU column only).

| client | pages | pages/s | spread | CPU s per 1,000 pages | peak MiB |
|---|---:|---:|---:|---:|---:|
{rows}
"""


def profile(name: str, url: str) -> None:
    """Print where the time of one client goes."""
    profiler = cProfile.Profile()
    profiler.runcall(CLIENTS[name], url)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--only", default=",".join(TITLES), help="clients, comma-separated")
    parser.add_argument("--profile", choices=sorted(OURS), help="profile one client and stop")
    given = parser.parse_args()
    if not shutil.which("nginx"):
        raise SystemExit("needs nginx: apt-get install nginx-light")
    names = given.only.split(",")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)  # nginx reads as its own user
        site = folder / "site"
        generate(site, pages=given.pages, seed=7)
        with served(site, folder) as url:
            if given.profile:
                profile(given.profile, url)
                return
            results = measured(names, url, folder, runs=given.runs, pages=given.pages)
    text = report(results, given.runs, given.pages)
    if set(names) == set(TITLES):
        keep("crawl", text)
    else:
        print(text)


if __name__ == "__main__":
    main()
