"""What lines open, where stamps and signatures stand, which numbers are doubtful."""

import pytest
from msgspec.structs import replace

from aiqyn.acts import Kind, paragraphs
from aiqyn.acts.model import Trouble
from aiqyn.acts.reading import read
from aiqyn.acts.reading.counting import lettered, roman, written
from aiqyn.acts.reading.lines import Line, Sheet
from aiqyn.acts.structure import act_of
from aiqyn.acts.structure.openers import opener, plain


def opened(text, *, is_heading=False):
    found = opener(Line(text=text, is_heading=is_heading))
    return (found.kind.value, found.number, found.marker, found.rest) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-тарау. Жалпы ережелер", ("chapter", "1", "1-тарау.", "Жалпы ережелер")),
        ("1 тарау. Жалпы", ("chapter", "1", "1 тарау.", "Жалпы")),
        ("12-1-бап. Мерзім", ("article", "12-1", "12-1-бап.", "Мерзім")),
        ("5–1-бап. Мерзім", ("article", "5-1", "5–1-бап.", "Мерзім")),
        ("2-БӨЛІМ", ("section", "2", "2-БӨЛІМ", "")),
        ("ІІ бөлім. Негізгі", ("section", "II", "ІІ бөлім.", "Негізгі")),
        ("БІРІНШІ БӨЛІМ. НЕГІЗ", ("section", "1", "БІРІНШІ БӨЛІМ.", "НЕГІЗ")),
        ("1-кіші бөлім. Негіз", ("subsection", "1", "1-кіші бөлім.", "Негіз")),
        ("3-параграф. Тәртіп", ("subchapter", "3", "3-параграф.", "Тәртіп")),
        ("Глава 2. Порядок", ("chapter", "2", "Глава 2.", "Порядок")),
        ("ГЛАВА 2-1 ПОРЯДОК", ("chapter", "2-1", "ГЛАВА 2-1", "ПОРЯДОК")),
        ("Статья 5-1. Срок", ("article", "5-1", "Статья 5-1.", "Срок")),
        ("Статья 5¹. Срок", ("article", "5-1", "Статья 5¹.", "Срок")),
        ("Раздел II.", ("section", "II", "Раздел II.", "")),
        ("Раздел первый. Основы", ("section", "1", "Раздел первый.", "Основы")),
        ("Подраздел 3. Основы", ("subsection", "3", "Подраздел 3.", "Основы")),
        ("§ 2. Срок", ("subchapter", "2", "§ 2.", "Срок")),
        ("Параграф 1. Срок", ("subchapter", "1", "Параграф 1.", "Срок")),
        ("Часть 1. Общая", ("part", "1", "Часть 1.", "Общая")),
        ("ОБЩАЯ ЧАСТЬ", ("part", "", "ОБЩАЯ ЧАСТЬ", "")),
        ("1. Слово", ("point", "1", "1.", "Слово")),
        ("1.Слово", ("point", "1", "1.", "Слово")),
        ("1-1. Слово", ("point", "1-1", "1-1.", "Слово")),
        ("7.", ("point", "7", "7.", "")),
        ("1.2. слово", ("point", "1.2", "1.2.", "слово")),
        ("1.2 Слово", ("point", "1.2", "1.2", "Слово")),
        ("12-1) слово", ("subpoint", "12-1", "12-1)", "слово")),
        ("1)слово", ("subpoint", "1", "1)", "слово")),
        ("а) слово", ("subpoint", "а", "а)", "слово")),
        ("ә) сөз", ("subpoint", "ә", "ә)", "сөз")),
        ("1.5 процента", None),
        ("12.03.2024 принято", None),
        ("2024 жылғы 12 наурыз", None),
        ("5-бап алып тасталсын;", None),
        ("5-баптың 1-тармағы", None),
        ("Статья 5 Закона исключается", None),
        ("Статья 5 исключена", None),
        ("Глава 2 Закона излагается в редакции:", None),
        ("Главами 2 и 3 установлено", None),
        ("аб) слово", None),
        ("слово", None),
        ("", None),
    ],
)
def test_line_opens_what_it_says(text, expected):
    assert opened(text) == expected


def test_heading_without_a_full_stop_opens_an_article_when_it_looks_like_one():
    assert opened("Статья 5 Срок", is_heading=True) == ("article", "5", "Статья 5", "Срок")


def test_numbers_are_plain():
    assert [plain(one) for one in ("5–1", "5‑1", "5¹²", "ІХ")] == ["5-1", "5-1", "5-12", "IX"]


def test_figures_of_lists_are_written_as_word_writes_them():
    forms = ("decimalZero", "lowerRoman", "upperRoman", "russianUpper", "none", "what")

    assert [written(4, form) for form in forms] == ["04", "iv", "IV", "Г", "", "4"]
    assert (roman(1994), lettered(29, "абв"), written(0, "upperRoman"), written(10_001, "x")) == (
        "MCMXCIV",
        "бббббббббб",
        "0",
        "10001",
    )


