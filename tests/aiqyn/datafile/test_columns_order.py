"""By which columns rows are sorted: the same for a table in memory and one read in parts."""

import pytest

from aiqyn.subjects.datafile import csv_known, csv_parts, csv_source
from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.columns_order import Order
from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.csv_text import read_csv

NAMES = [
    "Абай",
    "Әлия",
    "Бекзат",
    "Ғани",
    "Зере",
    "Қанат",
    "Оспан",
    "Өмір",
    "Ұлан",
    "Ырыс",
    "Іңкәр",
]


def column(cells, name="a", *, typed=False):
    rows = [[name, "b"], *([cell, "x"] for cell in cells)]
    found = analyse(rows, typed=typed).columns[0]
    return found.order, found.breaks, found.break_row


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        ([str(number) for number in range(12)], ("rising", 0, 0)),
        ([str(-number) for number in range(12)], ("falling", 0, 0)),
        ([str(number // 4) for number in range(12)], ("rising", 0, 0)),
        ([f"{number},5" for number in range(8, 20)], ("rising", 0, 0)),
        (
            [f"{day:02d}.{month:02d}.2024" for month in (1, 2) for day in range(1, 20)],
            ("rising", 0, 0),
        ),
        (NAMES, ("rising", 0, 0)),
        ([name.upper() for name in reversed(NAMES)], ("falling", 0, 0)),
        ([f"КТ-{number:03d}" for number in range(12)], ("rising", 0, 0)),
        (["", "н/д", *map(str, range(12))], ("rising", 0, 0)),
        ([*map(str, range(30)), "7", *map(str, range(30, 60))], ("rising", 1, 32)),
        ([str(number) for number in range(9)], ("", 0, 0)),
        (["5"] * 12, ("", 0, 0)),
        ([str(number * 7 % 13) for number in range(12)], ("", 0, 0)),
        ([*map(str, range(40)), *(str(number * 7 % 41) for number in range(40))], ("", 0, 0)),
        (["иә", "жоқ"] * 6, ("", 0, 0)),
        ([f"{month}/{day}/2024" for month in (3, 4) for day in range(8, 20)], ("", 0, 0)),
    ],
)
def test_order_of_a_column(cells, order):
    assert column(cells) == order


def test_numbers_of_a_workbook_have_an_order():
    assert column([1, 2.5, None, *range(3, 15)], typed=True) == ("rising", 0, 0)


def test_breaks_that_are_many_are_no_order():
    order = Order(1)
    order.add(range(1, 31), [*range(10), *range(10), *range(10)])

    assert (order.said, order.breaks, order.row) == (("", 0, 0), 2, 11)


def test_cells_that_say_nothing_leave_nothing():
    order = Order(1)
    order.add((1, 2), (None, None))
    order.join(Order(1))

    assert (order.first, order.said) == (None, ("", 0, 0))


@pytest.fixture
def small_samples(monkeypatch):
    monkeypatch.setattr(csv_source, "HEAD", 2_000)
    monkeypatch.setattr(csv_source, "SAMPLE", 300)
    monkeypatch.setattr(csv_parts, "FROM_HEAD", 40)


def lines():
    for number in range(1, 301):
        day = f"{number // 28 + 1:02d}.{number % 28 + 1:02d}"
        shown = (
            "" if number == 7 else "100000000" if number == 50 else 5 if number == 200 else number
        )
        cells = (f"код-{number:04d}", f"2024.{day}", NAMES[number // 30], number % 7, 300 - number)
        yield ";".join(map(str, (shown, *cells)))


@pytest.mark.parametrize("most", [csv_known.MOST, 3])
@pytest.mark.usefixtures("small_samples")
def test_parts_of_a_large_file_say_the_same(tmp_path, monkeypatch, most):
    monkeypatch.setattr(csv_known, "MOST", most)
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["№;коды;күні;аты;топ;саны", *lines(), ""]), "utf-8")

    small, large = read_csv(path), read_large(path, name="a.csv", part=700)

    said = [(each.order, each.breaks, each.break_row) for each in large.tables[0].columns]
    assert said == [(each.order, each.breaks, each.break_row) for each in small.tables[0].columns]
    assert said == [
        ("rising", 2, 52),
        ("rising", 0, 0),
        ("rising", 0, 0),
        ("rising", 0, 0),
        ("", 0, 0),
        ("falling", 0, 0),
    ]
