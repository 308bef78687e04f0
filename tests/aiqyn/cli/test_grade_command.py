import csv
import io
from datetime import date

import msgspec
import pytest

from aiqyn.cli import grade as module
from aiqyn.cli import grade_files as files
from aiqyn.cli.grade_files import Target, targets
from aiqyn.errors import InputError
from aiqyn.report.grade_written import Grades, schema
from aiqyn.subjects.datafile import ole
from aiqyn.subjects.datafile.model import DataFile

GOOD = "id,region,people\n1,Abai,610000\n2,Zhetisu,698000\n3,Ulytau,221000\n"
BAD = "id;region;day\n1;Abai;01.02.2025\n2;Zhetisu\n3;Ulytau;02.02.2025\n"
ON = ("--on", "2026-11-20", "--lang", "en")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "bad.csv").write_text(BAD)
    (tmp_path / ".hidden.csv").write_text(BAD)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "good too.csv").write_text(GOOD)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.csv").write_text(BAD)
    (tmp_path / "link.csv").symlink_to(tmp_path / "bad.csv")
    return tmp_path


def report_of(result):
    return msgspec.json.decode(result.stdout_bytes, type=Grades)


def names(result):
    return [grade.file.name for grade in report_of(result).grades]


def test_good_file_ends_with_zero_and_bad_with_one(folder, aiqyn):
    good = aiqyn("grade", folder / "good.csv", *ON)
    bad = aiqyn("grade", folder / "bad.csv", *ON)

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "Nothing to repair was found.\n" in good.stdout
    assert "row 3, column 3 (day) · 2 | Zhetisu\n" in bad.stdout
    assert (good.stderr, bad.stderr) == ("", "")


def test_folder_is_walked_without_hidden_files_and_links(folder, aiqyn):
    result = aiqyn("grade", folder, "--format", "json", *ON)

    assert names(result) == ["bad.csv", "good too.csv", "good.csv"]
    assert result.exit_code == 1
    assert result.stderr.startswith("Files graded: 3, with faults: 1, not read: 0 (")


def test_pattern_is_understood_where_no_shell_did(folder, aiqyn):
    assert names(aiqyn("grade", f"{folder}/*ood.csv", "--format", "json", *ON)) == ["good.csv"]
    assert names(aiqyn("grade", f"{folder}/**/good*", "--format", "json", *ON)) == [
        "good too.csv",
        "good.csv",
    ]


def test_file_named_twice_is_graded_once(folder, aiqyn):
    twice = (folder / "good.csv", folder / "good.csv")

    assert names(aiqyn("grade", *twice, "--format", "json", *ON)) == ["good.csv"]


def test_licence_and_address_make_stars(folder, aiqyn):
    address = "https://data.egov.kz/good.csv"
    said = ("--licence", "CC BY 4.0", "--address", address)

    result = aiqyn("grade", folder / "good.csv", *said, "--stars", *ON)

    assert result.stdout.splitlines()[1].startswith("★★★☆☆ → ★★★★☆  ·       good.csv  Publish")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("none.csv",), "none.csv: there is no such file"),
        (("*.none",), "*.none: no files there"),
        (("deep", "--address", "https://a.kz/", "good.csv"), "--address: https://a.kz/: is for"),
        (("good.csv", "--on", "yesterday"), "--on: yesterday: not a day"),
        (("good.csv", "--out", "none/report.txt"), "there is no such folder to write in"),
        (("good.csv", "--on", "1999-01-01"), "no edition is in force on 1999-01-01"),
    ],
)
def test_bad_input_ends_with_two(folder, aiqyn, monkeypatch, words, problem):
    monkeypatch.chdir(folder)

    result = aiqyn("grade", *words)

    assert result.exit_code == 2
    assert problem in result.stderr


def test_empty_folder_is_refused(tmp_path, aiqyn):
    assert aiqyn("grade", tmp_path).exit_code == 2


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["a/x.csv", "b/y.csv"], ["x.csv", "y.csv"]),
        (["a/x.csv", "a/x.json", "b/x.csv"], ["a/x.csv", "x.json", "b/x.csv"]),
        (
            ["2024/a/x.csv", "2025/a/x.csv", "2025/b/x.csv"],
            ["2024/a/x.csv", "2025/a/x.csv", "b/x.csv"],
        ),
        (["x.csv", "a/x.csv"], ["x.csv", "a/x.csv"]),
    ],
)
def test_files_of_one_name_are_shown_with_their_folders(tmp_path, monkeypatch, aiqyn, names, shown):
    monkeypatch.chdir(tmp_path)
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("аймақ,саны\nа,1\nб,2\n", "utf-8")

    result = aiqyn("grade", *names, "--format", "csv")

    told = [line.partition(",")[0] for line in result.stdout.splitlines()[1:]]
    assert list(dict.fromkeys(told)) == shown


