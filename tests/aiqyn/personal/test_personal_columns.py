import pytest

from aiqyn.subjects import personal
from aiqyn.subjects.datafile import model
from aiqyn.subjects.datafile.model import Column, Spot, Trouble
from aiqyn.subjects.personal_columns import may_hold, says, scan_cells, small_groups

IIN = "870412300129"  # see test_personal.py for the arithmetic
NAMES = ["Ахметов Серік Болатұлы", "Ахметова Айгүл Серікқызы"]


def scanned(cells, name="", number=2):
    return scan_cells(enumerate(cells, 2), name=name, number=number)


def kinds(cells, name=""):
    return [trouble.kind for trouble in scanned(cells, name)]


def test_iin_of_these_tests_is_one():
    assert personal.is_iin(IIN)


def test_iin_is_told_with_its_place_and_masked():
    assert scanned(["", "Абай", IIN], name="Ескерту") == (
        Trouble(
            kind=personal.IIN,
            count=1,
            spots=(Spot(row=4, column=2, name="Ескерту", saw="87** ****** 29"),),
        ),
    )


def test_code_that_fits_by_chance_among_many_is_none():
    codes = [f"9912{number:08}" for number in range(100)]

    assert kinds([*codes, IIN], name="Коды") == []
    assert kinds([*codes, IIN], name="ЖСН") == [personal.IIN]


def test_iin_that_lost_its_zero_in_a_spreadsheet_is_found_under_its_heading():
    short = next(
        number for serial in range(10_000) if personal.is_iin(number := f"0501015{serial:05}")
    ).removeprefix("0")

    assert kinds([f"{short}.0"], name="ИИН") == [personal.IIN]
    assert kinds([short], name="Код") == []


@pytest.mark.parametrize(
    ("cells", "name", "expected"),
    [
        (["4111111111111111"], "Номер", []),
        (["4111111111111111"], "Карта", [personal.CARD]),
        (["4111111111111111", "5555555555554444", "4012888888881881"], "", [personal.CARD]),
        (["4111 1111 1111 1111"], "", [personal.CARD]),
        (["87011234567"], "", []),
        (["87011234567", "87771234567"], "", [personal.PHONE]),
        (["87011234567", *["89991234567"] * 9], "", []),
        (["+7 701 123 45 67"], "", [personal.PHONE]),
        (["a@mail.ru"], "", [personal.EMAIL]),
        (["KZ86125KZT5004100100"], "", [personal.ACCOUNT]),
        (NAMES * 2, "Директор", []),
        (NAMES * 2, "Аты-жөні", [personal.NAME]),
        (NAMES * 6, "Директор", [personal.NAME]),
        (NAMES * 6 + ["мектеп"] * 20, "Директор", []),
        (["Серікұлы"] * 12, "", [personal.NAME]),
        (["Серікұлы"], "Отчество", [personal.NAME]),
    ],
)
def test_column_decides_what_one_cell_cannot(cells, name, expected):
    assert kinds(cells, name) == expected


def test_spots_are_capped_and_the_count_goes_on(monkeypatch):
    monkeypatch.setattr("aiqyn.subjects.personal_columns.MOST_SPOTS", 2)

    (trouble,) = scanned(["a@mail.ru"] * 3)

    assert (trouble.count, len(trouble.spots)) == (3, 2)
    assert model.MOST_SPOTS == 1000


def test_sample_says_whether_a_column_may_hold_any():
    assert may_hold(["Абай", IIN])
    assert not may_hold(["Абай", "610000", "2025-03-31", "12,5"])


COLUMNS = (
    Column(name="Аудан", number=1, kind="text"),
    Column(name="Диагноз", number=2, kind="text"),
    Column(name="Адам саны", number=3, kind="whole"),
)
ROWS = [(2, ["Абай", "I10", "3"]), (3, ["Абай", "I11", "40"]), (4, ["Абай"]), (5, ["А", "I1", "0"])]


def test_group_of_a_few_people_is_told():
    assert small_groups(COLUMNS, ROWS) == Trouble(
        kind=personal.SMALL_GROUP,
        spots=(Spot(row=2, column=3, name="Адам саны", saw="3"),),
    )


def test_small_groups_are_capped(monkeypatch):
    monkeypatch.setattr("aiqyn.subjects.personal_columns.MOST_SPOTS", 1)

    found = small_groups(COLUMNS, ROWS * 2)

    assert (found.count, len(found.spots)) == (2, 1)


@pytest.mark.parametrize("without", [1, 2])
def test_table_that_does_not_count_people_by_such_things_has_no_small_groups(without):
    columns = [each for number, each in enumerate(COLUMNS) if number != without]

    assert small_groups(columns, ROWS) is None


def test_table_of_large_groups_has_no_small_ones():
    assert small_groups(COLUMNS, [(2, ["Абай", "I10", "300"])]) is None


def test_heading_says_what_the_column_holds_by_the_beginning_of_a_word():
    assert says("Жынысы", "group")
    assert says("Пол", "group")
    assert not says("Полис", "group")
