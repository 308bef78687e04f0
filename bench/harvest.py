"""Harvest 10 000 sets of a CKAN on loopback, killed in the middle: python -m bench.harvest.

Prints the time, the CPU time and the peak memory of the harvesting process, and checks
that nothing was lost, and nothing told twice but the record in hand.
"""

import argparse
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

RESOURCES = 3
WORDS = "Қаладағы мектептердің тізімі, мекенжайы, оқушы саны және оқыту тілі. "


def package(number: int) -> dict[str, object]:
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "name": f"set-{number}",
        "title": f"Жинақ {number}",
        "notes": WORDS * 10,
        "type": "dataset",
        "license_id": "cc-by",
        "metadata_modified": f"2025-01-01T00:00:00.{number:06}",
        "tags": [{"name": f"tag-{number % 50}-{each}"} for each in range(5)],
        "extras": [{"key": "frequency", "value": "monthly"}],
        "resources": [
            {
                "id": f"r-{number}-{each}",
                "url": f"https://a.kz/{number}/{each}.csv",
                "format": "CSV",
            }
            for each in range(RESOURCES)
        ],
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    count = 0

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        body, status = b"", 404
        if "rows" in query:
            start, rows = int(query["start"][0]), int(query["rows"][0])
            numbers = range(start + 1, min(start + rows, self.count) + 1)
            result = {"count": self.count, "results": [package(number) for number in numbers]}
            body, status = json.dumps({"success": True, "result": result}).encode(), 200
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed hangs up; that is what is measured."""


def serve(count: int, address: "multiprocessing.Queue[str]") -> None:
    Handler.count = count
    server = Server(("127.0.0.1", 0), Handler)
    address.put(f"http://127.0.0.1:{server.server_address[1]}")
    server.serve_forever()


def child(url: str, folder: str, told: str) -> None:
    from aiqyn.fetch.limits import Limits  # noqa: PLC0415  # its memory is what is measured
    from aiqyn.harvest import harvest  # noqa: PLC0415

    limits = Limits(allowed_networks=("127.0.0.1/32",), per_host_per_second=0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    run = harvest(url, folder, limits=limits, kind="ckan")
    for each in run:
        os.write(out, f"{each.id}\n".encode())
    used = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": round(used.ru_maxrss / 1024, 1),
        "before_mb": round(before / 1024, 1),
        "given": run.summary.given,
        "said": run.summary.said,
        "missing": run.summary.missing,
    }
    print(json.dumps(figures))


def started(url: str, folder: Path) -> "subprocess.Popen[str]":
    told = str(folder / "told")
    command = [sys.executable, "-m", "bench.harvest", "--child", url, str(folder), told]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def lines(folder: Path) -> list[str]:
    told = folder / "told"
    return told.read_text().splitlines() if told.exists() else []


def measure(count: int, kill_at: int) -> dict[str, object]:
    address: multiprocessing.Queue[str] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(count, address), daemon=True)
    server.start()
    url = address.get()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.monotonic()
        if kill_at:
            first = started(url, folder)
            while len(lines(folder)) < kill_at and first.poll() is None:
                time.sleep(0.02)
            first.send_signal(signal.SIGKILL)
            first.wait()
        before = len(lines(folder))
        second = started(url, folder)
        figures = json.loads(second.communicate()[0])
        told = lines(folder)
        kept = sum(path.stat().st_size for path in folder.rglob("*") if path.name != "told")
        wall = round(time.monotonic() - began, 2)
    server.terminate()
    return {
        "sets": count,
        "killed_after": before,
        "told": len(told),
        "distinct": len(set(told)),
        "wall_s": wall,
        "kept_mb": round(kept / 1e6, 1),
        **figures,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--child", nargs=3)
    parser.add_argument("--sets", type=int, default=10_000)
    asked = parser.parse_args()
    if asked.child:
        child(*asked.child)
        return
    for count, kill_at in ((1_000, 0), (asked.sets, 0), (asked.sets, asked.sets // 2)):
        print(json.dumps(measure(count, kill_at)))


if __name__ == "__main__":
    main()
