"""Stopped, gone on with, compared with an earlier one, one finding looked at again."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aiqyn.chain import Evidence
from aiqyn.cli import audit_hold as module
from aiqyn.cli import audit_run as running
from aiqyn.cli.audit_hold import Stopped, folder_of
from aiqyn.errors import InputError
from aiqyn.fetch.again import ask_again
from aiqyn.fetch.frontier import Item
from aiqyn.fetch.http import Answer
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.store import Store

ON = ("--on", "2025-11-20")
OPEN = ("--allow-private", "--rate", "0", "--lang", "en")
HEAD = '<html lang="kk"><meta charset="utf-8"><title>Әкімдік</title><h1>Әкімдік</h1>'
BEFORE = {
    "/": f'{HEAD}<img src="a.png"><a href="/b">Байланыс</a><a href="/gone">Бюджет</a>'
    '<a href="/logo.png">x</a>',
    "/b": f'{HEAD}<img src="b.png">',
}


@pytest.fixture(scope="module")
def served():
    pages = dict(BEFORE)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            page = pages.get(self.path)
            page = page() if callable(page) else page
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "no").encode())

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", pages
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def changing(served):
    """A site whose pages a test may change."""
    address, pages = served
    pages.clear()
    pages.update(BEFORE)
    return address, pages


def statuses(result):
    report = json.loads(result.stdout)
    return {change["rule"]: change["status"] for change in report["changes"]["rules"]}


@pytest.fixture(scope="module")
def audited(served, aiqyn, tmp_path_factory):
    """The site as it was, crawled once."""
    address, pages = served
    pages.clear()
    pages.update(BEFORE)
    folder = tmp_path_factory.mktemp("audited") / "first"
    result = aiqyn("audit", address, "--evidence", folder, "--format", "json", *OPEN, *ON)
    assert result.exit_code == 1
    folder.with_suffix(".json").write_bytes(result.stdout_bytes)
    return folder


@pytest.fixture
def first(audited, tmp_path):
    """A copy of that audit for one test."""
    shutil.copy(audited.with_suffix(".json"), tmp_path)
    return shutil.copytree(audited, tmp_path / "first")


def test_what_was_fixed_since_the_last_audit_is_told(first, changing, aiqyn):
    address, pages = changing
    pages["/"] = BEFORE["/"].replace("<img", '<img alt="Аудан әкімі"')
    pages["/b"] = BEFORE["/b"].replace("<img", '<img alt="Кесте"')
    second = first.with_name("second")
    words = ("audit", address, "--evidence", second, "--format", "json", *OPEN, *ON)

    by_folder = aiqyn(*words, "--since", first)
    by_report = aiqyn(
        *("audit", "--from", second, "--format", "json", *ON),
        *("--since", first.with_suffix(".json")),
    )

    assert statuses(by_folder) == statuses(by_report)
    assert statuses(by_folder)["P004"] == "fixed"
    assert statuses(by_folder)["S006"] == "still"


def test_last_audit_may_be_a_folder_of_a_list(first, aiqyn, tmp_path):
    listed = tmp_path / "listed"
    listed.mkdir()
    first.with_suffix(".json").rename(listed / "report.json")

    result = aiqyn("audit", "--from", first, "--since", listed, "--format", "json", *ON)

    assert set(statuses(result).values()) == {"still"}


def test_last_audit_that_is_none_is_told(first, aiqyn, tmp_path):
    result = aiqyn("audit", "--from", first, "--since", tmp_path / "nothing", *ON)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"aiqyn: {tmp_path}/nothing: No such file or directory\n"


def test_only_places_of_a_finding_are_asked_again(first, changing, aiqyn):
    address, pages = changing
    pages["/"] = BEFORE["/"].replace("<img", '<img alt="Аудан әкімі"')
    words = ("audit", "--since", first, "--recheck", "p004", *OPEN, *ON)

    result = aiqyn(*words, "--format", "json")

    report = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "Addresses asked again: 2\n")
    assert [finding["rule"] for finding in report["findings"]] == ["P004"]
    assert statuses(result) == {"P004": "still"}
    (change,) = report["changes"]["rules"]
    assert [place["address"] for place in change["fixed"]] == [address]
    assert [place["address"] for place in change["still"]] == [f"{address}b"]
    told = aiqyn(*words).stdout
    assert "Still there (1): P004" in told
    assert "What is good" not in told


def test_page_that_is_there_now_is_met_when_its_finding_is_checked_again(first, changing, aiqyn):
    _, pages = changing
    pages["/gone"] = f'{HEAD}<a href="/new"><a href="/b"><a href="http://[/"><a href="mailto:x">'
    pages["/logo.png"] = "x"
    pages["/new"] = f"{HEAD}<p>Жаңа бет</p>"

    result = aiqyn("audit", "--since", first, "--recheck", "S006", "--format", "json", *OPEN, *ON)

    assert (result.exit_code, statuses(result)) == (0, {"S006": "fixed"})
    assert "sections" not in json.loads(result.stdout)


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ("QQQQ", "--recheck: QQQQ: there is no such rule"),
        ("P004,P001", "--recheck: P001: was not broken in the earlier audit"),
        (
            "R001",
            "--recheck: R001: is seen in the browser alone: audit anew with --rendered and --since",
        ),
    ],
)
def test_finding_that_cannot_be_checked_again_is_refused(first, aiqyn, codes, message):
    result = aiqyn("audit", "--since", first, "--recheck", codes, *OPEN, *ON)

    assert (result.exit_code, result.stderr) == (2, f"aiqyn: {message}\n")


def test_address_that_answers_late_is_asked_once_more(monkeypatch, tmp_path):
    asked = []

    async def late(client, url, *, waits=None, **_):
        asked.append(waits == client.slow)
        return Answer(url=url, failure="timeout")

    monkeypatch.setattr("aiqyn.fetch.http.Client.ask", late)
    item = Item(url="http://a.kz/", role="page", depth=0, parent="")

    (seen,) = ask_again([item], limits=Limits(), store=Store(str(tmp_path)))

    assert (asked, seen.failure) == ([False, True], "timeout")


# Stopped and gone on with


def test_audit_is_gone_on_with_its_own_settings(first, changing, aiqyn):
    address, _ = changing
    same = aiqyn("audit", address, "--evidence", first, "--format", "json", *OPEN, *ON)

    resumed = aiqyn(
        "audit", "--resume", "--evidence", first, "--format", "json", "--rate", "1", *ON
    )

    assert resumed.stdout == same.stdout == first.with_suffix(".json").read_text()
    assert same.stderr.startswith(f"Going on with what {first} holds; ")


def test_audit_of_another_site_is_not_gone_on_with(first, changing, aiqyn):
    result = aiqyn("audit", "other.kz", "--resume", "--evidence", first)

    here = f"here is the audit of {changing[0]}, not of https://other.kz/"
    message = f"aiqyn: {first}: --resume: {here}\n"
    assert (result.exit_code, result.stderr) == (2, message)


def test_evidence_judged_again_is_still_of_the_body_it_was_audited_for(changing, aiqyn, tmp_path):
    address, _ = changing
    of_body = ("--body", "kz-akm-kostanay")
    aiqyn("audit", address, "--evidence", tmp_path, *of_body, *OPEN, *ON)

    again = aiqyn("audit", "--from", tmp_path, "--format", "json", "--lang", "en", *ON)
    other = aiqyn("audit", "--from", tmp_path, "--format", "json", "--body", "kz-akm-pavlodar", *ON)
    (tmp_path / "result").unlink()
    nobody = aiqyn("audit", "--from", tmp_path, "--format", "json", "--lang", "en", *ON)

    bodies = [json.loads(each.stdout).get("body", "") for each in (again, other, nobody)]
    assert bodies == ["kz-akm-kostanay", "kz-akm-pavlodar", ""]


@pytest.mark.parametrize("journal", [b"", b'{"type":"opening"', b"torn"])
def test_folder_where_nothing_was_begun_is_told(tmp_path, journal):
    (tmp_path / "journal.jsonl").write_bytes(journal)

    with pytest.raises(InputError, match="no audit was begun here"):
        module.to_resume(tmp_path, None)


def test_audit_killed_before_its_first_line_begins_anew_where_its_site_is_said(
    changing, aiqyn, tmp_path
):
    address, _ = changing
    words = ("--resume", "--evidence", tmp_path, *OPEN, *ON)

    nobody_knows = aiqyn("audit", *words)
    again = aiqyn("audit", address, *words)
    goes_on = aiqyn("audit", *words)

    told = f"aiqyn: {tmp_path}: --resume: no audit was begun here; give the URL of the site, too"
    assert (nobody_knows.exit_code, nobody_knows.stderr) == (2, f"{told}, to begin it\n")
    assert (again.exit_code, again.stderr.splitlines()[0]) == (
        1,
        f"No audit was begun in {tmp_path}: this one begins anew.",
    )
    assert (goes_on.exit_code, goes_on.stdout) == (1, again.stdout)


def test_damaged_journal_is_told(tmp_path):
    (tmp_path / "journal.jsonl").write_bytes(b"{}\n")

    with pytest.raises(InputError, match="line 1"):
        module.to_resume(tmp_path, None)


def test_two_audits_do_not_work_in_one_folder(tmp_path, aiqyn):
    with (tmp_path / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        result = aiqyn("audit", "http://127.0.0.1:9/", "--evidence", tmp_path)

    message = f"aiqyn: {tmp_path}: another audit is working here\n"
    assert (result.exit_code, result.stderr) == (2, message)


def begun(folder):
    opening = Opening(
        start="http://a.kz/", limits=Limits(), started_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    with Journal(Path(folder), opening) as journal:
        journal.add(Evidence(url="http://a.kz/", taken_at=opening.started_at, status=200))


@pytest.mark.parametrize("is_kept", [True, False])
def test_ctrl_c_keeps_what_was_done_and_says_how_to_go_on(tmp_path, is_kept, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    folders = []

    def stopped_audit():
        with folder_of(tmp_path / "a b" if is_kept else None, "en") as folder:
            folders.append(folder)
            begun(folder)
            raise KeyboardInterrupt

    with pytest.raises(Stopped) as stopped:
        stopped_audit()

    (folder,) = folders
    shown = f"'{folder}'" if is_kept else folder
    assert str(stopped.value) == (
        f"Stopped. What was seen is kept in {folder}. "
        f"To go on: aiqyn audit --resume --evidence {shown}"
    )
    assert (Path(folder) / "journal.jsonl").exists()


def test_ctrl_c_before_anything_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(Stopped, match="before anything was read"), folder_of(None, "en"):
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []


def test_reader_of_the_report_who_goes_leaves_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def read_by_nobody():
        with folder_of(None, "en") as folder:
            begun(folder)
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        read_by_nobody()

    assert list(tmp_path.iterdir()) == []


def test_stopped_command_ends_as_shells_expect(aiqyn, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("aiqyn.cli.audit.judge_live", stop)

    result = aiqyn("audit", "http://127.0.0.1:9/", "--lang", "kk")

    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "aiqyn: Тоқтатылды, ештеңе оқылып үлгерген жоқ.\n"


@pytest.mark.usefixtures("ctrl_c_heard")
def test_real_signal_stops_a_real_audit_and_it_is_gone_on_with(changing, aiqyn, tmp_path):
    address, pages = changing
    pages["/"] = HEAD + "".join(f'<a href="/p{number}">{number}</a>' for number in range(24))
    going_on = threading.Event()
    pages["/p20"] = lambda: going_on.wait(90) and BEFORE["/b"]  # no audit ends before the signal
    folder = tmp_path / "evidence"
    words = [address, "--evidence", str(folder), "--allow-private", "--rate", "40", *ON]
    command = [sys.executable, "-m", "aiqyn.cli", "audit", *words]
    audit = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    waiting = threading.Event()
    while (
        not (folder / "journal.jsonl").exists() or (folder / "journal.jsonl").stat().st_size < 900
    ):
        assert audit.poll() is None
        waiting.wait(0.05)

    os.killpg(audit.pid, signal.SIGINT)
    _, said = audit.communicate(timeout=60)
    going_on.set()

    assert audit.returncode == 130
    assert said.decode().startswith(f"aiqyn: Stopped. What was seen is kept in {folder}. ")
    assert aiqyn("audit", "--resume", "--evidence", folder, *ON, "--format", "json").exit_code == 1


# The browser


def test_browser_checks_follow_the_crawl_and_all_is_judged_again(
    first, changing, aiqyn, monkeypatch
):
    drawn = []

    class Browser:
        find = str

        @staticmethod
        def Sampling(pages):  # noqa: N802
            return pages

        @staticmethod
        def render(folder, *, limits, sampling, on_progress):
            on_progress(type("Seen", (), {"done": 1, "of": sampling})())
            drawn.append((limits.allow_private, sampling))
            return running.crawling.load(folder)

    monkeypatch.setattr(running, "import_module", lambda name: Browser)

    done = [
        aiqyn("audit", changing[0], "--evidence", first, "--format", "json", *words, *OPEN, *ON)
        for words in (("--rendered",), ("--rendered=3",))
    ]

    plain = first.with_suffix(".json").read_text()
    assert [(each.exit_code, each.stdout) for each in done] == [(1, plain)] * 2
    assert drawn == [(True, 12), (True, 3)]
