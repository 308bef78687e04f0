"""What turns out to be no table of its own is left with its neighbour, the others stay apart."""

import csv

import pytest

from aiqyn.subjects.datafile import tables
from aiqyn.subjects.datafile.grid import Grid
from aiqyn.subjects.datafile.limits import LIMITS
from aiqyn.subjects.datafile.model import Area
from aiqyn.subjects.datafile.repair import mend
from aiqyn.subjects.datafile.tables import apart_in

AREAS = ["аудан;халық;жері", "Алмалы;10;5", "Медеу;20;6", "Әуезов;30;9"]
SCHOOLS = ["коды;аудан;күні;саны", *(f"М-{at};Алмалы;2025-01-0{at};{at * 9}" for at in range(1, 7))]
TOTALS = ["аудан;халық;жері", "Барлығы;60;20", "Барлығы;70;30", "Барлығы;80;40"]


def rows(*lines):
    return [line.split(";") if line else [] for line in lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([*SCHOOLS, "", *AREAS, "2-кесте", *TOTALS], [(1, 7, 6), (9, 17, 3)]),
        ([*TOTALS, "2-кесте", *AREAS, "", *SCHOOLS], [(1, 9, 3), (11, 17, 6)]),
        ([*AREAS, "2-кесте", *TOTALS], []),
    ],
)
def test_a_part_without_records_is_joined_to_the_table_above_it_or_below(lines, expected):
    found = apart_in(Grid(rows=rows(*lines), is_typed=False), LIMITS)

    assert [(each.area.top, each.area.bottom, each.rows) for each in found] == expected
    assert [each.area.number for each in found] == [*range(1, len(found) + 1)]


@pytest.mark.parametrize(
    "places",
    [
        [(1, 4, 1, 3), (1, 4, 5, 7)],
        [(1, 4, 5, 7), (1, 4, 1, 3)],
        [(1, 4, 5, 7)],
    ],
)
def test_a_part_without_records_is_not_joined_to_a_table_beside_it(monkeypatch, places):
    areas = [
        Area(number=number, top=top, bottom=bottom, left=left, right=right)
        for number, (top, bottom, left, right) in enumerate(places, 1)
    ]
    monkeypatch.setattr(tables, "areas_of", lambda _: areas)
    lines = [f"{left};;{right}" for left, right in zip(AREAS, TOTALS, strict=True)]

    assert apart_in(Grid(rows=rows(*lines), is_typed=False), LIMITS) == []


def test_tables_with_an_uneven_end_lose_no_row(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["", "Код q1z,Үлесі q2z", *(f"10412{at},q0413{at}z" for at in range(5)), ""]
    lines += ["2-кесте q04139z", "q04140z", "", "Name,Саны,Дата", "204141.25,104142,104143"]
    lines += ["204144.25,104145,104146", "Ескерту: q04147z", "Год,Үлесі,Атауы q8z,Атауы,Дата"]
    lines += ["204149.25,q04150z,-,q04151z сөз,q04152z,q04153z", "q04154z"]
    path.write_text("\n".join([*lines, ""]), "utf-8")

    (done,) = mend(path)

    with (tmp_path / "a.clean.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    assert written[0] == ["Код q1z", "Үлесі q2z", "extra_cells"]
    assert [row[0] for row in written[1:]] == [line.split(",")[0] for line in lines[2:] if line]
    assert done.counts["blank_row"] == 3
