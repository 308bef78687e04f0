"""The server as it is started: processes forked off one that has read the portal."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from aiqyn_portal.server import TOO_SOON_S
from tools.portal_pages import free_port

PATIENCE_S = 60.0
TOLD = re.compile(
    r"\[ERROR\] (Unexpected exit from worker-\d|Worker crash loop detected, exiting)$"
)


def children(pid: int) -> set[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return {int(each) for each in said.split()}


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_until(claim: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not claim():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    given = ["--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "aiqyn_portal.server", *given, "--blocking-threads", "2"],
        env={**os.environ, "AIQYN_VAR": str(tmp_path), "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # whoever is left would hold the pipe for ever
    process.communicate()


TOLD_AT_ONCE = """
import multiprocessing, os, signal, time
from aiqyn_portal.server import end_when_told
signal.signal(signal.SIGTERM, lambda *_: None)  # as the process does that starts the others
os.register_at_fork(after_in_child=end_when_told)
context = multiprocessing.get_context("fork")
begun = context.Event()
process = context.Process(target=lambda: (begun.set(), time.sleep(60)), daemon=True)
process.start()
assert begun.wait(60)
process.terminate()
process.join(30)
print(process.exitcode)
"""


def test_a_process_that_is_told_to_end_before_it_serves_ends() -> None:
    told = subprocess.run(
        [sys.executable, "-c", TOLD_AT_ONCE], check=True, capture_output=True, text=True
    )

    assert told.stdout.strip() == str(-signal.SIGTERM)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_process_is_replaced_and_the_server_ends_in_silence(server, port):
    wait_until(lambda: server.poll() is not None or answers(port))
    assert server.poll() is None, server.stderr.read().decode()
    began, before = time.monotonic(), children(server.pid)
    victim = min(before)

    os.kill(victim, signal.SIGKILL)

    wait_until(lambda: victim not in children(server.pid) and len(children(server.pid)) == 2)
    after = children(server.pid)
    assert len(before & after) == 1
    wait_until(lambda: answers(port))
    [again] = after - before
    wait_until(lambda: time.monotonic() > began + TOO_SOON_S + 0.5)
    os.kill(again, signal.SIGKILL)  # twice within six seconds: Granian gives up, we do not
    wait_until(lambda: again not in children(server.pid) and len(children(server.pid)) == 2)
    wait_until(lambda: answers(port))
    server.terminate()
    _out, said = server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0
    told = [line for line in said.decode().splitlines() if not TOLD.match(line)]
    assert told == []
