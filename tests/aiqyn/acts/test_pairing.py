"""The Kazakh and the Russian text side by side."""

import pytest

from aiqyn.acts.model import Act, Kind, Unit
from aiqyn.acts.pairing import pair
from aiqyn.acts.pairing_divergences import Divergence, Span, divergences
from aiqyn.acts.pairing_facts import facts
from tests.aiqyn.acts import planted


def stated(text: str, language: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in facts(text, language) if fact.is_sure]


@pytest.mark.parametrize(
    ("kk", "ru", "said"),
    [
        ("он бес жұмыс күні", "пятнадцати рабочих дней", [("term", "15 working_day")]),
        ("15 (он бес) жұмыс күні", "15 (пятнадцати) рабочих дней", [("term", "15 working_day")]),
        ("күнтізбелік отыз күн", "тридцать календарных дней", [("term", "30 calendar_day")]),
        ("үш айлық мерзім", "трёхмесячный срок", [("term", "3 month")]),
        ("екі жүз елу мың теңге", "250 000 тенге", [("sum", "250000 tenge")]),
        ("1,5 млн теңге", "1,5 миллиона тенге", [("sum", "1500000 tenge")]),
        ("мың жүз жиырма бес теңге", "тысяча сто двадцать пять тенге", [("sum", "1125 tenge")]),
        ("он АЕК", "10 месячных расчётных показателей", [("sum", "10 base")]),
        (
            "айлық есептік көрсеткіштің он еселенген мөлшері",
            "10-кратный размер месячного расчётного показателя",
            [("sum", "10 base")],
        ),
        ("0,50 пайыз", "0,5 %", [("percent", "0.5")]),
        ("2026 жылғы 1 қаңтар", "1 января 2026 года", [("date", "2026-01-01")]),
        ("2026 жылғы қаңтар", "январь 2026 года", [("date", "2026-01")]),
        ("1 қаңтарға дейін", "до 1 января", [("date", "--01-01")]),
        ("2026 жылы", "в 2026 году", [("date", "2026")]),
        ("№ 401-V Заң", "Закон № 401-V", [("act", "401-v")]),
        ("V тарау", "глава V", [("reference", "chapter 5")]),
        ("12-1-бап", "статья 12-1", [("reference", "article 12-1")]),
        ("екінші абзац", "второй абзац", [("reference", "paragraph 2")]),
        ("0-тармақ", "пункт 0", [("reference", "point 0")]),
    ],
)
def test_both_languages_state_the_same(kk, ru, said):
    assert stated(kk, "kk") == said
    assert stated(ru, "ru") == said


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Оның құқығы онда көрсетілген тұлға үшін жүзеге асырылады.", "kk"),
        ("десять есе", "kk"),
        ("он есе", "kk"),
        ("Семью можно поддержать с первого дня.", "ru"),
        ("Еженедельный отчёт и многолетний план", "ru"),
        ("31.02.2026-дан", "kk"),
    ],
)
def test_what_only_looks_like_a_number_is_none(text, language):
    assert [fact for fact in stated(text, language) if fact[0] != "number"] == []


