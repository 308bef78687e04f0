from datetime import UTC, date, datetime

import pytest

from aiqyn.calendar import (
    Calendar,
    Extension,
    HandOver,
    Moved,
    Source,
    Suspension,
    Term,
    local_date,
    reckon,
)
from aiqyn.calendar.saying import amount, weekdays
from aiqyn.calendar.term import parse
from aiqyn.errors import InputError
from aiqyn.text import Text

CALENDAR = Calendar.load()
READ = Term(5, source="https://example.kz/act", verified=True)


def spoken(start: date, term: Term, language: str = "en", **others: object) -> list[str]:
    return [step.words[language] for step in reckon(start, term, CALENDAR, **others).steps]


def test_reckoning_is_said_step_by_step() -> None:
    assert spoken(
        date(2025, 10, 20),
        Term(5),
        extensions=[Extension(2, "More papers")],
        suspensions=[Suspension(date(2025, 10, 22), date(2025, 10, 24))],
        hand_overs=[HandOver(date(2025, 10, 21), Text({"en": "Ministry of Roads"}))],
    ) == [
        (
            "The term begins on 20 October 2025. Days are counted from the next one,"
            " 21 October 2025 (Tuesday)."
        ),
        "Handed over to Ministry of Roads on 21 October 2025; the term goes on.",
        (
            "The clock stood from 22 October 2025 and went on from 24 October 2025:"
            " 2 days not counted."
        ),
        "5 working days counted: from 21 October 2025 to 30 October 2025 (Thursday).",
        "Extended by 2 working days: from 31 October 2025 to 3 November 2025 (Monday).",
        "The last day of the term is 3 November 2025 (Monday).",
    ]


def test_reckoning_is_said_in_kazakh_with_its_cases() -> None:
    assert spoken(date(2025, 10, 24), Term(1), "kk") == [
        (
            "Мерзімнің басы — 2025 жылғы 24 қазан. Күндер келесі күннен,"
            " яғни 2025 жылғы 25 қазаннан (сенбі) бастап саналады."
        ),
        (
            "1 жұмыс күні саналады: 2025 жылғы 25 қазаннан бастап,"
            " соңғысы — 2025 жылғы 28 қазан (сейсенбі)."
        ),
        "Мерзімнің соңғы күні — 2025 жылғы 28 қазан (сейсенбі).",
    ]


def test_days_passed_over_are_named_with_the_reason() -> None:
    step = reckon(date(2025, 10, 24), Term(1), CALENDAR).steps[1]

    assert [each.words["ru"] for each in step.days] == [
        "25 октября 2025 г. (суббота) — праздник: День Республики",
        (
            "27 октября 2025 г. (понедельник) — выходной:"
            " праздник 25 октября 2025 г. (День Республики) выпал на выходной"
        ),
    ]
    assert step.weekends == 1


def test_day_off_given_by_an_order_is_said_so() -> None:
    source = Source(Text({"en": "Order"}))
    given = Calendar.load(entered=[Moved(rest=date(2025, 10, 22), verified=True, source=source)])

    step = reckon(date(2025, 10, 21), Term(1), given).steps[1]

    assert [each.words["en"] for each in step.days] == [
        "22 October 2025 (Wednesday): day off given by an order"
    ]


@pytest.mark.parametrize(
    ("start", "term", "said"),
    [
        (
            date(2025, 1, 31),
            Term(1, "months", "stay"),
            (
                "1 month counted: that month has no such day, so the term ends on its last one,"
                " 28 February 2025 (Friday)."
            ),
        ),
        (
            date(2025, 9, 15),
            Term(1, "months", "stay"),
            (
                "1 month counted: the term ends on the same day of the month, 15 October 2025"
                " (Wednesday)."
            ),
        ),
        (
            date(2025, 9, 15),
            Term(3, "weeks", "stay"),
            "3 weeks counted: from 16 September 2025 to 6 October 2025 (Monday).",
        ),
    ],
)
def test_months_and_weeks_are_said_as_they_are_counted(start: date, term: Term, said: str) -> None:
    assert spoken(start, term)[1] == said


@pytest.mark.parametrize(
    ("when_off", "said"),
    [
        ("next", ("25 October 2025 (Saturday) is not a working day, so the term ends on the next"
         " one: 28 October 2025 (Tuesday).")),
        ("before", ("25 October 2025 (Saturday) is not a working day, and this term ends on the one"
         " before: 24 October 2025 (Friday).")),
        ("stay", "25 October 2025 (Saturday) is not a working day, but this term does not move."),
    ],
)  # fmt: skip
def test_end_on_a_day_off_is_said(when_off: str, said: str) -> None:
    assert spoken(date(2025, 10, 15), Term(10, "calendar", when_off))[2] == said


def test_clock_that_stands_has_no_date_and_says_what_is_left() -> None:
    reckoning = reckon(
        date(2025, 9, 15), Term(5), CALENDAR, suspensions=[Suspension(date(2025, 9, 18))]
    )

    assert (reckoning.due, reckoning.left) == (None, 3)
    assert [step.words["en"] for step in reckoning.steps[1:]] == [
        "The clock has stood since 18 September 2025 and has not gone on yet.",
        "The term is 5 working days; while the clock stands, its last day is not known.",
    ]


