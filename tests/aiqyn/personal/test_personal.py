import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.subjects import personal
from aiqyn.subjects.personal import COARSE, Found, find, hide


def with_check_digit(eleven):
    """The twelfth digit by the rule for IIN and BIN; None where both rows of weights leave 10."""
    first = sum(int(digit) * weight for weight, digit in enumerate(eleven, 1)) % 11
    second = sum(int(digit) * ((weight + 2) % 11 + 1) for weight, digit in enumerate(eleven)) % 11
    rest = first if first < 10 else second
    return eleven + str(rest) if rest < 10 else None


def number_of(beginning):
    """An IIN or BIN that begins so."""
    return next(
        number
        for serial in range(100_000)
        if (number := with_check_digit(f"{beginning}{serial:05}"[:11]))
    )


def kinds(text):
    return [found.kind for found in find(text)]


IIN = number_of("870412300")
CARD = "4111111111111111"  # the number banks publish for tests
ACCOUNT = "KZ86125KZT5004100100"  # the example of the national standard of IBAN


def test_number_that_needs_the_second_row_of_weights_is_an_iin():
    born = [f"9001013{serial:04}" for serial in range(1000)]
    weighed = {each: sum(int(d) * weight for weight, d in enumerate(each, 1)) for each in born}
    eleven = next(each for each in born if weighed[each] % 11 == 10 and with_check_digit(each))

    assert personal.is_iin(with_check_digit(eleven))


@given(st.integers(0, 9999), st.integers(1, 9))
def test_iin_with_one_wrong_digit_at_its_end_is_none(serial, shift):
    number = with_check_digit(f"9001013{serial:04}")
    if number is None:
        return

    wrong = number[:11] + str((int(number[11]) + shift) % 10)

    assert (personal.is_iin(number), personal.is_iin(wrong)) == (True, False)


def test_number_whose_both_rows_leave_ten_is_given_to_nobody():
    nobody = next(
        beginning
        for serial in range(10_000)
        if with_check_digit(beginning := f"9001013{serial:04}") is None
    )

    assert not any(personal.is_iin(f"{nobody}{digit}") for digit in range(10))


@pytest.mark.parametrize(
    ("beginning", "is_iin"),
    [
        ("870412300", True),
        ("000229500", True),  # of a leap year
        ("990229300", False),  # 1999 was none
        ("871312300", False),  # no thirteenth month
        ("870412100", False),  # born in the nineteenth century
        ("870412000", True),  # a foreigner
        ("160440000", False),  # an organisation
    ],
)
def test_iin_has_a_birth_date_and_a_century(beginning, is_iin):
    assert personal.is_iin(number_of(beginning)) is is_iin


@pytest.mark.parametrize(
    ("beginning", "is_bin"),
    [("160440000", True), ("160640002", True), ("161340000", False), ("870412300", False)],
)
def test_number_of_an_organisation_is_told_by_its_fifth_digit(beginning, is_bin):
    assert personal.is_bin(number_of(beginning)) is is_bin


