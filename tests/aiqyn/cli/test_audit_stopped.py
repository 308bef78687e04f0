"""An audit that systemd, Docker or a closed terminal ends: kept, in order, to be gone on with."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import click
import pytest

import aiqyn.cli as module
from aiqyn.cli.stopping import ENDING, stopped_like_ctrl_c
from aiqyn.fetch.crawl import load
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, links, reply

PAGES = [f"/p{number}" for number in range(12)]
ON = ("--on", "2026-11-20", "--format", "json", "--lang", "en")
WORDS = ("--allow-private", "--rate", "0", *ON)


@pytest.fixture(autouse=True)
def signals_as_before():
    """A program that was told to end stays deaf; the tests are none that was."""
    before = {each: signal.getsignal(each) for each in ENDING}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.fixture
def holding():
    """A site that holds its page /p6 back until the test is over."""
    over = threading.Event()

    def held(connection, request):
        over.wait(60)
        reply("<p>late")(connection, request)

    with Site() as site, served(site):
        site.routes = {"/": links(*PAGES), **dict.fromkeys(PAGES, reply("<p>page"))}
        site.routes["/p6"] = held
        yield site, over
        over.set()


def begun(site, *words, tmp, until="/p6"):
    """An audit in a process of its own that has come so far; and its children."""
    command = [sys.executable, "-m", "aiqyn", "audit", site.url(), *WORDS, *words]
    # What the tests were started with may ignore SIGHUP, as nohup does, and the audit would, too.
    audit = subprocess.Popen(
        ["env", "--default-signal=SIGHUP", *command],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(tmp)},
    )
    waiting = threading.Event()
    while f"GET {until}" not in site.asked:
        assert audit.poll() is None
        waiting.wait(0.02)
    waiting.wait(0.5)  # all but the page that is held are read
    return audit, children_of(audit.pid)


def children_of(pid):
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in found] + [one for each in found for one in children_of(each)]


def ended(pids):
    """Whether they end; a moment passes until the system has buried them."""
    waiting = threading.Event()
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        waiting.wait(0.05)
    return False


def gone_on(folder):
    return subprocess.run(
        [sys.executable, "-m", "aiqyn", "audit", "--resume", "--evidence", str(folder), *ON],
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("told", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=["SIGTERM", "SIGHUP"],
)
def test_audit_that_is_told_to_end_keeps_what_it_has_and_goes_on(holding, tmp_path, told, code):
    site, over = holding
    folder = tmp_path / "evidence"
    audit, children = begun(site, "--evidence", folder, tmp=tmp_path)

    audit.send_signal(told)
    audit.send_signal(told)
    _, said = audit.communicate(timeout=120)
    over.set()
    again = gone_on(folder)

    assert (audit.returncode, again.returncode) == (code, 1), (said, again.stderr)
    assert said.decode() == (
        f"aiqyn: Stopped. What was seen is kept in {folder}. "
        f"To go on: aiqyn audit --resume --evidence {folder}\n"
    )
    assert children
    assert ended(children)
    assert [each.name for each in tmp_path.iterdir()] == ["evidence"]
    asked = Counter(line for line in site.asked if line.startswith("GET /p"))
    assert asked == {**dict.fromkeys((f"GET {path}" for path in PAGES), 1), "GET /p6": 2}
    assert {each.failure for each in load(str(folder)).evidence} == {""}


def test_all_processes_of_an_audit_may_be_told_to_end_at_once(holding, tmp_path):
    site, over = holding
    folder = tmp_path / "evidence"
    audit, children = begun(site, "--evidence", folder, tmp=tmp_path)

    for each in (*children, audit.pid):
        os.kill(each, signal.SIGTERM)
    audit.communicate(timeout=120)
    over.set()
    again = gone_on(folder)

    assert (audit.returncode, again.returncode) == (143, 1)
    assert ended(children)
    assert b"Traceback" not in again.stderr
    assert {each.failure for each in load(str(folder)).evidence} == {""}


def test_what_was_read_without_a_folder_stays_and_is_named(holding, tmp_path):
    site, _ = holding
    audit, _ = begun(site, tmp=tmp_path)

    audit.terminate()
    _, said = audit.communicate(timeout=120)

    (folder,) = tmp_path.iterdir()
    assert audit.returncode == 143
    assert f"What was seen is kept in {folder}." in said.decode()


def test_folder_in_which_nothing_was_read_is_not_left_behind(holding, tmp_path):
    site, over = holding
    site.routes["/robots.txt"] = lambda *_: over.wait(60)
    audit, children = begun(site, tmp=tmp_path, until="/robots.txt")

    audit.terminate()
    _, said = audit.communicate(timeout=120)

    assert (audit.returncode, said) == (143, b"aiqyn: Stopped before anything was read.\n")
    assert ended(children)
    assert list(tmp_path.iterdir()) == []


def stopping(monkeypatch, aiqyn, number, before=signal.default_int_handler):
    """Have a command of this process told to end; return how it ended."""

    @click.command()
    def endless():
        signal.signal(signal.SIGINT, before)
        signal.raise_signal(number)
        signal.pause()

    ctrl_c = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(module, "endless", endless, raising=False)
    monkeypatch.setitem(module.COMMANDS, "rules", "aiqyn.cli:endless")
    try:
        return aiqyn("--lang", "en", "rules")
    finally:
        signal.signal(signal.SIGINT, ctrl_c)


@pytest.mark.parametrize("before", [signal.default_int_handler, signal.SIG_IGN])
def test_command_in_the_background_of_a_script_ends_too(aiqyn, monkeypatch, before):
    result = stopping(monkeypatch, aiqyn, signal.SIGTERM, before)

    assert (result.exit_code, result.stderr) == (143, "aiqyn: stopped\n")
    signal.raise_signal(signal.SIGTERM)  # and is not heard any more


def test_command_that_was_never_told_leaves_signals_as_they_were():
    with stopped_like_ctrl_c({}):
        assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL

    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_command_told_twice_goes_on_leaving_things_in_order():
    with stopped_like_ctrl_c(shared := {"stopped_by": signal.SIGHUP}):
        signal.raise_signal(signal.SIGTERM)

    assert shared == {"stopped_by": signal.SIGHUP}


def test_what_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        with stopped_like_ctrl_c({}):
            signal.raise_signal(signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_command_called_outside_the_main_thread_hears_no_signals(aiqyn):
    done = []
    thread = threading.Thread(target=lambda: done.append(aiqyn("rules", "--lang", "en")))
    thread.start()
    thread.join()

    assert [each.exit_code for each in done] == [0]


def test_process_forked_off_dies_of_a_signal_as_ever(monkeypatch):
    sent = []
    with stopped_like_ctrl_c(shared := {}):
        monkeypatch.setattr(os, "getpid", lambda: 0)
        monkeypatch.setattr(os, "kill", lambda *told: sent.append(told))
        signal.raise_signal(signal.SIGTERM)

    assert (sent, shared) == ([(0, signal.SIGTERM)], {})
