"""Ragged rows of formats that have no kinds of cells: none is lost, none is widened."""

from functools import partial
from pathlib import Path

import pytest

from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.datafile.repair import mend


def test_rows_of_a_page_that_are_wider_than_their_table_are_mended(tmp_path):
    path = tmp_path / "a.html"
    rows = [["аудан", "саны"], *([f"А{at}", f"{at}5"] for at in range(9)), ["А9", "95", "артық"]]
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    path.write_text(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>", "utf-8")

    (done,) = mend(path)

    last = Path(done.path).read_text("utf-8").splitlines()[-1]
    assert (done.rows, last, done.counts) == (10, "А9,95,артық", {"long_row": 1})


def test_a_header_wider_than_its_records_is_told_whole(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["аймақ,саны,,ескертпе", "а,10", "б,20", "в,30,2024,ескі", "г,40", "д,50", ""]
    path.write_text("\n".join(lines), "utf-8")

    (done,) = mend(path, language="ru")

    header, row = done.changes
    assert (header.kind, header.row, header.after) == ("wide_header", 1, '"аймақ","саны"')
    assert header.before == '"аймақ","саны","","ескертпе"'
    assert (row.row, row.before) == (4, '"в","30","2024","ескі"')
    told = Path(done.changes_path).read_text("utf-8").splitlines()[1]
    assert "Строка заголовков шире данных" in told


@pytest.mark.parametrize(
    ("longest", "expected"),
    [
        ("в,30,2024, ескі", ["аймақ,саны,жылы,ескертпе", "а,10,,", "в,30,2024,ескі"]),
        ("в,30,2024", ["аймақ,саны,жылы,ескертпе", "а,10,,", "в,30,2024,"]),
        ("в,30,,,", ["аймақ,саны,жылы,ескертпе", "а,10,,", "в,30,,"]),
        ("в,30", ["аймақ,саны,жылы,ескертпе", "а,10,,", "в,30,,"]),
        (
            "в,30,2024,ескі,артық,5",
            ["аймақ,саны,жылы,ескертпе,extra_cells", "а,10,,,", 'в,30,2024,ескі,"артық,5"'],
        ),
    ],
)
def test_columns_that_most_records_stop_before_keep_their_names(tmp_path, longest, expected):
    path = tmp_path / "a.csv"
    lines = ["аймақ,саны, жылы,ескертпе", "а,10", longest, "г,40", "д,50", "е", ""]
    path.write_text("\n".join(lines), "utf-8")

    (done,) = mend(path, language="ru")

    assert Path(done.path).read_text("utf-8").splitlines()[:3] == expected
    told = Path(done.changes_path).read_text("utf-8")
    assert "Все названия оставлены" in told
    has_spare = "extra_cells" in expected[0]
    assert done.counts == {"short_row": 1, "wide_header": 1} | (
        {"long_row": 1} if has_spare else {}
    ) | ({"untidy_space": 1} if ", " in longest else {})


def test_columns_that_most_records_stop_before_are_written_as_parquet(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["аймақ,саны,жылы", "а,10", "б,20,2024", "в,30", "г,40", ""]
    path.write_text("\n".join(lines), "utf-8")

    (done,) = mend(path, form="parquet")

    assert read(Path(done.path)).tables[0].header == ("аймақ", "саны", "жылы")


@pytest.mark.parametrize("names", ["аймақ,саны,жылы,ескертпе", "аймақ,саны,,ескертпе"])
@pytest.mark.parametrize("reader", [read, partial(read_large, name="a.csv", part=200)])
def test_a_row_as_wide_as_a_header_that_is_wider_than_most_is_right(tmp_path, names, reader):
    """The header is told, once; a large file is read in parts."""
    path = tmp_path / "a.csv"
    rows = "\n".join(f"аймақ-{at},{at + 10}" for at in range(100))
    path.write_text(f"{names}\n{rows}\nв,30,2024,ескі,\nг,40,,,\nд,5,1,2,3\n", "utf-8")

    (table,) = reader(path).tables

    told = {each.kind: (each.count, each.spots[0].row) for each in table.troubles}
    assert told["wide_header"] == (1, 1)
    assert told["long_row"] == (1, 104)
    assert "short_row" not in told
    assert table.rows == 102


def test_a_total_as_wide_as_the_header_leaves_the_table(tmp_path):
    path = tmp_path / "a.csv"
    rows = "\n".join(f"аймақ-{at},{at + 10}" for at in range(9))
    path.write_text(f"аймақ,саны,жылы,ескертпе\n{rows}\nБарлығы,126,,соңы\n", "utf-8")

    (done,) = mend(path)

    assert (done.counts, done.rows) == ({"totals_row": 1, "wide_header": 1}, 9)
