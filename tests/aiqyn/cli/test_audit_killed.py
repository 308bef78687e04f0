"""An audit killed from outside, without a word, is gone on with: nothing is lost or read twice."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from aiqyn.cli import audit_run, main
from aiqyn.cli.audit_hold import to_resume
from aiqyn.errors import InputError
from aiqyn.fetch.crawl import load
from aiqyn.fetch.manifest import SILENCE, Cut
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, links, reply

PAGES = [f"/p{number}" for number in range(12)]
ON = ("--on", "2026-11-20", "--format", "json")


def gone_on(folder, waiting):
    """Resume; the readers of the killed audit hold its journal for a moment longer than it."""
    for _ in range(100):
        again = CliRunner().invoke(main, ["audit", "--resume", "--evidence", str(folder), *ON])
        if "another crawl is writing" not in again.output:
            break
        waiting.wait(0.1)
    return again


def test_audit_killed_in_its_middle_is_gone_on_with(tmp_path):
    folder = tmp_path / "evidence"
    words = ["audit", "--evidence", str(folder), "--allow-private", "--rate", "20", *ON]
    with Site() as site, served(site):
        site.routes = {"/": links(*PAGES), **dict.fromkeys(PAGES, reply("<p>page"))}
        command = [sys.executable, "-m", "aiqyn.cli", *words, site.url()]
        audit = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        waiting = threading.Event()
        while not any("/p3" in line for line in site.asked):
            assert audit.poll() is None
            waiting.wait(0.02)

        os.killpg(audit.pid, signal.SIGKILL)
        audit.wait(timeout=30)
        before = Counter(site.asked)
        again = gone_on(folder, waiting)

    asked = Counter(line for line in site.asked if line.startswith("GET /p"))
    assert (audit.returncode, again.exit_code) == (-signal.SIGKILL, 1), again.output
    assert set(asked) == {f"GET {path}" for path in PAGES}
    assert before["GET /p11"] == 0
    assert sum(asked.values()) <= len(PAGES) + 4  # what was in flight is asked for again
    pages = [each.url for each in load(str(folder)).evidence if each.role == "page"]
    assert len(pages) == len(set(pages)) == len(PAGES) + 1


def test_site_that_fell_silent_is_told(tmp_path, monkeypatch):
    words = ["audit", "--evidence", str(tmp_path), "--allow-private", "--rate", "0", *ON]
    with Site() as site, served(site):
        site.routes = {"/": links("/a"), "/a": reply("<p>page")}
        CliRunner().invoke(main, [*words, site.url()])
    cut = Cut(why=SILENCE, count=7, example="http://a.kz/7")
    manifest = replace(load(str(tmp_path)), cuts=(replace(cut, why="max_depth"), cut))
    monkeypatch.setattr(audit_run, "_crawl", lambda *_: manifest)

    told = CliRunner().invoke(main, [*words, "--resume", "--lang", "en"])

    assert told.exit_code == 1
    assert told.stderr.startswith("The site (or our line) fell silent: 7 addresses were not read")


def test_what_is_left_of_a_finished_audit_is_not_begun_anew(tmp_path):
    (tmp_path / "manifest.jsonl").write_bytes(b"{}\n")

    with pytest.raises(InputError, match="a finished audit lies here"):
        to_resume(tmp_path, "http://a.kz/")
