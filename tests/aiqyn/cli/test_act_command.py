"""`aiqyn act`: outline and convert."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from aiqyn.acts.reading import read
from aiqyn.cli import main

CASES = Path(__file__).parents[1] / "acts" / "cases"
LAW, ORDER = str(CASES / "law_kk.txt"), str(CASES / "order_ru.txt")


def ran(*arguments):
    return CliRunner().invoke(main, ["act", *arguments])


def test_outline_shows_units_troubles_and_categories():
    result = ran("outline", ORDER, "--lang", "en")

    lines = result.output.splitlines()
    assert (result.exit_code, lines[0]) == (1, "Об утверждении Правил ведения реестра")
    assert "2. Комитету обеспечить:  [point_2]" in lines
    assert lines[-5:] == [
        "",
        "! A number was skipped (¶ 34 5.)",
        "  Check the numbers before this place: a unit may be lost or a number mistyped.",
        "",
        "digital 100%",
    ]


def test_outline_of_a_clean_act_exits_with_zero():
    result = ran("outline", LAW, "--format", "json", "--written-in", "kk")

    assert (result.exit_code, json.loads(result.output)["title"]) == (0, "Қоғамдық бақылау туралы")


def test_outline_of_a_text_without_structure_says_so(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("О сроках\n\n=слово.", encoding="utf-8")

    told = ran("outline", str(path), "--lang", "en").output
    cells = ran("outline", str(path), "--format", "csv").output

    assert "! No article, point or subpoint was recognised\n" in told
    assert cells == "eid,kind,number,marker,text\nal_1,clause,,,'=слово.\n"


@pytest.mark.parametrize(("shape", "begins"), [("docx", b"PK"), ("html", b"<!D"), ("pdf", b"%PDF")])
def test_act_is_converted_with_the_other_language_beside(shape, begins, tmp_path):
    out = tmp_path / "act"

    result = ran("convert", ORDER, "--to", shape, "--beside", LAW, "--out", str(out))

    assert (result.exit_code, out.read_bytes()[: len(begins)]) == (0, begins)


def test_akoma_ntoso_goes_to_standard_output():
    options = ("--to", "akn", "--body", "moj", "--adopted", "--day", "2026-11-22")

    result = ran("convert", ORDER, *options)

    assert read(result.stdout_bytes, "act.xml").title == "Об утверждении Правил ведения реестра"
    assert b"/akn/kz/act/minister_order/moj/2024-03-12/215/rus@2026-11-22" in result.stdout_bytes


def test_akoma_ntoso_without_a_day_is_of_today():
    assert ran("convert", LAW, "--to", "akn").exit_code == 0


def test_akoma_ntoso_holds_one_language():
    result = ran("convert", ORDER, "--to", "akn", "--beside", LAW)

    assert (result.exit_code, "one language" in result.output) == (2, True)


def test_place_that_cannot_be_written_is_named(tmp_path):
    result = ran("convert", ORDER, "--to", "html", "--out", str(tmp_path / "no" / "act.html"))

    assert (result.exit_code, "No such file or directory" in result.output) == (2, True)


def test_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "act.pdf"
    path.write_bytes(b"%PDF-1.7")

    assert ran("outline", str(path)).output == f"aiqyn: {path}: This format is not read here\n"
