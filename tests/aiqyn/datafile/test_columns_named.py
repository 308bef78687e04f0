"""Records that go on under the names of a wider header: they are records like any other."""

from pathlib import Path

import pytest

from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.csv_text import read_csv
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.datafile.repair import mend

HEAD = "id,атауы,саны,ескерту,тел"
LINES = [f"{at},Ауыл {at},{at * 3}" for at in range(1, 41)]


@pytest.fixture
def given(tmp_path):
    def write(*rows, before=LINES, head=HEAD):
        path = tmp_path / "a.csv"
        path.write_text("\n".join([head, *before, *rows, ""]), "utf-8")
        return path

    return write


def told(table):
    return {
        each.kind: [(spot.row, spot.column) for spot in each.spots]
        for each in table.troubles
        if each.kind != "wide_header"
    }


def found(path):
    (table,) = read(path).tables
    return told(table)


def test_repeats_among_them_are_told(given):
    path = given("41,Ауыл x,7,жаңа", "41,Ауыл x,7,жаңа,,", "41,Ауыл x,7,ескі", "2,Ауыл y,8,жаңа")

    assert found(path) == {
        "duplicate_key": [(43, 1), (44, 1), (45, 1)],
        "duplicate_row": [(43, 0)],
    }


def test_a_row_that_goes_on_with_blanks_repeats_one_that_ends(given):
    assert found(given("1,Ауыл 1,3,"))["duplicate_row"] == [(42, 0)]


def test_their_cells_are_held_against_the_columns(given):
    path = given("x41,Ауыл x,көп,жаңа", "42, Ауыл y,7,жаңа")

    assert found(path) == {"wrong_kind": [(42, 1), (42, 3)], "untidy_space": [(43, 2)]}


def test_what_stands_under_the_further_names_is_looked_at(given):
    path = given("41,Ауыл x,7, жаңа,+7 701 123 45 67", "42,Ауыл y,8,н/д")

    assert found(path) == {
        "untidy_space": [(42, 4)],
        "personal_phone": [(42, 5)],
        "missing_word": [(43, 4)],
    }


def test_they_are_in_the_figures_of_the_columns(given):
    (table,) = read(given("41,Ауыл x,9000,жаңа")).tables

    assert (table.rows, table.columns[2].greatest, table.columns[2].filled) == (41, "9000", 41)
    assert table.columns[0].is_key


@pytest.mark.parametrize("odd", ["a", '"41",Ауыл,7', "41,Ауыл,7,a,b,c"])
@pytest.mark.parametrize("part", [150, 400, 100_000])
def test_a_large_file_tells_the_same_of_them(given, odd, part):
    rows = ["41,Ауыл x,7,жаңа", "41,Ауыл x,7,жаңа,,", " , ,,", "Барлығы,,900,соңы", "1,Ауыл 1,3,,"]
    rows += [odd, "42,Ауыл z,бес, ескі,+7 701 123 45 67", ",,,", "43,Ауыл w,8,н/д,,,", " ,,,,,,"]
    path = given(*rows, *LINES[:3])

    whole, large = read_csv(path).tables[0], read_large(path, name="a.csv", part=part).tables[0]

    assert large.rows == whole.rows
    assert large.columns == whole.columns
    assert {each.kind: (each.count, each.spots) for each in large.troubles} == {
        each.kind: (each.count, each.spots) for each in whole.troubles
    }


@pytest.mark.parametrize("head", [HEAD, "id,атауы,саны,,тел"])
def test_a_clean_file_repeats_none_of_them(given, head):
    rows = ["41,Ауыл x,7,жаңа"] * 3 + ["1,Ауыл 1,3,", "42,Ауыл x,7,"]
    path = given(*rows, head=head)

    (done,) = mend(path)

    assert (done.rows, done.counts["duplicate_row"]) == (42, 3)
    assert "duplicate_row" not in found(Path(done.path))


def test_a_clean_file_keeps_them_where_nothing_repeats(given):
    (done,) = mend(given("41,Ауыл x,7, жаңа"))

    assert Path(done.path).read_text("utf-8").splitlines()[-1] == "41,Ауыл x,7,жаңа,"
