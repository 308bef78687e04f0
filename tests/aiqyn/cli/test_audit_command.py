import os
import re
import subprocess
import sys
from datetime import UTC, datetime

import msgspec
import pytest

from aiqyn.audit import Report, answered
from aiqyn.cli import audit as module
from aiqyn.cli import audit_print as printing
from aiqyn.cli import audit_progress as progress
from aiqyn.cli.audit_asked import about_of, site_of_body
from aiqyn.cli.audit_hold import folder_of
from aiqyn.cli.audit_words import phrase, phrases
from aiqyn.errors import FetchError
from aiqyn.fetch import crawl as crawling
from aiqyn.report.words import word
from aiqyn.report.written import Written
from aiqyn.text import missing

KK = "Аудан әкімі халықпен кездесу өткізіп, тұрғындардың сұрақтарына жауап берді. " * 5
HEAD = '<html lang="kk"><meta charset="utf-8">'
ON = ("--on", "2025-11-20")


def report_of(content):
    return msgspec.json.decode(content, type=Written)


def test_kept_evidence_gives_the_same_report_to_the_byte(kept, aiqyn):
    folder, live = kept

    again = aiqyn("audit", "--from", folder, "--format", "json", "--body", "kz-example-poor", *ON)

    assert (again.exit_code, again.stdout_bytes) == (1, live)
    report = report_of(live)
    assert (report.pages, report.body) == (2, "kz-example-poor")


def test_what_is_known_gives_the_same_report_to_the_byte(kept, aiqyn, tmp_path):
    folder, live = kept
    words = ("--format", "json", "--body", "kz-example-poor", "--known", tmp_path / "known", *ON)

    for _ in range(2):
        assert aiqyn("audit", "--from", folder, *words).stdout_bytes == live

    assert any(path.is_file() for path in (tmp_path / "known").rglob("*"))


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
        ("xlsx", "PK"),
        ("pdf", "%PDF"),
    ],
)
def test_report_is_written_to_a_file(kept, aiqyn, tmp_path, shape, start):
    out = tmp_path / "report"

    result = aiqyn("audit", "--from", kept[0], *ON, "--format", shape, "--lang", "ru", "--out", out)

    assert (result.exit_code, result.stdout) == (1, "")
    assert out.read_bytes().startswith(start.encode())
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_folder_for_evidence_is_made_and_stays(tmp_path):
    folder = tmp_path / "a" / "b"

    with folder_of(folder, "en") as name:
        assert name == str(folder)

    assert folder.is_dir()


