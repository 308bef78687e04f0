from datetime import UTC, date, datetime

import pytest

from aiqyn.chain import Evidence
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.content import Content, content_of
from aiqyn.subjects.traits.freshness import Freshness, freshness_of

NO_LINKS = Links((), ())


def page(html, url="http://a.kz/ru/x", depth=1, parent=""):
    taken = datetime(2026, 11, 20, tzinfo=UTC)
    seen = Evidence(url=url, taken_at=taken, depth=depth, parent=parent)
    return Page(html.encode(), seen)


@pytest.mark.parametrize(
    ("need", "told", "silent"),
    [
        ("person", "Асанов Марат", "Қазақстан Республикасы"),
        ("person", "Д. Мысалбаев", "А. қаласы"),
        ("person", "Akim Marat Asanov", "Public Council"),
        ("person", "Үлгібекова Айгерім Талапқызы", "Ақмола облысы"),
        ("telephone", "+7 (7132) 55-10-20", "2026 жыл, 41 286 адам"),
        ("telephone", "тел. 2-15-30", "БСН 120340001234"),
        ("telephone", "8 7172 74-20-01", "19-11-2026"),
        ("telephone", "8-7252-87-03-52", "2024-10-05"),
        ("email", "a@akimat.kz", "поштасы"),
        ("units", "қаржы бөлімі, білім бөлімі, жер бөлімі", "қаржы бөлімі"),
        ("table", "<table><tr><th>Жыл</th></tr></table>", "кесте"),
        (
            "table",
            "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
            "<table role=presentation><tr><td>1<td>2<tr><td>3<td>4</table>",
        ),
        (
            "table",
            "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
            "<table><tr><td>мәзір<td><h1>Бөлім</h1><tr><td>3<td>4</table>",
        ),
        (
            "table",
            "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>",
            "<table><tr><td>мәзір</td><td><table><tr><td>мәтін</td></tr></table></td></tr></table>",
        ),
        ("figures", "386 171 198", "2024 2025 2026"),
        ("figures", "12 480 600, 5,6 пайыз, 31", "19.11.2026, 18.11.2026, 17.11.2026"),
        ("period", "2016 жыл", "жыл"),
        ("hour", "15.00–17.00", "19.11.2026"),
        ("hour", "с 10 до 12 часов", "по четвергам"),
        ("act", "№ 47 қаулы", "нөмірі"),
        ("act", "Order No. 5", "Norway 5"),
        ("questions", "Қалай? Қайда?", "Қалай?"),
        ("duties", "Курирует вопросы", "Вопросы"),
        ("duties", "Миндеттери: жалпы", "Жалпы"),
        ("note", "«түсіндірме жазба»", "түсіндірме"),
    ],
)
def test_need_is_met_by_words_or_by_what_they_look_like(need, told, silent):
    met = [need in content_of(page(f"<p>{each}</p>"), NO_LINKS).met for each in (told, silent)]

    assert met == [True, False]


def test_picture_is_one_of_the_text():
    shown = content_of(page("<main><img src=/s.png></main>"), NO_LINKS)
    around = content_of(page("<header><img src=/s.png></header>"), NO_LINKS)

    assert ["picture" in each.met for each in (shown, around)] == [True, False]


@pytest.mark.parametrize(
    ("html", "is_list"),
    [
        (" ".join(f"Бөлім {place} тізімінде бірнеше ұйым аталған." for place in range(20)), True),
        ("Бөлім тізімі осында тұр. " * 50, False),
        (
            "".join(f"Тізімнің {each} бөлігі кейін жарияланады. " for each in "абвгдежзиклм"),
            False,
        ),
    ],
)
def test_long_text_that_does_not_repeat_itself_is_a_list_enough(html, is_list):
    assert ("items" in content_of(page(f"<p>{html}</p>"), NO_LINKS).met) == is_list


BUDGET = "<h1>Бюджет</h1>"


@pytest.mark.parametrize(
    ("need", "html"),
    [
        ("execution", BUDGET + "<p>5 мая 2025</p><p>Отчёт об исполнении готовится.</p><p>Ещё</p>"),
        ("civil_budget", BUDGET + "<p>Гражданский бюджет будет опубликован позже. 1, 2, 3.</p>"),
        ("civil_budget", BUDGET + f"<p>{'Слово о бюджете. ' * 9} Есть и гражданский бюджет.</p>"),
        ("leader_report", "<h1>Отчёты акима</h1><p>Ниже.</p>"),
        ("note", "<h1>НҚА жобалары</h1><p>Жобалар түсіндірме жазбамен бірге жарияланады.</p>"),
        ("leader_report", "<h1>Отчёты акима</h1><p>Отчёты появятся позже.</p>"),
    ],
)
def test_what_is_only_promised_is_not_told(need, html):
    assert need not in content_of(page(html), NO_LINKS).met