def act(text, **looks):
    lines = tuple(
        Line(text=line, where=f"¶ {number}", **looks)
        for number, line in enumerate(text.strip().split("\n"), 1)
    )
    return act_of(Sheet(lines=lines), "ru")


def told(found):
    return [(one.eid, one.text) for one in paragraphs(found)]


@pytest.mark.parametrize(
    ("text", "troubles"),
    [
        ("1. а\n2. б\n2-1. в\n2-2. г\n3. д\n1) е\n1-1) ж\n2) з", []),
        ("1. а\n3. б", [("number_skipped", "3.")]),
        ("1. а\n1. б", [("number_repeated", "1.")]),
        ("1. а\n2. б\n1. в", [("number_repeated", "1.")]),
        ("3. а", [("number_skipped", "3.")]),
        ("1. а\n2-2. б", [("number_skipped", "2-2.")]),
        ("1. а\n1) б\n4) в\n2. г\n1) д", [("number_skipped", "4)")]),
        ("Статья 1. А\n1. а\nСтатья 2. Б\n1. а", []),
        ("Глава 1. А\n1. а\nГлава 2. Б\n2. б\nГлава 3. В\n5. в", [("number_skipped", "5.")]),
        ("Раздел I. А\nРаздел II. Б\nРаздел IV. В", [("number_skipped", "Раздел IV.")]),
        ("Раздел 1. А\nСтатья 1. А\nРаздел 2. Б\nСтатья 2. Б", []),
        ("1. а:\nа) б\nв) г", []),
        ("1. а\nПриложение 1\n1. б\nПриложение 2\n1. в", []),
    ],
)
def test_numbers_that_do_not_follow_are_told(text, troubles):
    found = act(f"О сроках\n{text}").troubles

    assert [(one.code, one.saw) for one in found] == troubles


@pytest.mark.parametrize(
    ("quotation", "inside", "code"),
    [
        ("«1. а\n2. б»;", 2, None),
        ('"1. а\n2. "б" в".', 2, None),
        ("“1. а\n2. б”;", 2, None),
        ("«Приложение 1\nк приказу»;", 2, None),
        ("«1. «а\n2. б»;", 2, "quote_unbalanced"),
        ("«1. а\n2. б", 1, "quote_not_closed"),
    ],
)
def test_words_of_another_act_are_not_its_own_structure(quotation, inside, code):
    found = act(f"О поправках\n1. Изложить в редакции:\n{quotation}\n2. Опубликовать.")

    own = [one for one in paragraphs(found) if one.eid.startswith("point_1__al")]
    assert len(own) == inside
    assert [one.code for one in found.troubles if one.code.startswith("quote")] == [code][
        : bool(code)
    ]


def test_quotation_may_begin_at_the_end_of_a_line():
    found = act("О поправках\n1. Пункт 5 изложить: «5. а\n6. б».\n2. Опубликовать.")

    assert told(found) == [
        ("point_1", "Пункт 5 изложить: «5. а"),
        ("point_1__al_1", "6. б»."),
        ("point_2", "Опубликовать."),
    ]


@pytest.mark.parametrize(
    "stamp",
    [
        "Приложение 1\nк приказу Министра юстиции\nот 12 марта 2024 года\n№ 215",
        "Приложение № 1\nк приказу\nМинистра юстиции\nРеспублики Казахстан\n№ 215",
        "ПРИЛОЖЕНИЕ 1\nк Правилам",
        "Министрдің\n2024 жылғы 12 наурыздағы\n№ 215 бұйрығына\n1-қосымша",
        "Ережеге 1-қосымша",
        "1-қосымша\nНысан",
    ],
)
def test_stamp_of_an_appendix_is_read_whole(stamp):
    found = act(f"О сроках\n1. Утвердить.\n{stamp}\nФорма заявления\n1. Имя.").units[1:]

    assert [(one.kind, one.number, one.marker, one.heading) for one in found] == [
        (Kind.APPENDIX, "1", stamp.replace("\n", " "), "Форма заявления")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Приложение 1 изложить в новой редакции",
        "приложение к приказу",
        "Приложение к приказу изложить так:",
        "УТВЕРЖДАЮ",
        "Құжатқа қоса берілген қосымша.",
    ],
)
def test_words_about_an_appendix_open_none(line):
    found = act(f"О сроках\n1. Утвердить.\n{line}\n2. Опубликовать.")

    assert [one.kind for one in found.units] == [Kind.POINT, Kind.POINT]


def test_kazakh_word_after_lines_that_name_no_act_takes_none_of_them():
    found = act("О сроках\n1. Утвердить.\nТізім\nКесте\n1-қосымша", is_apart=True)

    assert found.troubles == ()
    assert [one.kind for one in found.units] == [Kind.POINT]


