import random

import pytest

from aiqyn.subjects import personal
from aiqyn.subjects.datafile import model
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.personal_columns import Watch, may_hold, noted, says, scan_cells

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
    codes = [f"991201{number:06}" for number in range(100)]

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


def test_room_of_one_kind_is_not_taken_by_another(monkeypatch):
    monkeypatch.setattr("aiqyn.subjects.personal_columns.MOST_SPOTS", 1)
    watch = Watch("Байланыс", 1)
    watch.add_all([2, 3, 4, 5], ["a@mail.ru", "b@mail.ru", "+7 701 123 45 67", "c@mail.ru"])

    assert {kind: [row for row, _ in places] for kind, places in watch.places.items()} == {
        personal.EMAIL: [2],
        personal.PHONE: [4],
    }
    assert watch.count == {personal.EMAIL: 3, personal.PHONE: 1}


def test_sample_says_whether_a_column_may_hold_any():
    assert may_hold(["Абай", IIN])
    assert not may_hold(["Абай", "610000", "2025-03-31", "12,5"])


def watched(*columns):
    """Watches over columns given as a heading and cells."""
    watches = []
    for number, (heading, cells) in enumerate(columns, 1):
        watch = Watch(heading, number)
        for row, cell in enumerate(cells, 2):
            watch.add(row, cell)
        watches.append(watch)
    return watches


ILLNESS = ("Диагноз", ["I10", "I11", "I12"])
PEOPLE = ("Адам саны", ["3", "40", "1.0"])


def test_group_of_a_few_people_is_told():
    assert noted(watched(ILLNESS, PEOPLE)) == (
        Trouble(
            kind=personal.SMALL_GROUP,
            count=2,
            spots=(
                Spot(row=2, column=2, name="Адам саны", saw="3"),
                Spot(row=4, column=2, name="Адам саны", saw="1.0"),
            ),
        ),
    )


@pytest.mark.parametrize(
    "columns",
    [
        (PEOPLE,),
        (("Мектеп саны жынысы", ["3"]),),
        (ILLNESS, ("Бюджет", ["3"])),
        (ILLNESS, ("Адам саны", ["300"])),
    ],
)
def test_table_without_small_groups_of_people_tells_none(columns):
    assert noted(watched(*columns)) == ()


def test_parts_of_a_column_are_joined():
    whole, further = watched(("Пошта", ["a@mail.ru"]), ("Пошта", ["b@mail.ru", IIN]))

    whole.take(further, above=10)

    assert noted([whole]) == (
        Trouble(
            kind=personal.EMAIL,
            count=2,
            spots=(
                Spot(row=2, column=1, name="Пошта", saw="a***@mail.ru"),
                Spot(row=12, column=1, name="Пошта", saw="b***@mail.ru"),
            ),
        ),
        Trouble(
            kind=personal.IIN,
            spots=(Spot(row=13, column=1, name="Пошта", saw="87** ****** 29"),),
        ),
    )


def test_kind_in_two_columns_is_one_trouble_in_order_of_rows():
    (trouble,) = noted(watched(("А", ["", "a@mail.ru"]), ("Б", ["b@mail.ru", "c@mail.ru"])))

    assert [(spot.row, spot.column) for spot in trouble.spots] == [(2, 2), (3, 1), (3, 2)]


def test_shortest_cell_worth_a_look_depends_on_the_heading():
    assert [watch.shortest for watch in watched(("Өңір", ()), ("ФИО", ()), ("Саны", ()))] == [
        7,
        5,
        1,
    ]


def test_heading_says_what_the_column_holds_by_the_beginning_of_a_word():
    assert says("Жынысы", "group")
    assert says("Пол", "group")
    assert not says("Полис", "group")


def organisation(chance):
    """A number of an organisation, with its check digit."""
    begin = f"{chance.randrange(26):02}{chance.randrange(1, 13):02}{chance.randrange(4, 7)}0"
    while True:
        eleven = f"{begin}{chance.randrange(10**5):05}"
        for digit in range(10):
            if personal.has_check_digit(f"{eleven}{digit}"):
                return f"{eleven}{digit}"


OTHERS = {
    "an organisation": organisation,
    "twelve digits": lambda chance: f"{chance.randrange(10**12):012}",
    "sixteen digits": lambda chance: f"{chance.randrange(10**16):016}",
    "sixteen digits of Visa": lambda chance: f"4{chance.randrange(10**15):015}",
    "a barcode": lambda chance: f"487{chance.randrange(10**10):010}",
    "a moment": lambda chance: f"20250{chance.randrange(1, 10)}31{chance.randrange(10**6):06}",
    "a day and a serial": lambda chance: f"990131{chance.randrange(10**6):06}",
    "money": lambda chance: f"{chance.randrange(10**11):,}".replace(",", " "),
    "eleven digits": lambda chance: f"{chance.randrange(10**11):011}",
    "a fixed line": lambda chance: f"8 (7172) {chance.randrange(10, 99)}-12-34",
    "a paper": lambda chance: f"KZ{chance.randrange(100):02}VPY{chance.randrange(10**8):08}",
    "a school": lambda chance: f"Абай Құнанбайұлы атындағы № {chance.randrange(90)} мектеп",
    "a street": lambda chance: f"улица Ыбырая Алтынсаринова, {chance.randrange(90)}",
}


@pytest.mark.parametrize("what", OTHERS)
def test_column_of_other_values_holds_nothing_personal(what):
    chance = random.Random(20261120)

    assert kinds([OTHERS[what](chance) for _ in range(500)], name=what) == []
