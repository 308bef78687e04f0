"""Tables below one another on a sheet: each is written clean into a file of its own."""

from pathlib import Path

import openpyxl
import pytest

from aiqyn.subjects.datafile import repair
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


def test_tables_are_left_together_where_one_has_no_record(tmp_path):
    (done,) = mend(written(tmp_path / "a.csv", [FIRST, [["k", "v", "w"], [1, 2, 3]]]))

    text = "name,amount,extra_cells\na,1,\nb,2,\nc,3,\nk,v,w\n1,2,3\n"
    assert clean([done]) == {"a.clean.csv": text}
    assert "several_tables" in {each.kind for each in done.left}


def test_tables_of_a_large_file_are_left_together_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr(repair, "SMALL", 10)

    (done,) = mend(written(tmp_path / "a.csv", [FIRST, SECOND]))

    assert list(clean([done])) == ["a.clean.csv"]
    assert "several_tables" in {each.kind for each in done.left}