def test_live_audit_prints_and_leaves_nothing_behind(site, aiqyn, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    result = aiqyn("audit", site, "--allow-private", "--rate", "0", "--lang", "en", *ON)

    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert result.stdout.startswith(f"{word('title', 'en')}\n{word('site', 'en')}: {site}\n")


@pytest.mark.parametrize(("language", "mark"), [("kk", ","), ("ru", ","), ("en", ".")])
def test_cost_is_told_with_the_decimal_mark_of_the_language(kept, aiqyn, language, mark):
    result = aiqyn("audit", "--from", str(kept[0]), "--lang", language)

    assert len(re.findall(rf" \d+[{mark}]\d ", result.stderr)) == 2


def test_site_without_a_failure_ends_with_0(kept, aiqyn, monkeypatch):
    def only_passed(*given):
        judged = judge(*given)
        passed = [each for each in judged.report.findings if each.rule == "P001"]
        report = msgspec.structs.replace(judged.report, findings=tuple(passed))
        return msgspec.structs.replace(judged, report=report)

    judge = module.judge_kept
    monkeypatch.setattr(module, "judge_kept", only_passed)

    assert aiqyn("audit", "--from", kept[0], *ON).exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("http://127.0.0.1:9/",),
            (
                "http://127.0.0.1:9/: a private address, which --allow-private lets through; "
                "no page was read"
            ),
        ),
        (
            ("http://127.0.0.1:9/", "--allow-private"),
            "http://127.0.0.1:9/: the server refused the connection; no page was read",
        ),
        (("ftp://a.kz/",), "URL: ftp://a.kz/: not the address of a site (http or https)"),
        (("http://[",), "URL: http://[: not the address of a site (http or https)"),
        (("",), "URL: not the address of a site (http or https)"),
        (("әкімдік сайты",), "URL: әкімдік сайты: not the address of a site (http or https)"),
        (("a.kz", "--on", "31.12.2025"), "--on: 31.12.2025: not a day written as YYYY-MM-DD"),
        (("a.kz", "--on", "2999-01-01"), "--on: 2999-01-01: this day is still to come"),
        (("a.kz", "--on", "2015-01-01"), "regulations/sites: no edition is in force on 2015-01-01"),
        (
            ("--from", "/nowhere"),
            "/nowhere/manifest.jsonl: no finished crawl here: No such file or directory",
        ),
        (("http://127.0.0.1:9/", "--evidence", "/dev/null/x"), "/dev/null/x: Not a directory"),
        (
            ("a.kz", "--body", "kz-akm-akmolaa"),
            (
                "--body: kz-akm-akmolaa: there is no such body; did you mean kz-akm-akmola, "
                "kz-akm-kostanay, kz-akm-astana?"
            ),
        ),
        (("a.kz", "--body", "???"), "--body: ???: there is no such body"),
        (
            ("a.kz", "--methodology", "kz-openness-2002"),
            (
                "--methodology: kz-openness-2002: there is no such methodology; "
                "did you mean kz-openness-2021, kz-openness-2020, kz-openness-2019?"
            ),
        ),
        (("a.kz", "--night", "22-25"), "--night: 22-25: not hours written as 22:00-06:00"),
        (("a.kz", "--night", "22:00"), "--night: 22:00: not hours written as 22:00-06:00"),
        (("a.kz", "--night", "22:00-22:00"), "--night: 22:00-22:00: begins when it ends"),
        (("--warc", "/nowhere.warc"), "/nowhere.warc: No such file or directory"),
        (("--sites", "/nowhere.csv"), "--sites: needs --out with a folder for the reports"),
        (
            ("a.kz", "--out", "/nowhere/x"),
            "/nowhere/x: there is no such folder to write in",
        ),
    ],
)
def test_bad_input_is_told_in_one_line(aiqyn, words, message):
    result = aiqyn("audit", *words)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"aiqyn: {message}\n")


def test_address_that_answers_404_is_no_site(site, aiqyn):
    result = aiqyn("audit", f"{site}nowhere", "--allow-private", "--rate", "0", *ON)

    assert result.exit_code == 2
    assert result.stderr == (
        f"aiqyn: {site}nowhere: HTTP 404 (the server says that there is no such page); "
        "no page was read\n"
    )


def test_crawl_without_its_first_page_is_no_report(kept):
    manifest = crawling.load(str(kept[0]))
    empty = msgspec.structs.replace(manifest, evidence=())
    known = report_of(kept[1])
    fields = {name: getattr(known, name) for name in Report.__struct_fields__}
    report = Report(**fields | {"pages": 0})

    with pytest.raises(FetchError, match="not asked"):
        answered(report, empty)


def test_file_that_cannot_be_written_is_told(kept, aiqyn):
    result = aiqyn("audit", "--from", kept[0], *ON, "--out", "/dev/null/x")

    message = "aiqyn: /dev/null/x: there is no such folder to write in\n"
    assert (result.exit_code, result.stderr) == (2, message)


def test_progress_is_shown_to_people(monkeypatch):
    shown = []

    class Terminal(progress.Console):
        def __init__(self, **more):
            super().__init__(force_terminal=True, file=Lines(shown), width=100)

    monkeypatch.setattr(progress, "Console", Terminal)
    with progress.progress_bar("en") as watch:
        watch(crawling.Progress(pages=30, waiting=40, findings=7, url="http://a.kz", seconds=9.0))
    with progress.counter("en") as count:
        count(1, 3)

    assert any("30/70" in text and "3.3 pages/s · 7 rules broken" in text for text in shown)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (crawling.Progress(pages=1, seconds=1.0), ""),
        (crawling.Progress(seconds=9.0), ""),
        (
            crawling.Progress(pages=900, waiting=100, seconds=10.0),
            "90 бет/с · 0 талап бұзылған · 0:00:01 қалды",
        ),
    ],
)
def test_pace_is_told_once_it_is_known(seen, said):
    assert progress.pace(seen, "kk") == said


