"""Personal data in what people write: a labelled set, and what every sentence keeps."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.subjects import personal, personal_prose
from aiqyn.subjects.personal_prose import mask


def numbered(beginning: str, passes) -> str:
    """The first number of twelve digits that begins so and passes."""
    found = (f"{beginning}{rest:0{12 - len(beginning)}}" for rest in range(1_000_000))
    return next(each for each in found if passes(each))


def account(bank: str) -> str:
    """An account of Kazakhstan at a bank."""
    found = (f"KZ{check:02}{bank}KZT5004100100" for check in range(2, 99))
    return next(each for each in found if personal.is_account(each))


@cache
def numbers() -> dict[str, str]:
    iin = numbered("870412300", personal.is_iin)
    return {
        "iin": iin,
        "iin_spaced": f"{iin[:6]} {iin[6:]}",
        "wrong": f"{iin[:11]}{(int(iin[11]) + 1) % 10}",
        "bin": numbered("160440000", personal.is_bin),
        "card": "4111111111111111",
        "card_spaced": "5555 5555 5555 4444",
        "account": account("125"),
        "treasury": account("070"),
    }


@cache
def labelled() -> list[tuple[str, list[str]]]:
    rows = yaml.safe_load((Path(__file__).parent / "prose.yaml").read_text(encoding="utf-8"))
    return [
        (row["text"].format_map(numbers()), [each.format_map(numbers()) for each in row["hidden"]])
        for row in rows
    ]


def hidden(text: str) -> list[str]:
    return [text[each.begin : each.end] for each in mask(text).found]


@pytest.mark.parametrize(("text", "expected"), labelled())
def test_sentence_hides_what_is_personal_and_nothing_else(text, expected):
    assert hidden(text) == expected


def test_labelled_set_is_large_and_has_both_sides():
    personal_ones = [text for text, expected in labelled() if expected]

    assert len(labelled()) >= 100
    assert 40 <= len(personal_ones) <= len(labelled()) - 40


def test_masked_text_says_its_kinds_and_keeps_the_rest():
    iin = numbers()["iin"]
    found = mask(f"ИИН {iin}, тел. 87011234567 и 87011234568, почта a@mail.ru.")

    assert found.text == (
        "ИИН **** **** ****, тел. +7 *** *** ** ** и +7 *** *** ** **, почта a***@mail.ru."
    )
    assert found.kinds == (personal.IIN, personal.PHONE, personal.EMAIL)
    assert mask("Бәрі дұрыс").text == "Бәрі дұрыс"


def test_what_is_masked_is_not_found_again():
    for text, _ in labelled():
        once = mask(text).text
        assert mask(once).text == once


@given(st.text(alphabet="0123456789 -+()@.abcИНKZ№", max_size=80))
def test_any_text_is_masked_without_an_error(text):
    found = mask(text)

    places = [(each.begin, each.end) for each in found.found]
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


def test_words_of_the_table_are_small_beginnings():
    told = personal_prose.lore()
    for words in (told.of_person, told.of_telephone, told.of_document, told.of_card):
        assert all(word == word.strip() for word in words)