def test_file_that_is_an_appendix_has_its_stamp_over_the_title():
    found = act(
        "Проект\nПриложение\nк приказу Министра\nот 1 мая 2026 года № 5\nПравила\n1. Слово."
    )

    assert (found.title, found.above) == (
        "Правила",
        ("Проект", "Приложение", "к приказу Министра", "от 1 мая 2026 года № 5"),
    )


def test_what_stands_over_a_title_is_known_by_its_words():
    found = act("Қазақстан Республикасының Әділет министрлігі\nАстана қаласы\nЕреже\n1. Сөз.")

    assert (found.title, found.above) == (
        "Ереже",
        ("Қазақстан Республикасының Әділет министрлігі", "Астана қаласы"),
    )


def test_letterhead_laid_out_as_a_table_stands_over_the_title():
    names = Line(rows=(("Әділет\nминистрлігі", "", "Министерство юстиции"),))

    found = act_of(Sheet(lines=(names, Line(text="О сроках"), Line(text="1. Слово."))), "ru")

    assert (found.title, found.above) == (
        "О сроках",
        ("Әділет министрлігі", "Министерство юстиции"),
    )


def test_spaced_word_over_a_title_names_the_type():
    found = act("П Р И К А З\n«__» ______ 2026 года № ___\nг. Астана\nО сроках\n1. Слово.")

    assert (found.kind_of_act, found.number, found.title) == ("minister_order", "", "О сроках")


def test_act_without_a_title_says_so():
    found = act("Осы бұйрық бекітілсін:\n1. Сөз.")

    assert (found.title, found.troubles) == ("", (Trouble(code="no_title", where=""),))
    assert told(found) == [("preamble_1", "Осы бұйрық бекітілсін:"), ("point_1", "Сөз.")]


def test_preamble_may_have_paragraphs_tables_and_notes():
    lines = [
        Line(text="О сроках"), Line(text="Настоящий приказ:"), Line(text="по закону;"),
        Line(rows=(("а", "б"),)), Line(text="ПРИКАЗЫВАЮ:"), Line(text="1. Слово."),
    ]  # fmt: skip

    assert told(act_of(Sheet(lines=tuple(lines)), "ru")) == [
        ("preamble_1", "Настоящий приказ:"),
        ("preamble_1__al_1", "по закону;"),
        ("table_1", "а\tб"),
        ("preamble_2", "ПРИКАЗЫВАЮ:"),
        ("point_1", "Слово."),
    ]


def test_headings_of_several_lines_are_put_together():
    lines = [
        Line(text="О сроках"),
        Line(text="Глава 1.", is_heading=True),
        Line(text="ОБЩИЕ", is_heading=True),
        Line(text="ПОЛОЖЕНИЯ", is_heading=True),
        Line(text="Слова."),
        Line(text="1."),
        Line(text="Пункт."),
        Line(text="Без номера", is_heading=True),
        Line(text="2. Пункт."),
    ]

    assert told(act_of(Sheet(lines=tuple(lines)), "ru")) == [
        ("chp_1", "ОБЩИЕ ПОЛОЖЕНИЯ"),
        ("chp_1__al_1", "Слова."),
        ("chp_1__point_1", "Пункт."),
        ("chp_1__al_2", "Без номера"),
        ("chp_1__point_2", "Пункт."),
    ]


def test_article_without_a_heading_takes_the_words_below():
    found = act("О сроках\nСтатья 1.\nСтатья говорит.\nЕщё слова.")

    assert told(found) == [("art_1", "Статья говорит."), ("art_1__al_1", "Ещё слова.")]


def test_table_at_the_end_is_no_signature():
    table = Line(rows=(("а", "б", "в", "г"), ("1", "2", "3", "4")))
    signature = Line(rows=(("Аким", "А. Есқараев"),))
    lines = (Line(text="О сроках"), Line(text="1. Слово."), table, signature)

    found = act_of(Sheet(lines=lines), "ru")

    assert (found.signed, [one.kind for one in found.units[0].children]) == (
        ("Аким А. Есқараев",),
        [Kind.TABLE],
    )


def test_troubles_shown_are_bounded():
    text = "\n".join(f"{number}. а" for number in range(1, 900, 2))

    assert len(act(f"О сроках\n{text}").troubles) == 200


def test_act_of_five_thousand_paragraphs_is_read_whole():
    lines = ["О больших текстах"]
    for chapter in range(1, 51):
        lines.append(f"Глава {chapter}. Название главы")
        for number in range(chapter * 10 - 9, chapter * 10 + 1):
            lines.append(f"{number}. Пункт о порядке рассмотрения обращений:")
            lines += [f"{place}) подпункт о сроках;" for place in range(1, 10)]

    found = read("\n".join(lines).encode(), "act.txt")

    assert len(paragraphs(found)) == 5_050
    assert replace(found, units=()).troubles == ()
