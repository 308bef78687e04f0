"""No clean table is written over another, nor over a file that was graded."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from aiqyn.cli.grade_fix import mend_all
from aiqyn.grading import grade
from aiqyn.regulations import edition_on
from aiqyn.report.grade_model import Told
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.datafile.repair import mend

THREE = "id,word\n1,x\n2,y\n3,z\n"
SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
TWO = "id,sign\n1,a\n2,b\n"


def book(path, sheets):
    written = openpyxl.Workbook()
    written.remove(written.active)
    for number, name in enumerate(sheets):
        sheet = written.create_sheet(name)
        for row in (["id", "word"], [1, f"of {number}"], [2, "y"]):
            sheet.append(row)
    written.save(path)
    return path


def clean_in(folder):
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.clean.csv"))}


def test_files_whose_clean_tables_would_have_one_name_keep_them_apart(tmp_path, aiqyn):
    (tmp_path / "d.csv").write_text(THREE)
    (tmp_path / "d.json").write_text('[{"id": 1, "of": "j"}, {"id": 2, "of": "k"}]')
    (tmp_path / "d.csv.csv").write_text(TWO)
    named = [tmp_path / name for name in ("d.csv", "d.json", "d.csv.csv")]

    said = aiqyn("grade", *named, "--fix", "--lang", "en").stderr
    first = clean_in(tmp_path)
    aiqyn("grade", *named, "--fix", "--lang", "en")

    assert first == {
        "d.csv.clean.csv": THREE,
        "d.json.clean.csv": "id,of\n1,j\n2,k\n",
        "d.csv_2.clean.csv": TWO,
    }
    assert clean_in(tmp_path) == first
    for name in first:
        assert str(tmp_path / name) in said
        assert Path(tmp_path / name).with_suffix(".changes.csv").is_file()


def test_a_folder_mended_again_gets_the_same_names(tmp_path, aiqyn):
    book(tmp_path / "cl.xlsx", ["2025+", "2025-"])
    (tmp_path / "cl.2025_.csv").write_text(TWO)

    aiqyn("grade", tmp_path, "--fix")
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    aiqyn("grade", tmp_path, "--fix")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert sorted(clean_in(tmp_path)) == [
        "cl.2025_.clean.csv",
        "cl.2025__2.clean.csv",
        "cl.2025__3.clean.csv",
    ]


def test_sheets_whose_names_differ_in_signs_alone_are_written_apart(tmp_path):
    done = mend(book(tmp_path / "cl.xlsx", ["2025+", "2025-", "2025.", "ab", "AB "]))

    assert [Path(each.path).name for each in done] == [
        "cl.2025_.clean.csv",
        "cl.2025__2.clean.csv",
        "cl.2025__3.clean.csv",
        "cl.ab.clean.csv",
        "cl.AB_.clean.csv",
    ]
    assert [Path(each.changes_path).name for each in done[:2]] == [
        "cl.2025_.clean.changes.csv",
        "cl.2025__2.clean.changes.csv",
    ]
    for number, each in enumerate(done):
        assert f"of {number}" in Path(each.path).read_text("utf-8")


def test_names_that_begin_alike_are_told_apart_where_they_are_cut(tmp_path):
    long = "b" * 60
    rows = "".join(
        f"<Row><Cell><Data ss:Type='String'>{one}</Data></Cell>"
        f"<Cell><Data ss:Type='String'>{other}</Data></Cell></Row>"
        for one, other in (("id", "word"), ("k", "x"), ("l", "y"))
    )
    sheets = "".join(
        f"<Worksheet ss:Name='{long}{at}'><Table>{rows}</Table></Worksheet>" for at in "12"
    )
    path = tmp_path / "a.xml"
    path.write_text(
        "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
        f"<Workbook xmlns='{SHEETS}' xmlns:ss='{SHEETS}'>{sheets}</Workbook>"
    )

    done = mend(path)

    assert [Path(each.path).name for each in done] == [
        f"a.{long}.clean.csv",
        f"a.{long}_2.clean.csv",
    ]


def test_a_graded_file_is_not_written_over_where_capitals_do_not_count(tmp_path):
    (tmp_path / "d.csv").write_text(THREE)
    (tmp_path / "D.CLEAN.CSV").write_text(TWO)
    (tmp_path / "deep").mkdir()

    paths = [tmp_path / "d.csv", tmp_path / "deep" / ".." / "D.CLEAN.CSV"]
    mend_all([(path, read(path)) for path in paths], "csv", "en")

    assert (tmp_path / "D.CLEAN.CSV").read_text() == TWO
    assert clean_in(tmp_path).keys() >= {"d_2.clean.csv"}
    assert not (tmp_path / "d.clean.csv").exists()


def test_each_of_several_tables_on_a_sheet_is_told_with_its_place(tmp_path, aiqyn):
    lines = ["ауыл,халық", *(f"А{at},{at}5" for at in range(1, 12)), ""]
    lines += ["коды,аудан,саны", *(f"М-{at},Алмалы {at},{at}" for at in range(1, 13))]
    (tmp_path / "a.csv").write_text("\n".join([*lines, ""]), "utf-8")

    said = aiqyn("grade", tmp_path / "a.csv", "--lang", "en").stdout
    page = aiqyn("grade", tmp_path / "a.csv", "--lang", "en", "--format", "html").stdout

    assert "Tables: A1:B12: columns: 2, rows: 11; A14:C26: columns: 3, rows: 12\n" in said
    assert "Key candidates: A1:B12: «ауыл», «халық»; A14:C26: «коды», «аудан», «саны»" in said
    assert "Columns: A14:C26 (3)" in page


def test_a_table_too_wide_to_be_read_is_not_written_and_the_next_file_is(tmp_path, aiqyn):
    wide = ",".join(f"c{at}" for at in range(20_001))
    (tmp_path / "a.csv").write_text(f"{wide}\n{wide.replace('c', '')}\n")
    (tmp_path / "b.csv").write_text(TWO)
    (tmp_path / "c.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600)

    said = aiqyn("grade", tmp_path, "--fix", "--lang", "en").stderr

    assert clean_in(tmp_path) == {"b.clean.csv": TWO}
    assert "a.csv: the file was not read to its end, so no clean copy was written" in said
    assert "c.xls: there is no table to mend." in said
    assert "panicked" not in said


def test_records_beyond_a_limit_are_not_lost_but_nothing_is_written(tmp_path):
    path = book(tmp_path / "a.xlsx", ["A", "B"])

    assert mend(path, limits=Limits(cells=8)) == ()
    assert not read(path, limits=Limits(cells=8)).is_whole
    assert mend(path, limits=Limits(columns=1)) == ()
    assert len(mend(path)) == 2


@pytest.mark.parametrize(("limits", "is_offered"), [(Limits(), True), (Limits(parsed=60), False)])
def test_a_clean_table_is_offered_only_of_a_file_that_was_read_whole(tmp_path, limits, is_offered):
    path = tmp_path / "a.json"
    path.write_text('[{"id": 1, "w": " x"}, {"id": 1, "w": " x"}, {"id": 2, "w": "y"}]')
    edition = edition_on("open_data", date(2026, 11, 20))

    given = grade(read(path, limits=limits), edition=edition, as_of=date(2026, 11, 20))

    told = Told(grade=given, language="en")
    offered = [fault.is_mended for entry in told.broken for fault in told.faults(entry)]
    assert any(offered) is is_offered
    assert "T022" in {entry.finding.rule for entry in told.broken}