def test_number_of_an_organisation_is_not_personal():
    assert kinds(f"БСН {number_of('160440000')}") == []


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        (IIN, personal.IIN, f"87** ****** {IIN[-2:]}"),
        (f"{IIN[:6]} {IIN[6:]}", personal.IIN, f"87** ****** {IIN[-2:]}"),
        (f"ЖСН {IIN}, Алматы", personal.IIN, f"87** ****** {IIN[-2:]}"),
        ("+7 701 123 45 67", personal.PHONE, "+7 701 *** ** 67"),
        ("8 (701) 123-45-67", personal.PHONE, "+7 701 *** ** 67"),
        ("+77471234567", personal.PHONE, "+7 747 *** ** 67"),
        ("aigul.s@mail.ru", personal.EMAIL, "a***@mail.ru"),
        ("4111 1111 1111 1111", personal.CARD, "4*** **** **** 11"),
        ("5555-5555-5555-4444", personal.CARD, "5*** **** **** 44"),
        ("3782 822463 10005", personal.CARD, "3*** **** **** 05"),
        (ACCOUNT, personal.ACCOUNT, "KZ** **** 00"),
        ("KZ86 125K ZT50 0410 0100", personal.ACCOUNT, "KZ** **** 00"),
        ("GB82WEST12345698765432", personal.ACCOUNT, "GB** **** 32"),
        ("Ахметов Серік Болатұлы", personal.NAME, "А*** С*** Б***"),
        ("АХМЕТОВА АЙГҮЛ СЕРІКҚЫЗЫ", personal.NAME, "А*** А*** С***"),
        ("Айгуль Сериковна Ахметова", personal.NAME, "А*** С*** А***"),
        ("Ким-Ли Виктор Ильич", personal.NAME, "К*** В*** И***"),
        ("Петров-Водкин Кузьма Сергеевич", personal.NAME, "П*** К*** С***"),
    ],
)
def test_personal_data_is_found_and_masked(text, kind, masked):
    found = [(each.kind, each.masked) for each in find(text)]

    assert found == [(kind, masked)]
    assert re.search(COARSE[kind], text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kense@akimat.gov.kz",  # an office
        "8 (7172) 74-12-34",  # a fixed line
        "87991234567",  # no such network
        "4111 1111 1111 1112",
        "9111 1111 1111 1117",  # no card begins so
        "KZ86125KZT5004100101",
        "KZ86125KZT50041001",  # too short for its country
        "1 234 567 890 123,45",
        "87 011 234 567",  # thousands
        f"{IIN[:3]} {IIN[3:6]} {IIN[6:9]} {IIN[9:]}",
        f"{IIN}.5",
        "Абай Құнанбайұлы",  # two words: a street, a school
        "Ахметов С. Б.",
        "Шоқан Шыңғысұлы Уәлиханов атындағы мектеп",
        "улица Ахмета Байтурсыновича Омарова",
        "ул. Иванов Иван Иванович",
        "2025-03-31 10:20:30",
        "43.238949, 76.889709",
    ],
)
def test_what_is_not_personal_is_left_alone(text):
    assert kinds(text) == []


def test_several_numbers_in_one_cell_are_told_apart():
    other = number_of("950101400")

    found = [each.masked[:2] for each in find(f"{IIN} {other} 123456789012")]

    assert found == ["87", "95"]
    assert [each.begin for each in find(f"7 {IIN} 12345")] == [2]


def test_bare_digits_of_a_card_or_a_mobile_number_are_not_sure():
    assert [each.is_sure for text in (CARD, "87011234567") for each in find(text)] == [False] * 2


def test_place_in_the_text_is_told():
    text = f"ЖСН: {IIN}."

    assert list(find(text)) == [
        Found(kind=personal.IIN, begin=5, end=17, masked=personal.mask_iin(IIN))
    ]


def test_hidden_text_keeps_everything_else():
    text = f"Ахметов Серік Болатұлы, {IIN}, +7 701 123 45 67, a@mail.ru"

    assert hide(text) == (f"А*** С*** Б***, 87** ****** {IIN[-2:]}, +7 701 *** ** 67, a***@mail.ru")
    assert hide("Ахметов Серік Болатұлы, a@mail.ru", names=False) == (
        "Ахметов Серік Болатұлы, a***@mail.ru"
    )
    assert hide("Бюджет 2025, 87011234567") == "Бюджет 2025, 87011234567"


@given(st.text(max_size=60))
def test_no_text_breaks_the_search(text):
    hide(text)


def test_runs_of_digits_that_say_nothing_are_passed_over():
    assert list(find("10000000000 5")) == []


@pytest.mark.parametrize(
    "text",
    [
        "+7 (701) 123-45-67",
        "8-701-123-45-67",
        "87011234567",
        "+77011234567",
        "8 701 123 45 6 7",
        "+7 727 123 45 67",
        "8 (701) 123-45-678",
        "8    701 123 45 67",
        "８7011234567",
    ],
)
def test_a_mobile_number_alone_is_told_as_in_any_text(text):
    found = [each for each in personal.find(text) if each.kind == personal.PHONE]
    sure = [each.masked for each in found if each.is_sure]

    assert [masked for masked in [personal.mask_of_phone(text)] if masked] == sure


@pytest.mark.parametrize(
    "text",
    [
        "Ахметов Серік Болатұлы",
        "АХМЕТОВА АЙГҮЛ СЕРІКҚЫЗЫ",
        "Асан Серікұлы Бекұлы-Ан",
        "Иванов-Петров Иван Ильич",
        "Ахметов Серік Болатұлы көшесі",
        "Ахметов Серік",
        "Серік",
    ],
)
def test_a_name_alone_is_told_as_in_any_text(text):
    found = [each for each in personal.find(text) if each.kind == personal.NAME]
    is_whole = [each.begin == 0 and each.end == len(text) for each in found] == [True]

    assert personal.mask_of_name(text) == (found[0].masked if is_whole else "")


def test_a_patronymic_alone_is_masked():
    assert personal.mask_of_name("Болатұлы") == "Б***"