@pytest.mark.parametrize(
    ("need", "html"),
    [
        ("execution", BUDGET + "<p>Исполнение бюджета 98 %, отчёт будет позже</p>"),
        ("execution", BUDGET + "<p>Исполнено 12 480 из 12 600 млн, отчёт об исполнении позже</p>"),
        ("execution", BUDGET + "<p>Отчёт готовится. Исполнение бюджета по районам ниже.</p>"),
        ("execution", BUDGET + f"<p>Скоро {'слово ' * 40} исполнение бюджета</p>"),
        ("civil_budget", BUDGET + "<p>Ниже файлы и таблицы.</p><a href=/1>Гражданский бюджет</a>"),
        ("leader_report", "<h1>Отчёты акима</h1><p>Построено двенадцать школ и дорога.</p>"),
    ],
)
def test_what_stands_there_is_told_beside_promises(need, html):
    assert need in content_of(page(html), NO_LINKS).met


def test_lesser_headings_and_names_of_people_are_kept():
    found = content_of(
        page("<h1>Асанов Марат Серикович</h1><h2>Байланыс</h2><h3>Көп</h3>"), NO_LINKS
    )

    assert (found.named, found.is_read) == ({"contacts"}, True)
    assert found.person == "Асанов Марат Серикович"


@pytest.mark.parametrize(
    ("given", "is_read"),
    [
        (page("<h1>Құрылымы</h1>", depth=5), True),
        (page("<h1>1</h1>", url="http://a.kz/ru/struktura/1", depth=5), True),
        (page("<h1>1</h1>", depth=5, parent="http://a.kz/ru/struktura/"), True),
        (page("<h1>1</h1>", depth=2), True),
        (page("<h1>1</h1>", depth=3), False),
        (page("<h1>1</h1>", url="http://a.kz/ru/news/1"), False),
        (page("<h1>1</h1><p>" + "РџСЂР° Р°Р° Р°" * 3), False),
    ],
)
def test_only_pages_that_may_be_sections_are_read(given, is_read):
    assert content_of(given, NO_LINKS).is_read is is_read


def test_page_nobody_needs_costs_nothing():
    deep = page("<h1>1</h1><p>19.11.2026</p>", depth=5)

    assert (content_of(deep, NO_LINKS), freshness_of(deep, NO_LINKS)) == (
        Content(),
        Freshness(),
    )


def test_low_symbols_are_looked_for_on_first_pages_only():
    low = "<footer><img alt='Флаг'></footer><i class=logo></i>"
    first, inner = page(low, url="http://a.kz/kk/"), page(low, url="http://a.kz/kk/contacts")

    seen = [content_of(each, NO_LINKS) for each in (first, inner)]

    assert [(each.low_symbols, each.is_styled) for each in seen] == [
        ({"flag"}, True),
        (set(), False),
    ]


@pytest.mark.parametrize(
    ("text", "newest", "words"),
    [
        ("12 қараша 2025 жыл, 1 мамыр 2024 жыл", date(2025, 11, 12), "12 қараша 2025"),
        ("За I полугодие 2016 года", date(2016, 6, 30), "I полугодие 2016"),
        ("12.10.2023, бюджет 2025", date(2025, 12, 31), "2025"),
        ("12.10.2025, бюджет 2024", date(2025, 10, 12), "12.10.2025"),
        ("Бюджет 2026", date(2026, 11, 20), "2026"),
        ("Құжаттар 5.12.2026 дейін", date(2026, 11, 20), "5.12.2026"),
        ("Дейін 31.12.2026", None, ""),
        ("1.02.2024 жоспары 31.12.2026 дейін", date(2024, 2, 1), "1.02.2024"),
        ("1.02.2024, 2026 жылғы 31 желтоқсанға дейін", date(2024, 2, 1), "1.02.2024"),
        ("1.02.2024, 2026 жылға дейін орындалады", date(2024, 2, 1), "1.02.2024"),
        ("План от 1.02.2024 до конца 2026 года", date(2024, 2, 1), "1.02.2024"),
        ("План от 1.02.2024 к 2026 году", date(2024, 2, 1), "1.02.2024"),
        ("The plan of 1.02.2024 lasts until 2026", date(2024, 2, 1), "1.02.2024"),
        ("Жаңартылған күні 1.02.2024. Өтініштер 5.12.2026 дейін", date(2024, 2, 1), "1.02.2024"),
        ("1.02.2024, 2026 жылға арналған жоспар", date(2026, 11, 20), "2026"),
        ("Дейін 31.12.2027", None, ""),
        ("Жоспар 2030", None, ""),
        ("Бағдарлама 2021–2025, 2022 - 2026", None, ""),
        ("Жаңартылған күні 5.05.2021. Бюджет 2025", date(2021, 5, 5), "5.05.2021"),
        ("Мәтін", None, ""),
    ],
)
def test_newest_day_of_a_page_is_told_with_its_words(text, newest, words):
    found = freshness_of(page(f"<h1>Бюджет</h1><main><p>{text}</p></main>"), NO_LINKS)

    assert (found.newest, found.newest_words) == (newest, words)


