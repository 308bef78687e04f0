"""Personal data in a large file: what is found is what is there, in whatever parts it is read."""

import random
import string

import pytest

from aiqyn.subjects import personal, personal_columns
from aiqyn.subjects.datafile import csv_known, csv_personal
from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.csv_signs import signs_in
from aiqyn.subjects.datafile.csv_text import read_csv


def account(dice):
    said = "125" + "".join(dice.choice(string.ascii_uppercase) for _ in range(13))
    rest = int("".join(str(int(each, 36)) for each in said + "KZ00")) % 97
    return f"KZ{98 - rest:02}{said}"


def digits(dice, begin, count):
    return begin + "".join(dice.choice(string.digits) for _ in range(count - len(begin)))


def twelve(dice, *, is_iin=True):
    """Twelve digits that begin with a birthday, those of a person or others."""
    while True:
        born = f"{dice.randrange(100):02}{dice.randrange(1, 13):02}{dice.randrange(1, 32):02}"
        said = digits(dice, born + dice.choice("3456"), 12)
        if personal.is_iin(said) == is_iin:
            return said


def card(dice):
    begin = dice.choice(["4", "51", "55", "2221", "2720", "34", "62", "2205", "99"])
    return digits(dice, begin, dice.choice([13, 15, 16, 19]))


def name(dice):
    father = dice.choice(["Серикович", "Серікқызы", "СЕРІКҰЛЫ", "Ильич", "Итоговна"])
    behind = dice.choice(["", ".", "»", "я", "\u00a0"])
    return f"Ахметов Асан {father}{behind}"


CELLS = {
    "accounts": account,
    "numbers of persons": twelve,
    "days and months": lambda dice: twelve(dice, is_iin=False),
    "without their zeros": lambda dice: twelve(dice)[dice.randrange(3) :],
    "from a spreadsheet": lambda dice: f"{twelve(dice)}.0",
    "in a text": lambda dice: f"ЖСН {twelve(dice)}",
    "cards": card,
    "mobile": lambda dice: digits(dice, dice.choice(["8701", "7777", "8727", "1234"]), 11),
    "mobile, written out": lambda dice: f"+7 (701) 123-45-{dice.randrange(100):02}",
    "mail": lambda dice: f"a{dice.randrange(99)}@{dice.choice(['mail.ru', 'x.kz'])}",
    "names": name,
    "of few": lambda dice: dice.choice(["1", "7", "3.0", "2.5", " 2", "4 ", "\u00a03", "6.0"]),
    "moments": lambda dice: f"2020-01-15 12:{dice.randrange(60):02}:00",
    "moments, day first": lambda dice: f"15.01.2020 12:{dice.randrange(60):02}",
    "moments with a number": lambda dice: f"2020-01-15T12:30 {twelve(dice)}",
    "digits of other scripts": lambda dice: f"8701２３４５６７{dice.randrange(10)}",
    "very long": lambda dice: digits(dice, "1", 24),
    "mere text": lambda dice: f"№ {dice.randrange(10**6)}",
    "nothing": lambda dice: "",
}
HEADS = ["коды", "ИИН", "ФИО", "саны", "жынысы", "карта"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("quoted", [0.0, 0.1])
def test_parts_find_what_the_whole_finds(tmp_path, seed, quoted):
    dice = random.Random(seed)
    heads = dice.sample(HEADS, 4)
    makers = [dice.sample(list(CELLS.values()), dice.randrange(1, 4)) for _ in heads]
    rows = [[dice.choice(each)(dice) for each in makers] for _ in range(200)]
    lines = [";".join(f'"{x}"' if dice.random() < quoted else x for x in row) for row in rows]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([";".join(heads), *lines, ""]), "utf-8")

    assert read_large(path, name="a.csv", part=5_000) == read_csv(path)


def found_in(path, kind, part=1 << 20):
    troubles = read_large(path, name="a.csv", part=part).tables[0].troubles
    return {each.kind: (each.count, len(each.spots)) for each in troubles}.get(kind)


@pytest.fixture
def column(tmp_path):
    def write(head, cells):
        path = tmp_path / "a.csv"
        lines = [f"{at};{cell};жол" for at, cell in enumerate(cells)]
        path.write_text("\n".join([f"id;{head};pad", *lines, ""]), "utf-8")
        return path

    return write


def test_accounts_are_found_however_many_values_are_remembered(column, monkeypatch):
    dice = random.Random(3)
    addresses = (f"https://e{at}.kz/x" for at in range(2_000))
    path = column("site", [account(dice) if at % 20 == 0 else each
                           for at, each in enumerate(addresses)])  # fmt: skip

    said = []
    for most in (0, 700, 100_000):
        monkeypatch.setattr(csv_known, "MOST", most)
        said.append(read_large(path, name="a.csv", part=9_000))

    assert said == [read_csv(path)] * 3
    assert found_in(path, personal.ACCOUNT) == (100, 100)


def test_numbers_of_persons_are_counted_among_numbers_alike(column, monkeypatch):
    monkeypatch.setattr(csv_personal, "MOST_SPOTS", 10)
    dice = random.Random(4)
    path = column("код", [twelve(dice, is_iin=at % 2 == 0) for at in range(3_000)])

    assert found_in(path, personal.IIN) == (1_500, 10)


@pytest.mark.parametrize(
    ("kind", "head", "cells"),
    [
        (personal.PHONE, "код", ["87011234567", "12345678901"]),
        (personal.CARD, "код", ["4111111111111111", "371449635398431"]),
        (personal.SMALL_GROUP, "саны;жынысы", ["2;ер", "3;әйел"]),
    ],
)
@pytest.mark.parametrize("most", [0, 100_000])  # values that are remembered
def test_what_is_not_shown_is_counted(column, monkeypatch, kind, head, cells, most):
    whole = read_csv(path := column(head, cells * 300)).tables[0].troubles
    monkeypatch.setattr(csv_known, "MOST", most)
    for module in (csv_personal, personal_columns):
        monkeypatch.setattr(module, "MOST_SPOTS", 10)

    count = next(each.count for each in whole if each.kind == kind)

    assert found_in(path, kind) == (count, 10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@b", [1]),
        ("AB12 CD ABC12", [0, 9]),
        ("A12 AB1C", []),
        ("Серикович", [17]),
        ("Сериковичи, вич.", [27]),
        ("№ — 5", []),
        ("日", [0]),
    ],
)
def test_signs_of_personal_data(text, found):
    places = signs_in(bytes(16) + text.encode() + bytes(16)) - 16

    assert places.tolist() == found
