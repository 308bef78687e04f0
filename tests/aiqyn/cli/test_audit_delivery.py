"""Where the report goes: to a pipe, a file that is written whole or not, a terminal."""

import subprocess
import sys
from datetime import UTC, datetime

import msgspec
import pytest

from aiqyn.cli import audit_print, delivering
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest
from aiqyn.report.written import Written, schema

ON = ("--on", "2025-11-20")


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
