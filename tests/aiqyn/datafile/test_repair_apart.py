"""Tables below one another on a sheet: each is written clean into a file of its own."""

from pathlib import Path

import openpyxl
import pytest

from aiqyn.subjects.datafile import csv_text, delimited
from aiqyn.subjects.datafile.repair import mend

FIRST = [["name", "amount"], ["a", 1], ["b", 2], ["c", 3]]
SECOND = [["region", "area", "people"], [" x", 10, 5], ["y", 20, 6], ["z", 30, 7]]
SPLIT = {
    "a.table_1.clean.csv": "name,amount\na,1\nb,2\nc,3\n",
    "a.table_2.clean.csv": "region,area,people\nx,10,5\ny,20,6\nz,30,7\n",
}


def written(path, tables, merged="D8:D9"):
    rows = [row for table in tables for row in ([], *table)][1:]
    if path.suffix == ".csv":
        path.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n", "utf-8")
        return path
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells(merged)
    book.save(path)
    return path


def clean(done):
    return {
        Path(each.path).name: Path(each.path).read_text("utf-8").replace("\r", "") for each in done
    }


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_tables_below_one_another_are_written_apart(tmp_path, name):
    done = mend(written(tmp_path / name, [FIRST, SECOND]), language="en")

    second = done[1]
    apart = [each for each in second.changes if each.kind == "several_tables"]
    spaces = [each.row for each in second.changes if each.kind == "untidy_space"]
    assert clean(done) == SPLIT
    assert [(each.row, each.before, each.after) for each in apart] == [
        (6, '"region","area","people"', "a.table_2.clean.csv")
    ]
    assert spaces == [7]


def test_what_is_told_of_the_sheet_stays_with_the_table_it_stands_in(tmp_path):
    one, other = mend(written(tmp_path / "a.xlsx", [FIRST, SECOND], "A8:A9"))

    assert "merged_cells" not in {each.kind for each in one.left}
    assert [each.spots[0].row for each in other.left if each.kind == "merged_cells"] == [8]


def test_a_table_under_the_header_of_the_first_is_written_apart(tmp_path):
    done = mend(written(tmp_path / "a.csv", [FIRST, [[" name", "amount"], ["d", 4], ["e", 5]]]))

    assert clean(done) == {
        "a.table_1.clean.csv": "name,amount\na,1\nb,2\nc,3\n",
        "a.table_2.clean.csv": "name,amount\nd,4\ne,5\n",
    }


REGIONS = ["район,название,число", "А,аа,1", "Б,бб,2", "В,вв,3", "Г,гг,4", ""]
PEOPLE = ["имя,улица,дом", "А,аа,1", "Б,бб,2", "В,вв,3", ""]
PLACES = ["Шымкент,Центр,закрыто", "Астана,Север,5", "Орал,Юг,6", "Тараз,Запад,7"]


@pytest.mark.parametrize(
    ("first", "below", "written_below"),
    [
        (REGIONS, PLACES, PLACES),
        (
            PEOPLE,
            ["Иванов,улица Абая,дом,кв", "Петров,улица,3,4"],
            ["Иванов,улица Абая,дом,кв", "Петров,улица,3,4"],
        ),
        (REGIONS, ["Итого,всего,сумма", "a,6,12"], ["Итого,всего,сумма", "a,6,12"]),
        (
            PEOPLE,
            ["Итого,всего,сумма,доля", "a,b,6,12", "c,d,7,13"],
            ["Итого,всего,сумма,доля", "a,b,6,12", "c,d,7,13"],
        ),
        (
            PEOPLE,
            ["Иванов,дом,дом,кв", "a,b,6,12", "c,d,7,13"],
            ["Иванов,дом,дом,кв", "a,b,6,12", "c,d,7,13"],
        ),
        (
            PEOPLE,
            ["k,l,m,n", "u,v,1,2", "w,x,3"],
            ["k,l,m,n", "u,v,1,2", "w,x,3,"],
        ),
    ],
)
def test_records_that_may_be_a_header_stay_in_their_table(tmp_path, first, below, written_below):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([*first, *below, ""]), "utf-8")

    (done,) = mend(path)

    text = clean([done])["a.clean.csv"]
    spare = "," if any(line.count(",") > 2 for line in below) else ""
    expected = [line + spare for line in first[1:-1]]
    expected += [line if line.count(",") > 2 else line + spare for line in written_below]
    assert text.splitlines()[1:] == expected
    assert "several_tables" in {each.kind for each in done.left}


