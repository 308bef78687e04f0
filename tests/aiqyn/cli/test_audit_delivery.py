"""Where the report goes: to a pipe, a file that is written whole or not, a terminal."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from aiqyn.cli import audit_print, delivering
from aiqyn.errors import InputError
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest
from aiqyn.report.written import Written, schema

ON = ("--on", "2025-11-20")
STOPPED = "Stopped. An archive is read from its beginning, so repeat the command."


def report_of(content):
    return msgspec.json.decode(content, type=Written)


@pytest.mark.parametrize("shape", ["xlsx", "pdf"])
def test_binary_report_is_not_for_a_terminal(aiqyn, monkeypatch, shape):
    monkeypatch.setattr(delivering, "is_read_by_people", lambda out: out is None)

    result = aiqyn("audit", "a.kz", "--format", shape)

    assert result.exit_code == 2
    assert result.stderr == (
        f"aiqyn: --format: {shape}: is not for a terminal: give a file with --out\n"
    )


def test_binary_report_goes_through_a_pipe(kept):
    done = subprocess.run(
        [sys.executable, "-m", "aiqyn.cli", "audit", "--from", kept[0], "--format", "xlsx", *ON],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stdout[:2]) == (1, b"PK")


def test_binary_report_is_printed_as_bytes(kept, aiqyn):
    result = aiqyn("audit", "--from", kept[0], "--format", "xlsx", *ON)

    assert (result.exit_code, result.stdout_bytes[:2]) == (1, b"PK")


def test_report_may_go_to_what_is_no_file(kept, aiqyn):
    result = aiqyn("audit", "--from", kept[0], *ON, "--out", "/dev/null")

    assert (result.exit_code, result.stdout) == (1, "")


def test_disk_that_is_full_leaves_no_half_report(kept, aiqyn, tmp_path):
    result = aiqyn("audit", "--from", kept[0], *ON, "--out", "/dev/full")
    assert result.stderr == "aiqyn: /dev/full: No space left on device\n"
    assert result.exit_code == 2


def test_report_is_replaced_only_by_a_whole_one(kept, aiqyn, tmp_path, monkeypatch):
    out = tmp_path / "report.txt"
    out.write_text("old")

    def full(path, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    result = aiqyn("audit", "--from", kept[0], *ON, "--out", out)

    assert (result.exit_code, out.read_text()) == (2, "old")
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_points_are_told_by_the_methodology_asked_for(kept, aiqyn):
    told = [
        report_of(aiqyn("audit", "--from", kept[0], *ON, "--format", "json", *words).stdout_bytes)
        for words in ((), ("--methodology", "none"), ("--methodology", "kz-openness-2020"))
    ]

    methods = [each.rating and each.rating.methodology for each in told]
    assert methods == ["aiqyn-site-2026", None, "kz-openness-2020"]


def test_schema_is_printed(aiqyn):
    result = aiqyn("audit", "--schema")

    assert (result.exit_code, result.stdout) == (0, schema())


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        (15, 9, "2026 жылғы 15 қаңтар, 09:30 UTC"),
        (15, 11, "2026 жылғы 15 қаңтар, 09:30 – 11:30 UTC"),
        (16, 1, "2026 жылғы 15 қаңтар, 09:30 – 2026 жылғы 16 қаңтар, 01:30 UTC"),
    ],
)
def test_when_pages_were_taken_is_said_as_shortly_as_it_can_be(day, hour, said):
    manifest = Manifest(
        start="https://a.kz/",
        agent="a",
        started_at=datetime(2026, 1, 15, 9, 30, tzinfo=UTC),
        finished_at=datetime(2026, 1, day, hour, 30, tzinfo=UTC),
        limits=Limits(),
    )

    assert audit_print.taken(manifest, "kk") == said


# What is found wrong late


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--since", "{0}/none"), "{0}/none: No such file or directory"),
        (
            ("--since", "{0}"),
            "{0}/manifest.jsonl: no finished crawl here: No such file or directory",
        ),
        (("--warc-out", "{0}/none/a.warc"), "{0}/none/a.warc: there is no such folder to write in"),
    ],
)
def test_what_could_not_be_done_at_the_end_is_refused_before_the_site_is_asked(
    aiqyn, tmp_path, monkeypatch, words, problem
):
    monkeypatch.setattr("aiqyn.cli.audit.judge_live", None)  # nobody may get as far
    said = [word.format(tmp_path) for word in words]

    result = aiqyn("audit", "a.kz", *said, "--lang", "en")

    assert (result.exit_code, result.stderr) == (2, f"aiqyn: {problem.format(tmp_path)}\n")


def test_error_after_the_reading_keeps_what_was_read(aiqyn, site, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = tmp_path / "out"
    out.mkdir()

    def full(*_):
        out.rmdir()
        raise InputError(out, "", "No space left on device")

    monkeypatch.setattr("aiqyn.cli.audit_print.write_whole", full)
    words = ("--allow-private", "--rate", "0", "--lang", "en", "--out", out / "a.txt")
    result = aiqyn("audit", site, *words)

    (folder,) = tmp_path.iterdir()
    go_on = f"aiqyn audit --resume --evidence {folder}"
    assert result.exit_code == 2
    assert result.stderr == (
        f"aiqyn: Stopped. What was seen is kept in {folder}. To go on: {go_on}\n"
        f"aiqyn: {out}: No space left on device\n"
    )
    assert aiqyn(*go_on.split()[1:], "--lang", "en").exit_code == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://xn--/", ""])
def test_error_before_anything_was_read_leaves_nothing(aiqyn, tmp_path, monkeypatch, address):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    result = aiqyn("audit", address, "--allow-private", "--lang", "en")

    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_archive_half_read_is_never_gone_on_with_at_the_site(aiqyn, tmp_path, monkeypatch):
    folder = tmp_path / "evidence"

    def stopped(_, place):
        opening = Opening(
            start="http://a.kz/",
            limits=Limits(obey_robots=False, per_host_per_second=0.0),
            started_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        with Journal(Path(place), opening):
            raise KeyboardInterrupt

    monkeypatch.setattr("aiqyn.cli.audit.judge_archive", stopped)
    words = ("--evidence", folder, "--lang", "en")
    result = aiqyn("audit", "--warc", tmp_path / "a.warc", *words)
    resumed = aiqyn("audit", "--resume", *words)

    assert (result.exit_code, result.stderr) == (130, f"aiqyn: {STOPPED}\n")
    assert (resumed.exit_code, resumed.stderr) == (
        2,
        f"aiqyn: {folder}: --resume: here an archive was read: give it again with --warc\n",
    )
