import subprocess
import sys
from datetime import UTC, datetime

import msgspec
import pytest

from aiqyn.audit import answered, report_of
from aiqyn.cli import audit as module
from aiqyn.errors import FetchError
from aiqyn.report.words import word

ON = ("--on", "2025-11-20")


@pytest.fixture(scope="module")
def kept(site, tmp_path_factory):
    """The site, crawled once by the real command."""
    folder = tmp_path_factory.mktemp("evidence")
    command = [sys.executable, "-m", "aiqyn.cli", "audit", site, "--allow-private", "--rate", "0"]
    done = subprocess.run(
        [*command, "--evidence", str(folder), "--format", "json", "--body", "kz-example-poor", *ON],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    return folder, done.stdout


def test_kept_evidence_gives_the_same_report_to_the_byte(kept, aiqyn):
    folder, live = kept

    again = aiqyn("audit", "--from", folder, "--format", "json", "--body", "kz-example-poor", *ON)

    assert (again.exit_code, again.stdout_bytes) == (1, live)
    report = report_of(live)
    assert (report.pages, report.body) == (2, "kz-example-poor")


def test_evidence_is_judged_as_of_its_own_day_unless_told_otherwise(kept, aiqyn):
    result = aiqyn("audit", "--from", kept[0], "--format", "json")

    assert report_of(result.stdout_bytes).as_of == datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("shape", "start"),
    [
        ("text", word("title", "ru")),
        ("csv", "\ufeff" + word("code", "ru")),
        ("html", "<!doctype html>"),
        ("json", "{"),
    ],
)
def test_report_is_written_to_a_file(kept, aiqyn, tmp_path, shape, start):
    out = tmp_path / "report"

    result = aiqyn("audit", "--from", kept[0], *ON, "--format", shape, "--lang", "ru", "--out", out)

    assert (result.exit_code, result.output) == (1, "")
    assert out.read_text("utf-8").startswith(start)


def test_folder_for_evidence_is_made_and_stays(tmp_path):
    folder = tmp_path / "a" / "b"

    with module._folder(folder) as name:
        assert name == str(folder)

    assert folder.is_dir()


def test_live_audit_prints_and_leaves_nothing_behind(site, aiqyn, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    result = aiqyn("audit", site, "--allow-private", "--rate", "0", "--lang", "en", *ON)

    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert result.stdout.startswith(f"{word('title', 'en')}\n{word('site', 'en')}: {site}\n")


def test_site_without_a_failure_ends_with_0(kept, aiqyn, monkeypatch):
    def only_passed(report):
        passed = [each for each in report.findings if each.rule == "P001"]
        return msgspec.structs.replace(report, findings=tuple(passed))

    judge = module._judge_kept
    monkeypatch.setattr(module, "_judge_kept", lambda *args: only_passed(judge(*args)))

    assert aiqyn("audit", "--from", kept[0], *ON).exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("http://127.0.0.1:9/",), "http://127.0.0.1:9/: forbidden_address (no page was read)"),
        (
            ("http://127.0.0.1:9/", "--allow-private"),
            "http://127.0.0.1:9/: refused (no page was read)",
        ),
        (("ftp://a.kz/",), "URL: ftp://a.kz/: not the address of a site (http or https)"),
        (("http://[",), "URL: http://[: not an address"),
        (("a.kz", "--on", "31.12.2025"), "--on: 31.12.2025: not a day written as YYYY-MM-DD"),
        (("a.kz", "--on", "2999-01-01"), "--on: 2999-01-01: this day is still to come"),
        (("a.kz", "--on", "2020-01-01"), "regulations/sites: no edition is in force on 2020-01-01"),
        (
            ("--from", "/nowhere"),
            "/nowhere/manifest.jsonl: no finished crawl here: No such file or directory",
        ),
        (("http://127.0.0.1:9/", "--evidence", "/dev/null/x"), "/dev/null/x: Not a directory"),
    ],
)
def test_bad_input_is_told_in_one_line(aiqyn, words, message):
    result = aiqyn("audit", *words)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"aiqyn: {message}\n")


@pytest.mark.parametrize("words", [(), ("a.kz", "--from", "x")])
def test_either_an_address_or_a_folder_is_wanted(aiqyn, words):
    result = aiqyn("audit", *words)

    assert result.exit_code == 2
    assert result.stderr.endswith("Give the URL of a site, or --from with a folder of evidence.\n")


def test_address_that_answers_404_is_no_site(site, aiqyn):
    result = aiqyn("audit", f"{site}nowhere", "--allow-private", "--rate", "0", *ON)

    assert result.exit_code == 2
    assert result.stderr == f"aiqyn: {site}nowhere: HTTP 404 (no page was read)\n"


def test_crawl_without_its_first_page_is_no_report(kept):
    manifest = module.crawling.load(str(kept[0]))
    empty = msgspec.structs.replace(manifest, evidence=())
    report = msgspec.structs.replace(report_of(kept[1]), pages=0)

    with pytest.raises(FetchError, match="not asked"):
        answered(report, empty)


def test_file_that_cannot_be_written_is_told(kept, aiqyn):
    result = aiqyn("audit", "--from", kept[0], *ON, "--out", "/dev/null/x")

    assert (result.exit_code, result.stderr) == (2, "aiqyn: /dev/null/x: Not a directory\n")


def test_progress_is_shown_to_people(monkeypatch):
    shown = []

    class Terminal(module.Console):
        def __init__(self, **more):
            super().__init__(force_terminal=True, file=Lines(shown), width=80)

    monkeypatch.setattr(module, "Console", Terminal)
    with module._progress_bar() as watch:
        watch(module.crawling.Progress(pages=3, waiting=4, url="http://a.kz/бет"))

    assert any("3/7" in text for text in shown)


class Lines:
    def __init__(self, shown):
        self.write = shown.append

    def flush(self):
        """Nothing is held back."""


def test_report_for_a_terminal_fits_its_width(kept, aiqyn, monkeypatch):
    monkeypatch.setattr(module, "_is_read_by_people", lambda out: True)
    monkeypatch.setenv("COLUMNS", "60")

    result = aiqyn("audit", "--from", kept[0], *ON, "--lang", "kk", color=True)

    assert "\x1b[" in result.stdout


@pytest.mark.parametrize("rate", ["nan", "inf"])
def test_rate_is_a_number_of_requests(aiqyn, rate):
    result = aiqyn("audit", "a.kz", "--rate", rate)

    assert result.exit_code == 2
    assert result.stderr.endswith(f"{rate} is not a number of requests; 0 means no limit\n")


def test_folder_of_evidence_that_cannot_be_written_is_told_in_one_line(aiqyn, tmp_path):
    (tmp_path / "journal.jsonl").mkdir()

    result = aiqyn("audit", "http://127.0.0.1:9/", "--allow-private", "--evidence", tmp_path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"aiqyn: {tmp_path}/journal.jsonl: Is a directory\n"
