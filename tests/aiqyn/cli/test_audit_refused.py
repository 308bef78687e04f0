"""What cannot be done is refused before a site is asked, in the language of the reader."""

import gzip
import os

import pytest

from aiqyn.cli import audit_run
from aiqyn.cli.audit_hold import folder_of
from aiqyn.errors import NothingRead
from aiqyn.fetch.warc_in import Archive, Skipped
from aiqyn.report.written import read_written
from tests.aiqyn.cli.test_audit_again import begun

SITE = "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--contact", "a\r\nX: y"), r"--contact: 'a\r\nX: y': должно быть записано в одну строку"),
        (("--methodology", "none-such"), "--methodology: none-such: такой методики нет"),
        (("--within", "abai"), "--within: abai: не путь вида /akimats/abai"),
        (("--within", "/abai"), f"--within: /abai: адрес {SITE} лежит вне этой части"),
        (("--out", "."), ".: это папка, а не файл"),
        (("--warc-out", "nowhere/a.warc.gz"), "nowhere/a.warc.gz: нет папки для записи"),
    ],
)
def test_options_that_cannot_be_are_told(aiqyn, words, told):
    result = aiqyn("audit", SITE, *words, "--lang", "ru")

    assert (result.exit_code, result.stderr) == (2, f"aiqyn: {told}\n")


def test_rate_that_is_no_number_is_told(aiqyn):
    result = aiqyn("audit", SITE, "--rate", "nan", "--lang", "kk")

    assert result.exit_code == 2
    assert "Қате: '--rate': nan сұрау саны бола алмайды" in result.stderr


def test_folder_one_may_not_write_in_is_told_before_the_site_is_asked(aiqyn, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path)
    out = tmp_path / "a.txt"

    result = aiqyn("audit", SITE, "--out", out, "--lang", "kk")

    assert (result.exit_code, result.stderr) == (2, f"aiqyn: {out}: рұқсат жоқ\n")


def test_report_on_another_site_is_refused_before_the_site_is_asked(aiqyn, kept, tmp_path):
    folder, report = kept
    other = tmp_path / "other.json"
    other.write_bytes(report)
    start = read_written(other).start

    result = aiqyn("audit", SITE, "--since", other, "--lang", "ru")
    same = aiqyn("audit", SITE, "--since", folder, "--lang", "ru")

    told = f"aiqyn: --since: {start}: это проверка другого сайта, нужен {SITE}\n"
    assert (result.exit_code, result.stderr) == (2, told)
    assert same.stderr == told


def test_what_is_no_report_is_told(aiqyn, tmp_path):
    (tmp_path / "a.json").write_text('{"a": 1}', encoding="utf-8")

    result = aiqyn("audit", SITE, "--since", tmp_path / "a.json", "--lang", "kk")

    assert "бұл `aiqyn audit` жазған есеп (JSON) емес" in result.stderr


def test_recheck_of_no_rule_is_no_good_news(aiqyn, kept):
    result = aiqyn("audit", "--recheck", " ,", "--since", kept[0], "--lang", "ru")

    assert (result.exit_code, result.stderr) == (
        2, "aiqyn: --recheck:  ,: не названо ни одно правило\n",
    )  # fmt: skip


def test_body_whose_site_nobody_knows_is_told(aiqyn):
    unknown = aiqyn("audit", "--body", "kz-example-poor", "--lang", "ru")
    nobody = aiqyn("audit", "--body", "kz-nobody-at-all", "--lang", "ru")

    assert unknown.stderr == (
        "aiqyn: --body: kz-example-poor: в реестре нет сайта этого органа, "
        "укажите его адрес (URL)\n"
    )
    assert "такого органа нет" in nobody.stderr


def test_list_that_is_no_text_is_told(aiqyn, tmp_path):
    (tmp_path / "sites.csv").write_bytes(b"PK\3\4 a spreadsheet")

    result = aiqyn("audit", "--sites", tmp_path / "sites.csv", "--out", tmp_path, "--lang", "ru")

    assert "в тексте невидимый управляющий символ; возможно, это не файл CSV" in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html>", "это не архив WARC (запись так не начинается: b'<html>')"),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0)[:-9], "это не архив WARC (файл обрывается)"),
        (b"\x1f\x8b\x08\0" + b"?" * 60, "это не архив WARC (сжатие повреждено)"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 300, "это не архив WARC (заголовков больше 256)"),
        (
            b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
            "это не архив WARC (неверный Content-Length: 'many')",
        ),
    ],
)
def test_what_is_wrong_with_an_archive_is_said_in_the_language_asked(
    aiqyn, tmp_path, content, told
):
    path = tmp_path / "a.warc"
    path.write_bytes(content)

    result = aiqyn("audit", "--warc", path, "--lang", "ru")

    assert (result.exit_code, result.stderr) == (2, f"aiqyn: {path}: запись 1: {told}\n")


def test_records_not_read_are_said_in_the_language_asked(aiqyn, tmp_path, monkeypatch):
    skipped = [
        Skipped(why="broken", count=1, example="record 3: cut off"),
        Skipped(why="bad_date", count=2, example="yesterday"),
    ]
    monkeypatch.setattr(Archive, "skipped", skipped)
    monkeypatch.setattr(Archive, "__init__", lambda *_, **__: None)
    monkeypatch.setattr(Archive, "manifest", object(), raising=False)
    monkeypatch.setattr(audit_run, "judge_kept", lambda *_: 1 / 0)

    result = aiqyn("audit", "--warc", "a.warc", "--lang", "ru")

    first, second = result.stderr.splitlines()
    assert first.endswith(": 1 (ответ оборвался или повреждён), например запись 3: файл обрывается")
    assert second.endswith(": 2 (дата записана неверно), например yesterday")


def test_site_without_a_page_is_not_told_to_be_gone_on_with(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def read_in_vain():
        with folder_of(None, "en") as folder:
            begun(folder)
            raise NothingRead("http://a.kz/", "HTTP 200")

    with pytest.raises(NothingRead):
        read_in_vain()

    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Give the URL of a site, or --from with a folder of evidence."),
        (("a.kz", "--from", "x"), "URL, --from do not go together."),
        (("--sites", "x", "--warc", "y"), "--sites, --warc do not go together."),
        (("--resume",), "--resume needs --evidence with the folder of the audit."),
        (("--recheck", "P004"), "--recheck needs --since with the folder of evidence."),
        (
            ("--recheck", "P004", "--since", "/nowhere"),
            "--recheck needs --since with the folder of evidence.",
        ),
        (
            ("--from", "x", "--rendered"),
            "--rendered, --night and --within ask a site: give its URL.",
        ),
        (
            ("--from", "x", "--within", "/a"),
            "--rendered, --night and --within ask a site: give its URL.",
        ),
        (
            ("--sites", "x", "--within", "/a"),
            "--within is a part of one host: give the URL of the site.",
        ),
        (
            ("a.kz", "--known", "x"),
            "--known is what was judged of kept evidence: name it by --from.",
        ),
        (
            ("--warc", "x", "--night", "1:00-2:00"),
            "--rendered, --night and --within ask a site: give its URL.",
        ),
        (("--from", "x", "--evidence", "y"), "--from and --evidence do not go together."),
    ],
)
def test_options_that_do_not_go_together_are_refused(aiqyn, words, message):
    result = aiqyn("audit", *words)

    assert result.exit_code == 2
    assert result.stderr.endswith(f"{message}\n")