def test_device_is_refused():
    with pytest.raises(InputError, match="not a file"):
        targets(["/dev/zero"])


def test_too_many_files_are_refused(folder, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 2)

    with pytest.raises(InputError, match="over 2 files"):
        targets([str(folder)])


@pytest.mark.parametrize(
    ("shape", "start"),
    [
        ("text", b"Report on a file of data\n"),
        ("csv", b"\xef\xbb\xbfFile,Stars,Code"),
        ("html", b"<!doctype html>\n"),
        ("json", b'{\n "grades": ['),
    ],
)
def test_report_of_data_is_written_to_a_file(folder, aiqyn, shape, start):
    out = folder / "report"

    result = aiqyn("grade", folder / "bad.csv", "--format", shape, "--out", out, *ON)

    assert (result.exit_code, result.stdout) == (1, "")
    assert out.read_bytes().startswith(start)


def test_csv_on_the_terminal_has_no_mark(folder, aiqyn):
    result = aiqyn("grade", folder / "bad.csv", "--format", "csv", *ON)

    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert [row[7] for row in rows if row[2] == "T031"] == [
        "row 2, column 3 (day)",
        "row 4, column 3 (day)",
    ]


def test_schema_of_grades_is_printed(aiqyn):
    assert aiqyn("grade", "--schema").stdout == schema()


def test_all_places_are_told_where_asked(tmp_path, aiqyn):
    path = tmp_path / "many.csv"
    path.write_text("id,day\n" + "".join(f"{number},01.02.2025\n" for number in range(300)))

    usual = aiqyn("grade", path, "--format", "json", *ON)
    every = aiqyn("grade", path, "--format", "json", "--all-places", *ON)

    found = [
        (len(finding.places), finding.more)
        for result in (usual, every)
        for finding in report_of(result).grades[0].findings
        if finding.rule == "T031"
    ]
    assert found == [(100, 200), (300, 0)]


def test_several_processes_say_the_same_as_one(folder, aiqyn):
    paths = [folder / "good.csv", folder / "bad.csv", folder / "deep", folder / "link.csv"]

    one, two = (
        report_of(aiqyn("grade", *paths, "--jobs", jobs, "--format", "json", *ON))
        for jobs in (1, 2)
    )

    def timeless(report):
        return [
            msgspec.structs.replace(grade, file=msgspec.structs.replace(grade.file, seconds=0))
            for grade in report.grades
        ]

    assert timeless(one) == timeless(two)


def test_fault_of_ours_on_one_file_costs_no_other(folder, aiqyn, monkeypatch):
    real = files.read

    def read(path, *, name):
        if name == "bad.csv":
            raise ZeroDivisionError("at the third row")
        return real(path, name=name)

    monkeypatch.setattr(files, "read", read)

    result = aiqyn("grade", folder / "good.csv", folder / "bad.csv", "--format", "json", *ON)

    assert (result.exit_code, names(result)) == (2, ["good.csv"])
    assert "bad.csv: our reader broke: ZeroDivisionError: at the third row" in result.stderr


def test_readers_leave_it_to_the_command_to_stop(monkeypatch):
    heard = []
    monkeypatch.setattr(files.signal, "signal", lambda *said: heard.append(said))
    monkeypatch.setattr(files.gc, "freeze", lambda: None)

    files._prepare()

    assert heard == [(files.signal.SIGINT, files.signal.SIG_IGN)]


def test_reader_that_dies_is_told(folder, monkeypatch):
    class Dead:
        def __init__(self, *_, **__):
            """Nothing is started."""

        def __enter__(self):
            return self

        def __exit__(self, *_):
            """Nothing is left."""

        def submit(self, *_):
            return self

        def result(self):
            raise files.BrokenProcessPool

        def shutdown(self, **_):
            """Nobody is waited for."""

    monkeypatch.setattr(files, "ProcessPoolExecutor", Dead)
    asked = [Target(name=str(number)) for number in range(files.ALONE)]

    with pytest.raises(InputError, match="a reader ended before its time"):
        list(files.graded(asked, None, 2))


@pytest.mark.parametrize(("threads", "way"), [(1, "fork"), (2, "spawn")])
def test_a_process_with_threads_is_not_copied(monkeypatch, threads, way):
    monkeypatch.setattr(files.sys, "platform", "linux")
    monkeypatch.setattr(files.threading, "active_count", lambda: threads)

    assert files._way_to_begin() == way


def test_progress_is_shown_to_people(monkeypatch):
    class Terminal(module.Console):
        is_terminal = True

    monkeypatch.setattr(module, "Console", lambda **more: Terminal(file=io.StringIO(), **more))

    with module._progress("en", 2) as watch:
        watch("a.csv")