def test_published_day_counts_and_periods_come_newest_first():
    html = (
        "<meta property='article:published_time' content='2026-03-01'><h1>Статистика</h1>"
        "<p>Q1 2025, Q3 2025, Q1 2030</p>"
    )

    assert freshness_of(page(html), NO_LINKS) == Freshness(
        newest=date(2026, 3, 1),
        newest_words="2026-03-01",
        periods=(date(2025, 9, 30), date(2025, 3, 31)),
        period_words="Q3 2025",
        is_posted=True,
    )


@pytest.mark.parametrize(
    ("html", "is_posted", "is_updated"),
    [
        ("<p>Жарияланған күні 5 мамыр 2020 жыл. Жаңартылған күні 6 мамыр 2021 жыл</p>", True, True),
        ("<meta name='last-modified' content='2026-01-01'><p>Бөлім</p>", False, True),
        (f"<p>{'Бөлім ' * 300} 5 мая 2020 года</p>", False, False),
        (f"<p>{'Бөлім ' * 300} Обновлено 5 мая 2020 года</p>", False, True),
    ],
)
def test_posting_and_updating_are_told_apart(html, is_posted, is_updated):
    found = freshness_of(page(f"<h1>Құрылымы</h1>{html}"), NO_LINKS)

    assert (found.is_posted, found.is_updated) == (is_posted, is_updated)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Бюджет 1.09.2026. Жаңартылған күні 2.11.2026", date(2026, 11, 2)),
        ("Дата последнего обновления страницы: 2 ноября 2026 года", date(2026, 11, 2)),
        ("Last updated on November 2, 2026", date(2026, 11, 2)),
        ("Бет 2026 жылғы 2 қарашада қайта жаңартылды", date(2026, 11, 2)),
        ("Обновлено 2.11.2026. Update: 02/11/2026", date(2026, 11, 2)),
        ("Обновлено 2.11.2026, обновлено 1.11.2026", None),
        ("Обновлено сёл: 17. Дата обновления: 2 ноября 2026 года", date(2026, 11, 2)),
        ("Обновлено 2.11.2026, обновлено 31 сентябряя 2026", None),
        ("Обновлено 2.11.2026. За год обновлено 3.5 км дорог", date(2026, 11, 2)),
        ("Обновлено 2.11.2026, обновлено 20-25 дворов", date(2026, 11, 2)),
        ("Обновлено 31.02.2026", None),
        ("Жаңартылған күні 2.11.26, бұрын 2026 жылғы 1 қазанда жаңартылды", None),
        ("Обновлён парк автобусов акимата 1.09.2026", None),
        ("2.11.2026 жаңартылған бағдарлама", None),
        ("Мәтін", None),
    ],
)
def test_a_page_tells_the_one_day_it_was_brought_up_to_date(text, day):
    found = freshness_of(page(f"<h1>Бюджет</h1><main><p>{text}</p></main>"), NO_LINKS)

    assert found.updated == day


HEADING = "Азаматтарға қызмет көрсету орталығы кешкі сағат сегізге дейін істейді"
ABOUT = "Аудан әкімдігінің ресми интернет-ресурсы\nСайттан іздеу\nЖарияланған күні: 12 ақпан"
WORKS = (
    "Со следующей недели центр обслуживания населения работает до восьми часов вечера. Это удобно "
    "тем жителям, у которых есть время только после работы. В очередь можно записаться заранее "
    "через портал или по телефону. Пожилых людей и матерей с детьми принимают без очереди."
)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (f"<h1>{HEADING}</h1>", "ru"),
        (f"<h1>{HEADING}<br>\n{HEADING}</h1>", "ru"),  # over two lines of the text
        (f"<h1>{HEADING}</h1><h1>2</h1>", None),
        (f"<p>{HEADING}</p>", None),
        (f"<nav><h1>{HEADING} {HEADING}</h1></nav><p>{HEADING}</p>", None),
    ],
)
def test_language_is_that_of_the_text_below_one_heading(heading, told):
    read = page(f"<body><p>{ABOUT}</p>{heading}<p>{WORKS}</p></body>")

    assert read.language == told
