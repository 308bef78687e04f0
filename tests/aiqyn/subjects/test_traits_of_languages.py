from datetime import UTC, datetime
from time import process_time

import pytest

from aiqyn.chain import Evidence
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.languages import MOST_ALTERNATES, foreign_to, languages_of
from aiqyn.subjects.traits.words import Words, words_of

KK = (
    "Аудан әкімі халықпен кездесу өткізіп, тұрғындардың сұрақтарына жауап берді және жолдарды "
    "жөндеу, мектептерді салу мен ауыз сумен қамту мәселелері бойынша тапсырмалар берді. Жиында "
    "бюджеттің атқарылуы туралы есеп тыңдалды, жауапты басқармаларға мерзім белгіленді. "
)
TAKEN = datetime(2026, 11, 20, tzinfo=UTC)
NOWHERE = Links((), ())


def page_of(html, depth=0):
    return Page(html.encode(), Evidence(url="http://a.kz/kk/news/1", taken_at=TAKEN, depth=depth))


def facts(html, depth=0):
    return languages_of(page_of(html, depth), NOWHERE)


def test_size_is_of_the_main_text():
    assert facts("<nav>Мәзір</nav><main>Мәтін</main>").size == 5


def test_size_of_a_long_text_is_told_in_hundreds():
    text = "Аудан  әкімі\n халықпен кездесті. " * 200

    assert facts(f"<main>{text}</main>").size == 6_200


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("http://b.kz/ru/", "http://b.kz/ru/"),
        (" /ru/news/1 ", "http://a.kz/ru/news/1"),
        ("//b.kz/ru", "http://b.kz/ru"),
        ("2", "http://a.kz/kk/news/2"),
        ("http:\\[x", ""),
    ],
)
def test_alternates_are_absolute(href, address):
    html = f'<link rel="alternate" hreflang="ru-KZ" href="{href}"><p>Мәтін</p>'

    found = facts(html).alternates

    assert found == (("ru", address),) or not address


def test_broken_alternates_are_no_addresses():
    assert facts('<link hreflang="ru" href="x://[y">').alternates == (("ru", ""),)


def test_alternates_without_a_language_or_an_address_are_left_out():
    html = '<link hreflang="x-default" href="/"><link hreflang="ru"><link rel="icon" href="/i">'

    assert facts(html).alternates == ()


def test_alternates_are_not_endless():
    html = '<link hreflang="ru" href="/ru">' * 50

    assert len(facts(html).alternates) == MOST_ALTERNATES


SCRIPTED = """
<button>Русский</button><select><option>English</option></select><a href="#">Қаз.</a>
<span onclick="go()">RU</span><a href="/ru/">Рус</a><a href="javascript:void(0)">Мәзір</a>
"""


def test_languages_chosen_by_a_script_are_kept_near_the_first_page_only():
    assert facts(SCRIPTED).scripted == {"ru", "en", "kk"}
    assert facts(SCRIPTED, depth=2).scripted == frozenset()


def test_names_around_the_text_in_another_language_are_kept():
    html = f"""
    <header><nav><a href="/a">Новости</a><a href="/a">Новости</a><a href="/b">Жаңалықтар</a>
    <a href="/r" lang="ru">Документы</a><a href="https://b.kz/">Контакты</a>
    <a href="/l">{"Новости района " * 8}</a></nav></header>
    <form><input type="submit" value="Найти"><label>Поиск</label></form><main>{KK}</main>
    """

    assert facts(html).untranslated == (("ru", "Новости"), ("ru", "Найти"), ("ru", "Поиск"))


def test_button_that_says_its_language_is_not_untranslated():
    html = f"<nav><button lang=ru>Новости</button><button>Поиск</button></nav><main>{KK}</main>"

    assert facts(html).untranslated == (("ru", "Поиск"),)


def test_page_without_links_and_buttons_has_no_names():
    assert facts(f"<main>{KK}</main>").untranslated == ()


def test_untranslated_names_are_not_endless():
    links = "".join(f'<a href="/{n}">Документы и отчёты {n} года</a>' for n in range(40))

    assert len(facts(f"<nav>{links}</nav><main>{KK}</main>").untranslated) == 20


def test_title_and_heading_in_another_language_are_kept():
    html = f"<title>Новости района | Әкімдік</title><main><h1>Все документы</h1>{KK}</main>"

    assert facts(html).foreign == (
        ("title", "ru", "Новости района"),
        ("h1", "ru", "Все документы"),
    )


def test_title_a_program_wrote_is_in_no_language():
    assert facts(f"<title>Untitled Document</title><main>{KK}</main>").foreign == ()


@pytest.mark.parametrize(
    ("own", "name", "language"),
    [
        ("kk", "Новости", "ru"),
        ("kk", "Русский", ""),
        ("kk", "Отремонтирована старейшая мечеть", "ru"),
        ("kk", "Жаңалықтар", ""),
        ("ru", "Фонд «Қазақстан халқына»", ""),
        ("ru", "Айгүл Сәтбаева", ""),
        ("ru", "Барлық құжаттар", "kk"),
        ("ru", "Contacts", "en"),
        ("ru", "Telegram", ""),
    ],
)
def test_name_in_another_language(own, name, language):
    assert foreign_to(own, name) == language


def test_edges_of_pages_near_the_first_one_are_kept():
    html = "<header>Әкімдік</header><main>Мәтін</main><footer>Соңы</footer>"

    assert words_of(page_of(html), NOWHERE) == Words(
        edges="Әкімдік Мәтін Соңы … Әкімдік Мәтін Соңы"
    )
    assert words_of(page_of(html, depth=2), NOWHERE) == Words(foot="Соңы")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<main>Мәтін</main>", Words()),
        ("<title>Бюджет | Әкімдік</title><h1>Бюджет</h1>", Words()),
        ("<title>Әкімдік</title><h1>Бюджет</h1><footer>Cut off", Words(heading="Бюджет")),
        ("<footer>1</footer><footer><b>А</b>&nbsp;б\n <i>в</i></footer >", Words(foot="А б в")),
    ],
)
def test_headings_and_footers_of_inner_pages_are_kept(html, said):
    assert words_of(page_of(html, depth=2), NOWHERE) == said


@pytest.mark.parametrize("before", range(0, 1_024, 128))
def test_size_of_a_text_in_much_white_space_is_told_wherever_it_stands(before):
    space = " \n\t    " * 1_500

    size = facts(f"<main>{space[:before]}<p>{KK * 6}</p>{space}</main>").size

    assert 0.9 < size / len(KK * 6) < 1.1


def test_menus_in_one_another_take_no_longer_than_beside_each_other():
    depth, links = 1_900, 20_000
    menus = "<nav>" * depth + "<a href=/x>Басты бет</a>" * links
    page = page_of(f"<main>{KK}</main>{menus}", depth=1)
    began = process_time()

    assert page.language == "kk"
    assert languages_of(page, NOWHERE).untranslated == ()

    assert process_time() - began < 2  # seconds; each menu looked through for itself takes ten
