from datetime import date

import pytest

from aiqyn.subjects.periods import Period, find, is_year, lacks_year, years_alone

HALF_2016, QUARTER_2018 = date(2016, 6, 30), date(2018, 3, 31)
NINE_2025, YEAR_2024 = date(2025, 9, 30), date(2024, 12, 31)


@pytest.mark.parametrize(
    ("last_day", "texts"),
    [
        (
            HALF_2016,
            (
                "I полугодие 2016",
                "за первое полугодие 2016 года",
                "2016 жылғы 1-жартыжылдық",
                "2016 жылдың бірінші жартыжылдығы",
                "2016 жылғы алты айда",
                "first half of 2016",
            ),
        ),
        (
            QUARTER_2018,
            (
                "Q1 2018",
                "2018 Q1",
                "I кв. 2018 г.",
                "1 квартал 2018 года",
                "в первом квартале 2018 года",
                "2018 жылғы I тоқсан",
                "І тоқсан 2018",
                "2018 жылы 1-ші токсанда",
                "1st quarter of 2018",
                "first quarter 2018",
            ),
        ),
        (
            NINE_2025,
            (
                "за 9 месяцев 2025 года",
                "за девять месяцев 2025 года",
                "2025 жылғы 9 айда",
                "2025 жылдың тоғыз айында",
                "nine months of 2025",
                "январь-сентябрь 2025 года",
                "2025 жылғы қаңтар–қыркүйек",
                "2025 жылдың қаңтар-қыркүйегі",
                "2025 жылдың 9 айының қорытындысы",
                "January - September 2025",
                "I–III кварталы 2025 года",
                "2025 жылғы III тоқсан",
            ),
        ),
        (
            YEAR_2024,
            (
                "за 2024 год",
                "итоги за 2024 г.",
                "2024 жыл бойынша",
                "2024 жылғы есеп",
                "2024 жылдың қорытындысы",
                "in 2024",
                "IV квартал 2024",
                "2 жартыжылдық 2024",
                "12 месяцев 2024 года",
            ),
        ),
    ],
)
def test_period_is_read_however_it_is_written(last_day, texts):
    assert [[each.last_day for each in find(text)] for text in texts] == [[last_day]] * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "V квартал 2025",
        "2025 жыл: 7 тоқсан",
        "3 полугодие 2025",
        "2025 жылғы 19 қараша",
        "постановление 2024 № 5",
        "План на 2026-2028 годы",
        "за 1950 год",
        "тоқсан сайын",
        "",
    ],
)
def test_what_names_no_period_gives_none(text):
    assert list(find(text)) == []


def test_quarters_listed_below_a_year_are_of_that_year():
    text = "2025 жылғы өтініштер: бірінші тоқсан 386, екінші тоқсан 402. 2024: IV тоқсан"

    assert [each.last_day for each in find(text)] == [
        date(2025, 3, 31),
        date(2025, 6, 30),
        date(2024, 12, 31),
    ]


def test_period_keeps_its_words_whole():
    assert list(find("Есеп 2025 жылғы  III тоқсанында шықты")) == [
        Period(last_day=NINE_2025, words="2025 жылғы III тоқсанында")
    ]


def test_quarter_after_a_period_of_its_own_year_is_not_taken_for_it():
    text = "Обзор за I квартал 2025 года. Обзор за II квартал 2024 года"

    assert [each.last_day for each in find(text)] == [date(2025, 3, 31), date(2024, 6, 30)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025 год\nI квартал 2026 года", [date(2026, 3, 31)]),
        ("III квартал 2025 года\n2025 год\nIV квартал 2024 года", [NINE_2025, YEAR_2024]),
        ("2024 жыл\nIV тоқсан\n2025 жыл\n3-тоқсан", [YEAR_2024, NINE_2025]),
        ("№ 2018, за 2024 год", [YEAR_2024]),
        ("За 2024 год\nI квартал 2018 года", [YEAR_2024, QUARTER_2018]),
        ("Отчёт\nза\n2024 год", []),
    ],
)  # fmt: skip
def test_words_of_a_line_are_of_no_year_in_another(text, days):
    assert [each.last_day for each in find(text)] == days


@pytest.mark.parametrize(
    ("lines", "years"),
    [
        (("2025 год", "IV квартал 2024 года"), [2025]),
        (("2025", "Q4 2024"), [2025]),
        (("2025 жыл 1204 880 12,5 %", "2024 ж."), [2025, 2024]),
        (("Обзор обращений граждан, 2025 год (PDF, 120 КБ)",), [2025]),
        (("2025 жылғы өтініштерге шолу",), [2025]),
        (("2025 год", "I квартал", "II квартал"), []),
        (("План на 2025 год", "Отчёт на 2025 год", "2025 год объявлен Годом профессий"), []),
        (("2025-03-12", "I квартал 2025 года", "за 2025 год", ""), []),
    ],
)
def test_years_that_stand_alone_in_a_line_are_told(lines, years):
    assert list(years_alone(lines)) == years


def test_titles_without_a_year_are_told_from_sentences_and_years():
    assert lacking(
        "III квартал", "Обзор за 3 квартал (pdf, 2 МБ)", "I тоқсандағы өтініштерге шолу"
    ) == [True, True, True]
    assert lacking("в I квартале было 100", "I квартал 2026 года", "Обзор") == [
        False, False, False,
    ]  # fmt: skip
    assert [is_year(each) for each in ("2025 жыл", "2026", "За 2025 год")] == [True, True, False]


def lacking(*lines):
    return [lacks_year(each) for each in lines]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I квартал, II квартал, III квартал 2026 года", ["03-31", "06-30", "09-30"]),
        ("I, II и III кварталы 2026 года", ["03-31", "06-30", "09-30"]),
        ("2026 жылғы I, II және III тоқсандар", ["03-31", "06-30", "09-30"]),
        ("1, 2, 3 кв. 2026", ["03-31", "06-30", "09-30"]),
        ("1-тоқсан, 2-тоқсан 2026 жыл", ["03-31", "06-30"]),
        ("поступило 2, в III квартале 2026 года", ["09-30"]),
        ("5, III квартал 2026 года", ["09-30"]),
        ("Приложение 3, 2 квартал 2026", ["06-30"]),
        ("пункт 3, 4 квартал 2026", ["12-31"]),
        ("Кесте 3, 2 тоқсан 2026", ["06-30"]),
        ("3-кесте 1, 2 тоқсан 2026", ["03-31", "06-30"]),
        ("Обзор обращений граждан I, II квартал 2026", ["03-31", "06-30"]),
        ("январь, февраль, 9 месяцев 2026 года", ["09-30"]),
    ],
)
def test_quarters_right_before_one_are_of_its_year(text, days):
    assert [f"{each.last_day:%m-%d}" for each in find(text)] == days