class Lines:
    def __init__(self, shown):
        self.write = shown.append

    def flush(self):
        """Nothing is held back."""


def test_report_for_a_terminal_fits_its_width(kept, aiqyn, monkeypatch):
    monkeypatch.setattr(printing, "is_read_by_people", lambda out: True)
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


def test_body_of_the_registry_stands_for_its_site(aiqyn, monkeypatch):
    monkeypatch.setattr(module, "site_of_body", lambda code: "http://127.0.0.1:9/")

    result = aiqyn("audit", "--body", "kz-akm-akmola")

    assert result.stderr.startswith("aiqyn: http://127.0.0.1:9/: a private address")


def test_names_of_the_body_count_in_the_audit():
    about = about_of("kz-akm-turkistan")

    assert (about.code, about.kind) == ("kz-akm-turkistan", "akimat_region")
    assert about.names["kk"].startswith("Түркістан")
    assert [name["kk"] for name in about.former_names] == ["Оңтүстік Қазақстан облысының әкімдігі"]
    assert site_of_body("kz-akm-turkistan") == ""


def test_evidence_goes_out_as_an_archive_and_comes_back(kept, aiqyn, tmp_path):
    path = tmp_path / "a.warc.gz"
    words = ("--format", "json", "--body", "kz-example-poor", *ON)
    kept_report = aiqyn("audit", "--from", kept[0], *words, "--warc-out", path)

    again = aiqyn("audit", "--warc", path, *words)

    assert again.stdout_bytes == kept_report.stdout_bytes == kept[1]
    assert re.search(r"a\.warc\.gz: \d+ records\n", kept_report.stderr)


def test_evidence_is_written_as_an_archive_by_a_command_of_its_own(kept, aiqyn, tmp_path):
    path = tmp_path / "a.warc.gz"

    result = aiqyn("warc", kept[0], path, "--lang", "en")

    assert (result.exit_code, result.stdout) == (0, "")
    assert re.fullmatch(r".*a\.warc\.gz: \d+ records\n", result.stderr)
    assert aiqyn("warc", tmp_path, path).exit_code == 2


def test_archive_of_another_tool_is_audited_as_of_its_own_day(aiqyn, tmp_path):
    path, body = tmp_path / "a.warc", f"{HEAD}<title>Әкімдік</title><p>{KK}</p>".encode()
    answers = [
        ("http://a.kz/", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body),
        ("http://a.kz/broken", b"<html>"),
    ]
    path.write_bytes(
        b"".join(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: 2025-11-20T06:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n".encode()
            + block
            + b"\r\n\r\n"
            for url, block in answers
        )
    )

    result = aiqyn("audit", "--warc", path, "http://a.kz/", "--format", "json", "--lang", "en")

    report = report_of(result.stdout_bytes)
    assert (report.start, report.as_of.isoformat(), report.pages) == (
        "http://a.kz/",
        "2025-11-20",
        1,
    )
    assert (
        "1 records not read (the answer broke off), for example http://a.kz/broken\n"
        in result.stderr
    )


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("command", ["audit", "warc"])
def test_help_speaks_the_language_asked_for(aiqyn, command, language):
    results = [
        aiqyn(command, "--lang", language, "--help"),
        aiqyn(command, "--help", f"--lang={language}"),
        aiqyn(command, "--help", env={"AIQYN_LANG": language}),
    ]

    assert {result.exit_code for result in results} == {0}
    assert len({result.output for result in results}) == 1
    assert results[0].output.startswith(phrase("usage", language))


def test_phrases_speak_every_language():
    assert [missing(each) for each in phrases().values()] == [[]] * len(phrases())


def test_working_path_in_kazakh_needs_no_locale(kept, tmp_path):
    folder = tmp_path / "Құжаттар"
    folder.mkdir()

    done = subprocess.run(
        [sys.executable, "-m", "aiqyn.cli", "audit", "--from", kept[0], "--out", "есеп.txt", *ON],
        capture_output=True,
        check=False,
        timeout=60,
        cwd=folder,
        env={"LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert (done.returncode, [path.name for path in folder.iterdir()]) == (1, ["есеп.txt"])
