"""Hours from one to another are read however they are written; ages, days and houses are none."""

import time

import pytest

from aiqyn.subjects.clock import BARE, SPAN, tells_span
from aiqyn.subjects.dashes import level


@pytest.mark.parametrize(
    "text",
    [
        "с 9 до 18", "с 9-00 до 18-00 ч.", "с 9:00 до 18:30", "с 9 ч. до 18 ч.",
        "с 9 утра до 18 часов",
        "с 10ч.00мин. до 12ч.00мин.", "от 9.00 до 18.30", "9-дан 18-ге дейін",
        "сағат 9-00-ден 18-30-ға дейін",
        "9.00-ден 18.30-ға дейін", "9 дан 18 ге дейін", "9 to 18.30", "from 9 am to 6 pm",
        "с девяти до восемнадцати часов", "с десяти утра до полудня", "с двенадцати до тринадцати",
        "тоғыздан он сегізге дейін", "оннан он екіге дейін", "тоғыздан бастап он сегізге дейін",
        "оннан кешкі алтыға дейін", "from ten to noon", "nine a.m. to twelve",
    ],
)  # fmt: skip
def test_hours_are_read_in_figures_and_words(text):
    assert tells_span(f"понедельник: {text}; сенбі")
    assert SPAN.search(text)


@pytest.mark.parametrize("text", ["9:00-18:30", "9-00 – 18-00", "09.00 — 18.30", "9-00-18-00"])
def test_hours_that_a_dash_joins_tell_minutes(text):
    assert SPAN.search(text)
    assert not tells_span(text)  # patterns.py reads each of them by itself


@pytest.mark.parametrize(
    "text",
    [
        "с 9 до 18 лет", "с 1 до 15 декабря", "с 5 до 10 человек", "с 10.12 до 15.12",
        "от 5 до 10 тыс.",
        "с пяти до десяти лет", "10-нан 20-ға дейін адам", "5-тен 10-ға дейінгі жас",
        "20 to 24 people",
        "2-20-30, 15-20-30", "с 20 до 35", "бестен онға дейін жас", "2020 to 2024", "кабинет 9-18",
    ],
)  # fmt: skip
def test_ages_days_and_numbers_are_no_hours(text):
    assert not SPAN.search(text)
    assert not tells_span(f" {text} ")


def test_bare_hours_are_known_beside_a_word_for_them_alone():
    assert BARE.search("пн-пт 9-18")
    assert not BARE.search("2-20-01")
    assert not BARE.search("9-18 лет")


def test_four_digits_are_hours_where_a_clock_may_show_them():
    assert BARE.search("сб 1500-1700")
    assert BARE.search("0900 – 1830")
    for text in ("1990-2010", "2010-2020", "1500-1700 тенге", "1560-1700", "11500-1700"):
        assert not BARE.search(text)


def test_dashes_that_look_like_a_hyphen_become_one():
    assert level("Пн\u2011Пт 9\u221200 – 18‒30") == "Пн-Пт 9-00 – 18-30"
    assert level("Пн-Пт") == "Пн-Пт"


@pytest.mark.parametrize("piece", ["с 9 до ", "1-1-", "с двух до ", "оннан ", "9 ч. "])
def test_text_made_to_be_read_for_ever_is_read_in_no_time(piece):
    text = piece * (100_000 // len(piece))
    started = time.process_time()

    SPAN.search(text)
    tells_span(text)

    assert time.process_time() - started < 2
