"""What a section needs and no single word tells."""

import pytest

from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.patterns import PATTERNS

PAGE = Page(b"")


@pytest.mark.parametrize(
    "text",
    [
        "2-14-41",
        "Тел. 112",
        "Өртке қарсы қызмет: 101, полиция: 102",
        "Звоните: 102",
        "103 — скорая помощь",
        "Қоңырау шалыңыз: 112",
        "1414",
        "Абай даңғылы, 102. Бірыңғай байланыс: 2-14-41",
    ],
)
def test_telephone_is_seen(text):
    assert PATTERNS["telephone"](PAGE, text)


@pytest.mark.parametrize(
    "text",
    ["Абай даңғылы, 102. Instagram: @akimat_qz", "ул. Строителей, 112", "Достық көшесі, 101-үй",
     "Абай даңғылы, 102, тел.: жоқ", "каб. 101, 102"],
)  # fmt: skip
def test_house_of_such_a_number_is_no_telephone(text):
    assert not PATTERNS["telephone"](PAGE, text)


@pytest.mark.parametrize(
    "text", ["akim@sarykol.kz", "Пошта: akim @ sarykol.kz", "akim(at)a.kz", "akim [собака] a.kz"]
)  # fmt: skip
def test_email_is_seen(text):
    assert PATTERNS["email"](PAGE, text)


@pytest.mark.parametrize("text", ["Instagram: @akimat_qz", "@", "a @ b", "Telegram @sarykol.kz"])
def test_name_in_a_network_is_no_email(text):
    assert not PATTERNS["email"](PAGE, text)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Халқы 52 мың адам", True),
        ("площадь 97 км²", True),
        ("28 thousand people", True),
        ("386 өтініш, оның 380-і, 6-ы", True),
        ("1928 жылы құрылған, 12 бөлім", False),
        ("Телефон 2-14-41, қаулы № 12, 12.03.2026", False),
    ],
)
def test_figures_of_people_and_land_tell_alone(text, tells):
    assert PATTERNS["figures"](PAGE, text) is tells


@pytest.mark.parametrize(
    ("html", "is_list"),
    [
        ("<ul><li>Әкімнің халық алдындағы есебі</li><li>Әкімнің сессиядағы сөзі</li></ul>", True),
        ("<p>«Нұрлы жер», «Еңбек», «Ауыл – ел бесігі»</p>", True),
        ("<ul><li>Әкімнің халық алдындағы есебі</li></ul>", False),
        ("<ul><li>1</li><li>2</li></ul>", False),
        ("<nav><ul><li>Басты бет пен мәзір</li><li>Байланыс беті</li></ul></nav>", False),
        ('<ul><li><a href="/1">Бір бет</a></li><li><a href="/2">Екі бет</a></li></ul>', False),
    ],
)  # fmt: skip
def test_items_that_lead_nowhere_are_a_list_too(html, is_list):
    page = Page(f"<main>{html}</main>".encode())

    assert PATTERNS["items"](page, page.main_text) is is_list


@pytest.mark.parametrize(
    ("text", "tells"),
    [("9-00-18-00", True), ("10:00", True), ("2-20-01", False), ("8 (71834) 2-20-30", False)],
)
def test_telephone_is_no_time_of_day(text, tells):
    assert PATTERNS["clock"](PAGE, text) is tells


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Ф.И.О. Должность", False),
        ("Ф. И. О. Телефон", False),
        ("Т.А.Ә. Лауазымы", False),
        ("И.О. Ахметов", True),
        ("А.Ә. Бекова", True),
        ("Ф.И. Ахметов", True),
        ("Ф.И.О. Асанов М.Б.", True),
    ],
)
def test_heading_of_a_column_names_nobody(text, is_named):
    assert PATTERNS["person"](PAGE, text) is is_named