def test_tables_are_left_together_where_a_record_would_become_a_header(tmp_path):
    days = [[at, 2.5, "2024-01-01"] for at in range(1, 5)]

    (done,) = mend(written(tmp_path / "a.csv", [FIRST, [["k", "l", "m"], ["u", 1, "x"], *days]]))

    assert (done.rows, "u,1,x" in clean([done])["a.clean.csv"]) == (9, True)
    assert "several_tables" in {each.kind for each in done.left}


def test_tables_are_left_together_where_one_has_no_record(tmp_path):
    (done,) = mend(written(tmp_path / "a.csv", [FIRST, [["name", "amount"], ["Итого", 5]]]))

    assert clean([done]) == {"a.clean.csv": "name,amount\na,1\nb,2\nc,3\n"}
    assert done.counts == {"blank_row": 1, "repeated_header": 1, "totals_row": 1}


def test_tables_are_left_together_where_one_has_a_single_row(tmp_path):
    (done,) = mend(written(tmp_path / "a.csv", [FIRST, [["k", "v", "w"], [1, 2, 3]]]))

    text = "name,amount,extra_cells\na,1,\nb,2,\nc,3,\nk,v,w\n1,2,3\n"
    assert clean([done]) == {"a.clean.csv": text}
    assert "several_tables" in {each.kind for each in done.left}


def test_tables_of_a_large_file_are_left_together(tmp_path, monkeypatch):
    for module in (csv_text, delimited):
        monkeypatch.setattr(module, "SMALL", 10)

    (done,) = mend(written(tmp_path / "a.csv", [FIRST, SECOND]))

    assert clean([done])["a.clean.csv"].splitlines()[4] == "region,area,people"


def test_a_short_table_above_a_wider_one_is_written_and_so_is_the_wider_one(tmp_path):
    long = [["code", "area", "count"], *([f"c{at}", f"x{at}", at] for at in range(30))]

    first, second = mend(written(tmp_path / "a.csv", [FIRST, long]))

    assert clean([first]) == {"a.table_1.clean.csv": SPLIT["a.table_1.clean.csv"]}
    assert (first.counts, second.rows, second.counts) == ({}, 30, {"several_tables": 1})


def test_tables_side_by_side_are_written_apart_and_changes_keep_their_places(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "name,amount,,region,area,,\na,1,,x ,10,,\nb,2,,y,н/д,,\nc,3,,z,30,,\nd,4,,,,,\n", "utf-8"
    )

    first, second = mend(path)

    assert clean([first, second]) == {
        "a.table_1.clean.csv": "name,amount\na,1\nb,2\nc,3\nd,4\n",
        "a.table_2.clean.csv": "region,area\nx,10\ny,\nz,30\n",
    }
    changes = [(each.kind, each.row, each.column, each.before) for each in second.changes]
    assert changes == [
        ("several_tables", 1, 4, '"region","area"'),
        ("untidy_space", 2, 4, "x "),
        ("missing_word", 3, 5, "н/д"),
    ]
    assert (first.left, second.left) == ((), ())


def test_blank_columns_of_a_table_aside_are_left_out(tmp_path):
    path = tmp_path / "a.csv"
    rows = ["a,1,,x,,10", "b,2,,y,,20", "c,3,,z,,30", "d,4,,,,"]
    path.write_text("\n".join(["name,amount,,region,,area", *rows, ""]), "utf-8")

    (done,) = mend(path)

    assert clean([done])["a.clean.csv"].splitlines()[1] == "a,1,x,10"