def test_extension_of_a_clock_that_stands_is_said_without_a_date() -> None:
    reckoning = reckon(
        date(2025, 9, 15),
        Term(5),
        CALENDAR,
        extensions=[Extension(2, "Сарапшы керек")],
        suspensions=[Suspension(date(2025, 9, 18))],
    )

    assert (reckoning.due, reckoning.left) == (None, None)
    assert reckoning.steps[-1].words["en"] == (
        "Extended by 2 working days; while the clock stands, its last day is not known."
    )
    assert reckoning.steps[-1].reason == "Сарапшы керек"


def test_term_and_days_that_are_read_leave_nothing_to_note() -> None:
    assert reckon(date(2025, 9, 15), READ, CALENDAR).is_certain


@pytest.mark.parametrize(
    ("start", "term", "notes"),
    [
        (date(2025, 9, 15), Term(5), ["unverified_term"]),
        (date(2024, 5, 3), READ, ["unverified_days"]),
        (date(2025, 12, 30), READ, ["moves_unknown"]),
        (date(2031, 9, 15), READ, ["moves_unknown"]),
    ],
)
def test_what_is_not_certain_is_noted(start: date, term: Term, notes: list[str]) -> None:
    assert [note.what for note in reckon(start, term, CALENDAR).notes] == notes


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("15 working days", Term(15)),
        ("1 business day", Term(1)),
        ("15 рабочих дней", Term(15)),
        ("15 Жұмыс  күні", Term(15)),
        ("10 days", Term(10, "calendar")),
        ("10 календарных дней", Term(10, "calendar")),
        ("10 күнтізбелік күн", Term(10, "calendar")),
        ("2 апта", Term(2, "weeks")),
        ("1 месяц", Term(1, "months")),
        ("1 ай", Term(1, "months")),
        ("3 года", Term(3, "years")),
    ],
)
def test_term_is_read_from_words(words: str, term: Term) -> None:
    assert parse(words) == term


@pytest.mark.parametrize("words", ["", "soon", "days", "15", "٣ days", "999999 days", "5 moons"])
def test_words_that_are_no_term_are_refused(words: str) -> None:
    with pytest.raises(InputError, match="is not like"):
        parse(words)


@pytest.mark.parametrize(("count", "unit"), [(0, "working"), (2601, "working"), (11, "years")])
def test_term_of_nothing_or_too_long_is_refused(count: int, unit: str) -> None:
    with pytest.raises(InputError, match="ten years"):
        Term(count, unit)


def test_extension_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="ten years"):
        Extension(0)


def test_suspension_cannot_end_before_it_begins() -> None:
    with pytest.raises(InputError, match="2025-01-01 is before 2025-01-02"):
        Suspension(date(2025, 1, 2), date(2025, 1, 1))


@pytest.mark.parametrize("term", [Term(10, "years"), Term(2600)])
def test_term_beyond_the_last_year_is_refused(term: Term) -> None:
    with pytest.raises(InputError, match="9999"):
        reckon(date(9998, 12, 31), term, CALENDAR)


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 рабочий день"), (3, "3 рабочих дня"), (11, "11 рабочих дней"), (22, "22 рабочих дня")],
)
def test_russian_amounts_agree_with_their_number(count: int, said: str) -> None:
    assert amount(count, "working")["ru"] == said


@pytest.mark.parametrize(
    ("instant", "place", "day"),
    [
        (datetime(2025, 1, 1, 18, 59, tzinfo=UTC), "almaty", date(2025, 1, 1)),
        (datetime(2025, 1, 1, 19, 0, tzinfo=UTC), "almaty", date(2025, 1, 2)),
        (datetime(2025, 1, 1, 19, 0, tzinfo=UTC), "aqtau", date(2025, 1, 2)),
        (datetime(2024, 2, 28, 18, 0, tzinfo=UTC), "almaty", date(2024, 2, 29)),
        (datetime(2024, 2, 28, 18, 30, tzinfo=UTC), "aqtau", date(2024, 2, 28)),
        (datetime(2018, 1, 1, 18, 30, tzinfo=UTC), "qyzylorda", date(2018, 1, 2)),
    ],
)
def test_midnight_comes_to_almaty_and_aqtau_together_only_since_2024(
    instant: datetime, place: str, day: date
) -> None:
    assert local_date(instant, place) == day


def test_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InputError, match="names no time zone"):
        local_date(datetime(2025, 1, 1))  # noqa: DTZ001 — the point


def test_place_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="there are almaty, aqtau"):
        local_date(datetime(2025, 1, 1, tzinfo=UTC), "atlantis")


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("kk", "дүйсенбі", "жексенбі"),
        ("ru", "понедельник", "воскресенье"),
        ("en", "Monday", "Sunday"),
    ],
)
def test_week_begins_on_monday_in_every_language(language: str, first: str, last: str) -> None:
    days = weekdays(language)

    assert (days[0], days[-1], len(days)) == (first, last, 7)
