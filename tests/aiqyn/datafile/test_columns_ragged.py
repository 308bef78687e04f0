"""Rows with too few or too many cells: what is wrong in them is told like that of any row."""

import csv
import io

from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.csv_text import read_csv

LINES = [f"{n:03d};Мектеп {n};{n * 3}.5;2024-01-{n % 28 + 1:02d}" for n in range(1, 41)]
HEAD = "код;атауы;сомасы;күні"


def found(*odd):
    """Troubles of a table of forty good rows with these after the tenth."""
    text = "\n".join([HEAD, *LINES[:10], *odd, *LINES[10:]])
    table = analyse(list(csv.reader(io.StringIO(text), delimiter=";")))
    return {
        each.kind: [(spot.row, spot.column, spot.saw, spot.wants) for spot in each.spots]
        for each in table.troubles
    }


def test_cells_of_a_short_row_are_held_against_their_columns():
    assert found("041; Мектеп 41;көп", "042;Мектеп 42;7,5") == {
        "short_row": [(12, 4, "041 | Мектеп 41 | көп", ""), (13, 4, "042 | Мектеп 42 | 7,5", "")],
        "untidy_space": [(12, 2, " Мектеп 41", "Мектеп 41")],
        "wrong_kind": [(12, 3, "көп", "")],
        "decimal_comma": [(13, 3, "7,5", "7.5")],
    }


def test_spare_cells_are_looked_at_without_a_column():
    assert found("041;Мектеп 41;н/д;31.02.2024;; =A1+1;н/д") == {
        "long_row": [(12, 5, "=A1+1 | н/д", "")],
        "missing_word": [(12, 3, "н/д", ""), (12, 7, "н/д", "")],
        "impossible_date": [(12, 4, "31.02.2024", "")],
        "untidy_space": [(12, 6, " =A1+1", "=A1+1")],
        "formula": [(12, 6, " =A1+1", "")],
    }


def test_a_row_that_slid_is_told_once_and_not_cell_by_cell():
    assert set(found("041;Мектеп, екі;жол;бар;5")) == {"long_row"}
    assert set(found("Барлық мектептер бойынша мәлімет")) == {"short_row"}


def test_a_total_among_ragged_rows_is_a_total():
    assert set(found("Барлығы;;900")) == {"short_row", "totals_row"}


def test_people_in_ragged_rows_are_seen_by_their_columns():
    lines = ["ЖСН;аты;телефон", "870412300109;a;5", "870412300119;б;6", "870412300129;в"]
    lines.append("1;г;+7 701 123 45 67;+7 701 123 45 68")
    table = analyse([line.split(";") for line in lines])

    assert {
        each.kind: [(spot.row, spot.column) for spot in each.spots]
        for each in table.troubles
        if each.kind.startswith("personal")
    } == {"personal_iin": [(2, 1), (3, 1), (4, 1)], "personal_phone": [(5, 3), (5, 4)]}


def test_a_large_file_tells_the_same_of_them(tmp_path):
    odd = ["041; Мектеп 41;көп", "042;Мектеп 42;7,5;2024-01-01;н/д", "a", "Барлығы;;900"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEAD, *LINES[:20], *odd, *LINES[20:], ""]), "utf-8")

    assert read_large(path, name="a.csv", part=300) == read_csv(path)
