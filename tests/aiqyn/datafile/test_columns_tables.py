"""Further tables under the first one."""

import pytest

from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.csv_parts import read_large

TWO_KINDS = ["Аудан;Күні;Саны", *(f"А{day};2024-01-{day:02d};{day}" for day in range(1, 15))]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (["", "Жыл;Халық", "2020;100", "2021;200"], [(17, "Жыл | Халық")]),
        ([";;", "Жыл;;Халық", "2020;;100", "2021;;200"], [(17, "Жыл | Халық")]),
        (
            ["", "Жыл;Халық", "2020;100", "", "Ай;Саны", "5;6"],
            [(17, "Жыл | Халық"), (20, "Ай | Саны")],
        ),
        (["", "Жыл;Халық", "2020;100", "Б;2024-02-01;5"], [(17, "Жыл | Халық")]),
        (["", "Б;2024-02-01;5", "В;2024-02-02;6"], []),
        ([";;", "Б;;", "В;2024-02-02;6"], []),
        (["", "Жыл;Халық", "көп;аз"], []),
        (["", "", "Жыл;Халық", "", "5;5"], []),
        (["", "Жыл;Халық", "Б;2024-02-01;5"], []),
    ],
)
def test_another_table_below_begins_with_a_header_of_its_own(more, expected):
    table = analyse([line.split(";") for line in [*TWO_KINDS, *more]])
    found = {trouble.kind: trouble.spots for trouble in table.troubles}

    assert [(spot.row, spot.saw) for spot in found.get("several_tables", ())] == expected
    if expected:
        assert "wrong_kind" not in found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a,b", "x,1", "y,2", "", "k,l,m", "u,1,2", "v,3,4", "w,5,6", "t,7,8"], [5]),
        (["a,b,c", "x,n,2", "y,o,3", "", "k,l,2", "u,p,2", "v,q,4"], []),
        (["a,b", "x,1", "y,2", "", "k,l,m", "u,v,w", "v,3,4", "w,5,6", "t,7,8"], []),
        (["a,b", "", "k,l,m", "u,1,2", "v,3,4", "w,5,6"], []),
    ],
)
def test_another_table_that_is_wider_is_told_by_its_width(lines, expected):
    troubles = analyse([line.split(",") for line in lines]).troubles

    rows = [spot.row for each in troubles if each.kind == "several_tables" for spot in each.spots]
    assert rows == expected


def test_another_table_in_a_large_file_is_told_by_what_fits_no_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([*TWO_KINDS, ";;", "Жыл;Өсім;Халық", "x;2024-01-02;5", ""]), "utf-8")

    found = read_large(path, name="a.csv", part=100).tables[0].troubles

    assert [
        (each.spots[0].row, each.spots[0].saw) for each in found if each.kind != "blank_row"
    ] == [(17, "Өсім | Халық")]