def test_text_for_people_is_as_wide_as_their_terminal(folder, monkeypatch):
    monkeypatch.setattr(module, "is_read_by_people", lambda _: True)
    asked = module.Asked(
        targets=(),
        catalogue="",
        evidence=None,
        addresses=0,
        files=0,
        licence="",
        address="",
        stars=False,
        fix=None,
        all_places=False,
        as_of="2026-11-20",
        shape="text",
        out=None,
        language="en",
        jobs=1,
        allow_private=False,
        contact="",
    )
    grades, refused = module._judged(targets([str(folder / "bad.csv")]), asked, folder)

    text = module._shaped(grades, refused, asked)

    assert "\x1b[" in text
    assert asked.terms(folder).as_of == date(2026, 11, 20)


def test_fix_writes_a_clean_table_beside_the_file(tmp_path, aiqyn):
    path = tmp_path / "halyk.csv"
    path.write_text("id;region;day\n1;Abai;01.02.2025\n2;=A1;02.02.2025\n3;Ulytau;03.02.2025\n")
    (tmp_path / "empty.csv").write_text("")

    first = aiqyn("grade", tmp_path, "--fix", "--format", "json", *ON)
    again = aiqyn("grade", tmp_path, "--fix", "parquet", "--format", "json", *ON)

    clean, changes = tmp_path / "halyk.clean.csv", tmp_path / "halyk.clean.changes.csv"
    assert clean.read_text() == (
        "id,region,day\n1,Abai,2025-02-01\n2,=A1,2025-02-02\n3,Ulytau,2025-02-03\n"
    )
    assert len(changes.read_text().splitlines()) == 5  # the formula is left to the owner
    assert first.stderr.splitlines()[:-1] == [
        f"{tmp_path / 'empty.csv'}: there is no table to mend.",
        f"{clean}: rows written: 3. List of changes: {changes}",
        "Mended:",
        "  A date is not written the international way: 3",
        "Left to people (the end of the list says who does what):",
        "  A value may run as a formula: 1",
    ]
    assert names(again) == ["empty.csv", "halyk.csv"]
    good = tmp_path / "good.csv"
    good.write_text(GOOD)
    done = f"{tmp_path / 'good.clean.csv'}: rows written: 3. List of changes: "
    changes = f"{tmp_path / 'good.clean.changes.csv'}\n"
    assert aiqyn("grade", good, "--fix", *ON).stderr == done + changes
    assert (tmp_path / "halyk.clean.parquet").is_file()


def test_files_of_one_name_but_for_its_ending_keep_their_clean_tables_apart(tmp_path, aiqyn):
    for name, word in (("a.csv", "comma"), ("a.tsv", "tab")):
        mark = "\t" if name == "a.tsv" else ","
        (tmp_path / name).write_text(f"id{mark}{word}\n1{mark}x\n2{mark}y\n")

    aiqyn("grade", tmp_path, "--fix", *ON)

    assert (tmp_path / "a.csv.clean.csv").read_text() == "id,comma\n1,x\n2,y\n"
    assert (tmp_path / "a.tsv.clean.csv").read_text() == "id,tab\n1,x\n2,y\n"


def test_what_fix_does_to_ragged_rows_is_said(tmp_path, aiqyn):
    path = tmp_path / "a.csv"
    path.write_text("id;region\n1;Abai\n2;Ulytau;note\n3;Zhetisu\n4\n")

    said = aiqyn("grade", path, "--fix", *ON).stderr.splitlines()

    check = "check against the source where their values belong."
    assert said[1:] == [
        "Mended:",
        "  A row has too many cells: 1",
        "  A row has too few cells: 1",
        f"  Short rows were filled up with blank cells: {check}",
        '  Spare cells were moved to the column "extra_cells": check them against the source.',
    ]


def test_file_that_could_not_be_read_is_not_mended(folder, aiqyn, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(files, "read", broken)

    result = aiqyn("grade", folder / "bad.csv", "--fix", *ON)

    assert (result.exit_code, (folder / "bad.clean.csv").exists()) == (2, False)


def test_address_cannot_be_mended(aiqyn):
    result = aiqyn("grade", "https://a.kz/halyk.csv", "--fix", *ON)

    assert (result.exit_code, "only files on this computer" in result.stderr) == (2, True)


def test_an_old_office_file_is_read_by_a_process_apart(folder, aiqyn, monkeypatch):
    read = []
    monkeypatch.setattr(
        files,
        "read_apart",
        lambda path, *, name: read.append(name) or DataFile(name=name, format="xls"),
    )
    (folder / "old.xls").write_bytes(ole.MAGIC)

    assert names(aiqyn("grade", folder, "--format", "json", "--jobs", "1", *ON))[-1] == "old.xls"
    assert read == ["old.xls"]


def test_a_file_that_may_not_be_opened_is_told(tmp_path):
    with pytest.raises(InputError):
        files._read(tmp_path / "gone.xls", "gone.xls")
