"""The portal's processes, kept alive and killed at random; what CPU time each kind has taken."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parent.parent


def children(pid: int) -> list[int]:
    """Processes started by `pid`."""
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def tree(pid: int) -> list[int]:
    """`pid` and everything below it."""
    return [pid, *(each for child in children(pid) for each in tree(child))]


def cpu_s(pid: int) -> float | None:
    """Seconds of CPU a process has taken itself; None once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / TICKS


def postmaster(url: str) -> int:
    """The first process of the cluster behind the address."""
    [home] = parse_qs(urlsplit(url).query)["host"]
    return int((Path(home) / "data/postmaster.pid").read_text().splitlines()[0])


class Stage:
    """Granian, workers, and a hand that kills them."""

    def __init__(self, port: int, environment: Mapping[str, str], log: Path, web: int, works: int):
        self.port, self.environment, self.log = port, dict(environment), log.open("ab")
        self.killed: Counter[str] = Counter()
        self.spent: dict[str, dict[int, float]] = {}
        self.is_over = threading.Event()
        self.processes = web
        self.web = self._start(server(port, web))
        self.workers = [self._start(worker()) for _ in range(works)]
        self.database = postmaster(self.environment["DATABASE_URL"])

    def _start(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Return when the portal answers; give up after two minutes."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the portal never answered")

    def watch(self, kill_every_s: float) -> threading.Thread:
        """Measure all the time; kill a process now and then; keep the workers going."""
        thread = threading.Thread(target=self._watch, args=(kill_every_s,), daemon=True)
        thread.start()
        return thread

    def _watch(self, kill_every_s: float) -> None:
        next_kill = time.monotonic() + kill_every_s
        while not self.is_over.wait(0.25):
            self.measure()
            if kill_every_s and time.monotonic() > next_kill:
                self._kill_one()
                next_kill = time.monotonic() + random.uniform(0.5, 1.5) * kill_every_s
            if self.web.poll() is not None:  # Granian gives up when one dies soon after a start
                self.killed["whole server"] += 1
                self.web = self._start(server(self.port, self.processes))
            for place, process in enumerate(self.workers):
                if process.poll() is not None:
                    self.workers[place] = self._start(worker())

    def _kill_one(self) -> None:
        serving = children(self.web.pid)
        if len(serving) < self.processes:
            return  # the last victim is not back yet
        victims = {"web": serving, "worker": [process.pid for process in self.workers]}
        what = random.choice([name for name, pids in victims.items() if pids])
        os.kill(random.choice(victims[what]), signal.SIGKILL)
        self.killed[what] += 1

    def measure(self) -> None:
        """Note the CPU time of everything that lives."""
        kinds = {
            "web": tree(self.web.pid),
            "workers": [pid for process in self.workers for pid in tree(process.pid)],
            "database": tree(self.database),
            "people": [os.getpid()],
        }
        for kind, pids in kinds.items():
            for pid in pids:
                spent = cpu_s(pid)
                if spent is not None:
                    self.spent.setdefault(kind, {})[pid] = spent

    def cpu(self) -> dict[str, float]:
        """Seconds of CPU by kind of process, the killed ones too."""
        return {kind: sum(pids.values()) for kind, pids in self.spent.items()}

    def close(self) -> None:
        """End everything, and wait for it."""
        self.is_over.set()
        for process in (self.web, *self.workers):
            try:
                os.killpg(process.pid, signal.SIGTERM)
            except ProcessLookupError:
                continue
        for process in (self.web, *self.workers):
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.log.close()


def server(port: int, processes: int) -> list[str]:
    """The server as docs/operate.md starts it."""
    return [
        *(sys.executable, "-m", "aiqyn_portal.server", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", "2"),
    ]


def worker() -> list[str]:
    """A worker with every lane."""
    return [sys.executable, "manage.py", "worker"]