@pytest.mark.parametrize(
    "piece", ["1, ", "15 жұмыс күні ", "5 (бес) ", "1", "1-1-", "1.", "(", "бірінші және ", "i "]
)
def test_long_hostile_texts_are_read_to_their_end(piece):
    text = piece * (6_000 // len(piece))

    assert all(0 <= fact.start < fact.end <= len(text) for fact in facts(text, "kk"))
    assert all(0 <= fact.start < fact.end <= len(text) for fact in facts(text, "ru"))


def test_letters_whose_small_form_is_longer_keep_their_places():
    (term,) = [fact for fact in facts("İ 5 жұмыс күні", "kk") if fact.is_sure]

    assert (term.value, term.start, term.end) == ("5 working_day", 2, 14)


def test_planted_divergences_are_told_and_nothing_else():
    found = planted.figures()

    assert found.pairs >= 150
    assert found.precision >= 0.98
    assert found.recall >= 0.95


def test_a_divergence_says_what_stands_where():
    kk, ru = "Мерзімі — 5 жұмыс күні.", "Срок — 10 рабочих дней."

    assert divergences(kk, ru) == (
        Divergence(
            code="term",
            phrase={
                "kk": "Мерзім сәйкес келмейді: қазақ тіліндегі мәтінде — «5 жұмыс күні»,"
                " орыс тіліндегі мәтінде — «10 рабочих дней».",
                "ru": "Расходится срок: в казахском тексте — «5 жұмыс күні»,"
                " в русском — «10 рабочих дней».",
                "en": "The terms differ: “5 жұмыс күні” in the Kazakh text,"
                " “10 рабочих дней” in the Russian one.",
            },
            kk=(Span(10, 22),),
            ru=(Span(7, 22),),
        ),
    )


@pytest.mark.parametrize(
    ("kk", "ru", "codes"),
    [
        ("", " ", []),
        ("", "Текст.", ["empty_kk"]),
        ("Мәтін.", "", ["empty_ru"]),
        ("1-3 тармақтарда", "в пунктах 1, 2 и 3", []),
        ("1, 2 және 3-тармақтарда", "в пунктах 1-3", []),
        ("1-1-тармақта", "в пункте 1-2", ["reference"]),
        ("3–1-тармақтарда", "в пунктах 3–1", []),
        ("V тарауда", "в главе 1-3", ["reference"]),
        ("50 теңге", "50", []),
        ("50", "50 тенге", []),
        ("екі мүше, үш орынбасар", "двое", []),
        ("5 мүше және үш орынбасар", "трое", ["number"]),
        ("2026 жылғы 1 мамыр", "1 мая", []),
        ("1 мамыр", "1 мая 2026 года", []),
        ("2026 жылы", "1 мая 2026 года", ["date"]),
        ("2026 жылы 1 мамырда және 3 маусымда", "1 мая и 3 июня 2026 года", []),
        ("5 жұмыс күні, 2 ай", "7 рабочих дней", ["term", "term"]),
    ],
)
def test_divergences_are_what_one_text_alone_says(kk, ru, codes):
    assert [found.code for found in divergences(kk, ru)] == codes


def unit(kind: Kind, number: int | str, text: str, *children: Unit) -> Unit:
    return Unit(kind=kind, number=str(number), text=text, children=children)


def act(language: str, *units: Unit) -> Act:
    return Act(language=language, title="", units=units)


def rows(kk: Act, ru: Act) -> list[tuple[str, str, list[str]]]:
    return [
        (
            row.kk.eid if row.kk else "",
            row.ru.eid if row.ru else "",
            [found.code for found in row.divergences],
        )
        for row in pair(kk, ru)
    ]


def test_units_are_matched_by_kind_and_number():
    kk = unit(Kind.ARTICLE, 1, "", unit(Kind.POINT, 1, "5 пайыз"), unit(Kind.POINT, 2, "Ереже"))
    ru = unit(Kind.ARTICLE, 1, "", unit(Kind.POINT, 1, "6 процентов"), unit(Kind.POINT, 2, "Норма"))

    assert rows(act("kk", kk), act("ru", ru)) == [
        ("art_1", "art_1", []),
        ("art_1__point_1", "art_1__point_1", ["percent"]),
        ("art_1__point_2", "art_1__point_2", []),
    ]


def test_a_unit_of_one_text_alone_is_told_once_with_what_is_under_it():
    one = unit(Kind.ARTICLE, 1, "Жалпы ережелер")
    two = unit(Kind.ARTICLE, 2, "Тәртіп", unit(Kind.POINT, 1, "Ереже"))
    other = unit(Kind.ARTICLE, 1, "Общие положения")
    second = unit(Kind.ARTICLE, 2, "Порядок", unit(Kind.POINT, 1, "Норма"))

    assert rows(act("kk", one, two), act("ru", other)) == [
        ("art_1", "art_1", []),
        ("art_2", "", ["missing_ru"]),
        ("art_2__point_1", "", []),
    ]
    assert rows(act("kk", one), act("ru", other, second)) == [
        ("art_1", "art_1", []),
        ("", "art_2", ["missing_kk"]),
        ("", "art_2__point_1", []),
    ]


def test_a_unit_left_out_in_the_middle_is_found_though_the_rest_is_renumbered():
    kk = [
        unit(Kind.POINT, 1, "Өтініш 5 жұмыс күні ішінде қаралады."),
        unit(Kind.POINT, 2, "Айыппұл 20 айлық есептік көрсеткішті құрайды."),
        unit(Kind.POINT, 3, "Лицензия үш жылға беріледі."),
        unit(Kind.POINT, 4, "Есеп 1 наурызға дейін ұсынылады."),
    ]
    ru = [
        unit(Kind.POINT, 1, "Заявление рассматривается в течение 5 рабочих дней."),
        unit(Kind.POINT, 2, "Лицензия выдаётся на три года."),
        unit(Kind.POINT, 3, "Отчёт представляется до 1 марта."),
    ]

    assert rows(act("kk", *kk), act("ru", *ru)) == [
        ("point_1", "point_1", []),
        ("point_2", "", ["missing_ru"]),
        ("point_3", "point_2", []),
        ("point_4", "point_3", []),
    ]


def test_units_of_another_kind_are_no_pair():
    kk, ru = act("kk", unit(Kind.NOTE, 1, "Ескерту")), act("ru", unit(Kind.POINT, 1, "Норма"))

    assert rows(kk, ru) == [("note_1", "", ["missing_ru"]), ("", "point_1", ["missing_kk"])]


def test_very_many_units_are_matched_by_their_numbers():
    kk = [unit(Kind.POINT, number, "Ереже") for number in range(1, 202)]
    ru = [unit(Kind.POINT, number, "Норма") for number in range(1, 201)]

    found = rows(act("kk", *kk), act("ru", *ru))

    assert found[:200] == [(f"point_{n}", f"point_{n}", []) for n in range(1, 201)]
    assert found[200:] == [("point_201", "", ["missing_ru"])]


def test_a_unit_whose_unit_above_is_not_there_stands_alone():
    assert rows(act("kk"), act("ru")) == []
