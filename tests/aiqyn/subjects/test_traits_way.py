"""What pages tell rules about finding things, contacts and health."""

from datetime import date

import pytest

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.contacts import Contacts, contacts_of
from aiqyn.subjects.traits.health import health_of
from aiqyn.subjects.traits.wayfinding import (
    Load,
    bare,
    digest,
    is_first_page,
    same_address,
    wayfinding_of,
)
from tests.aiqyn.worked import ORIGIN, evidence_of

NO_LINKS = Links((), ())
INNER = f"{ORIGIN}/kk/budget/2026"


def page_of(html, address=INNER, depth=3):
    content = html.encode()
    return Page(content, evidence_of(address, content, depth=depth))


def way(html, address=INNER, depth=3):
    return wayfinding_of(page_of(html, address, depth), NO_LINKS)


def contacts(html, address=INNER, depth=3):
    return contacts_of(page_of(html, address, depth), NO_LINKS)


def health(html, address=INNER, depth=3):
    return health_of(page_of(html, address, depth), NO_LINKS)


@pytest.mark.parametrize(
    ("html", "shows"),
    [
        ('<div class="BreadCrumbs"><a href="/">Сайт</a></div><h1>Бюджет</h1>', True),
        ('<div class="pathway"><a href="/">Сайт</a></div><h1>Бюджет</h1>', True),
        ('<div class="pathway"><a href="/">Сайт</a></div><p>Бюджет</p>', True),
        ('<p><a href="/kk/">Үй</a> <span>Бюджет 2026</span></p><h1>Бюджет 2026</h1>', True),
        ('<p><a href="/">Главная</a> / <a href="/b">Бюджет</a></p><h1>2026 год</h1>', True),
        ('<p><a href="/kk"><b>Басты бет</b></a> &raquo; Бюджет</p><h1>2026 жыл</h1>', True),
        ('<title>2026</title><a href="/">Home</a> &rsaquo; Budget<p>Text</p>', True),
        ('<title>Жоспар — Аудан</title><a href="/">Басты бет</a> Жоспар <p>Мәтін</p>', True),
        ("<title>Home</title>Home<p>Text</p>", False),
        ('<a href="/">Басты бет</a> <a href="/b">Бюджет</a><h1>Бюджет</h1>', False),
        ('<a href="/b">Бюджет</a> / 2026<h1>Бюджет 2026</h1>', False),
        ('<a href="/">Басты бет</a> <a href="/b">AB</a><span>AB</span><h1>AB</h1>', False),
        ("<h1>Бюджет</h1>", False),
        ("<p>Мәтін</p>", False),
    ],
)
def test_trail_is_told_from_a_menu(html, shows):
    assert way(html).shows_trail is shows


def test_trail_is_found_where_the_piece_before_the_heading_begins_inside_a_link():
    cut = f'<a href="/x">{"Бюджет 2026 " * 200}</a> <a href="/">Басты бет</a><h1>Бюджет 2026</h1>'
    whole = cut.replace("<h1>", " / Бюджет 2026<h1>")

    assert (way(cut).shows_trail, way(whole).shows_trail) == (False, True)


def test_pages_near_the_first_one_need_no_trail():
    assert not way('<div class="breadcrumbs"></div>', depth=1).shows_trail


@pytest.mark.parametrize(
    ("html", "canonical"),
    [
        ('<link rel="canonical" href="/kk/budget/2026/?x=1">', ""),
        ('<link rel="canonical" href="https://www.site.example/kk/budget/2026/index.html">', ""),
        ('<link rel="canonical" href="/">', f"{ORIGIN}/"),
        ('<link rel="canonical" href=" ">', ""),
        ('<link rel="canonical" href="http://[broken">', "http://[broken"),
        ('<meta name="canonical" content="x">', ""),
        ("<p>Мәтін</p>", ""),
    ],
)
def test_canonical_address_is_kept_where_it_is_another(html, canonical):
    assert way(html).canonical == canonical


def test_description_and_hiding_are_read_from_the_head():
    found = way(
        '<meta name="description" content=" Бюджет  жоспары ">'
        '<meta name="robots" content="NoIndex">'
    )

    assert (found.description, found.is_hidden) == (digest("Бюджет жоспары"), True)
    assert way("<p>Мәтін</p>").description == 0


def test_first_page_tells_its_load_its_names_and_its_search():
    html = (
        '<meta property="og:site_name" content="Аудан әкімдігі"><header><div class="logo">'
        '<img src="/g.svg" alt="Елтаңба"> Аудан әкімдігі</div></header><form action="/s">'
        '<input name="q"></form><a href="/a">Бір екі</a><a href="/b">үш</a>'
    )

    found = way(html, address=f"{ORIGIN}/kk/", depth=2)

    assert found.load == Load(links=2, words=5, images=1)
    assert found.names == ("Аудан әкімдігі", "Елтаңба")
    assert found.search == f"{ORIGIN}/s?q="
    assert way(html).load == Load()


def test_broken_address_of_a_form_is_no_search():
    assert way('<form action="http://[x"><input name="q"></form>', depth=0).search == ""


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("http://a.kz/", True),
        ("http://a.kz/ru", True),
        ("http://a.kz/kk/index.php", True),
        ("http://a.kz/kk/main/", True),
        ("http://a.kz/?lang=en", True),
        ("http://a.kz/?id=4", False),
        ("http://a.kz/news", False),
        ("http://a.kz/ru/a", False),
    ],
)
def test_first_page_is_known_by_its_address(address, first):
    assert is_first_page(page_of("", address)) is first


def test_address_is_the_same_to_a_reader_without_www_and_the_last_slash():
    assert bare("https://www.a.kz/kk/index.php?x=1") == ("a.kz", "/kk")
    assert same_address("http://a.kz/kk/", "https://www.a.kz/kk")
    assert not same_address("http://a.kz/kk/", "http://a.kz/ru/")


def test_digest_of_nothing_is_nothing():
    assert (digest(""), digest("a") > 0) == (0, True)


def test_ordinary_page_keeps_nothing_of_contacts():
    assert contacts("<h1>Бюджет</h1><p>Мәтін</p>") == Contacts()


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("Анықтама қызметі: 8 (7132) 55-10-20", {"reference", "telephone"}),
        ("55-10-20 — приёмная", {"reference", "telephone"}),
        ("Call 1414 for free", {"reference", "telephone"}),
        ("Анықтама қызметі 2024 жылдан бері жұмыс істейді", set()),
        ("Справочная. 20.11.2025 г.", set()),
        ("Жұмыс уақыты: 9.00–18.30", {"hours"}),
        ("режим работы с 9 часов", {"hours"}),
        ("Дүйсенбі–жұма 9:00-18:30", {"hours"}),
        ("пн.-пт. с 9.00", {"hours"}),
        ("пн - 5, дс", set()),
        ("Жұмыс кестесі. Жұмыс уақыты", set()),
        ("eotinish.kz арқылы, egov.kz", {"appeals", "portal"}),
        ("Тел. 55‑10‑20 (7132)", {"telephone"}),
        ("Жалпы 55‑10‑20", {"telephone"}),
        ("Мекеменің лицензиясы 55-10-20", set()),
        ("akim @ akimat.kz", {"email"}),
        ("Кызылорда, Абая 12", {"postal"}),
        ("ул. Центральная, б/н", {"postal"}),
        ("Бюллетень б/н", set()),
        ("5 шоссе, 12", {"postal"}),
        ("9:00–18:00, обед 13:00–14:00", {"hours"}),
        ("Пн 9:00–18:30, Вт 9:00–18:30, Ср 9:00–18:30, Чт 9:00–18:30", {"hours"}),
        ("Пн 9:00–12:00", set()),
    ],
)
def test_contacts_say_who_answers_and_when(html, says):
    found = contacts(f"<h1>Байланыс</h1><p>{html}</p>")

    assert (found.is_asked, found.says) == (True, says)


@pytest.mark.parametrize(
    ("html", "address", "depth", "asked"),
    [
        ("<h1>Бюджет</h1>", f"{ORIGIN}/", 0, True),
        ("<h1>Бюджет</h1>", f"{ORIGIN}/ru/kontakty.html", 4, True),
        ("<h1>Бюджет</h1>", f"{ORIGIN}/ru/5", 1, True),
        ("<h1>Обратная связь</h1>", f"{ORIGIN}/ru/5", 4, True),
        ("<title>Байланыс | Аудан</title>", f"{ORIGIN}/ru/5", 4, True),
        (f"<h1>Бюджет</h1><p>{'сөз ' * 600}</p>", f"{ORIGIN}/ru/5", 1, False),
        ("<h1>Бюджет</h1>", f"{ORIGIN}/ru/5", 4, False),
    ],
)
def test_contacts_are_looked_for_where_they_may_stand(html, address, depth, asked):
    assert contacts(html, address, depth).is_asked is asked


def test_forms_and_passwords_are_seen_on_short_pages():
    html = '<form><input type="PASSWORD" name="p"><textarea></textarea></form><p>FAQ</p>'

    found = contacts(html)

    assert (found.has_form, found.wants_login) == (True, True)
    assert (found.has_answers, found.has_faq) == (False, True)


@pytest.mark.parametrize(
    ("html", "has"),
    [
        ('<a href="/faq">Барлық\n <b>хабарламалар</b></a>', True),
        ('<a href="/faq">Жиі қойылатын\n <b>сұрақтар</b></a>', False),
        ("<h2>Вопросы и ответы</h2>", True),
        ("<p>Здесь полный текст отчёта и ответы на вопросы жителей.</p>", False),
    ],
)
def test_answers_are_led_to_by_a_name_and_not_by_a_sentence(html, has):
    assert contacts(html, f"{ORIGIN}/ru/5", 1).has_answers is has


def test_password_in_a_script_is_no_login():
    assert not contacts("<script>var password = 1</script><p>Мәтін</p>").wants_login


@pytest.mark.parametrize(
    ("heading", "venue"),
    [
        ("Форум", "forum"),
        ("Общественный форум района", "forum"),
        ("Сауалнама", "poll"),
        ("Опросы", "poll"),
        ("Вопросы и ответы", ""),
        ("В районе прошёл форум молодых предпринимателей", ""),
    ],
)
def test_forum_and_poll_are_known_by_their_heading(heading, venue):
    assert contacts(f"<h1>{heading}</h1><p>12.03.2018</p>").venue == venue


def test_forum_without_a_heading_is_known_by_its_title_and_tells_its_newest_day():
    found = contacts("<title>Forum</title><p>12 March 2018, 14 May 2019</p>")

    assert (found.venue, found.newest) == ("forum", date(2019, 5, 14))


LONG = "Аудан бюджеті туралы мәтін. " * 20


def test_same_text_has_the_same_digest_and_a_short_one_has_none():
    around = f"<nav>Мәзір</nav><main>{LONG}</main>"

    assert health(around).digest == health(f"<main>{LONG}</main>").digest != 0
    assert health("<main>Мәтін</main>").digest == 0


def test_long_texts_differ_by_their_end():
    long = "Аудан бюджеті туралы мәтін. " * 200

    assert health(f"<main>{long}1</main>").digest != health(f"<main>{long}2</main>").digest


def test_insecure_resources_are_told_of_secure_pages_only():
    html = '<img src="http://a.kz/1.png"><form action="http://a.kz/2"></form>'

    assert health(html, "https://a.kz/x").insecure == ("http://a.kz/1.png", "http://a.kz/2")
    assert health(html, "http://a.kz/x").insecure == ()
    assert health('<a href="http://a.kz/">1</a>', "https://a.kz/x").insecure == ()


def test_banners_and_makers_are_told_of_first_pages():
    html = '<meta name="generator" content="CMS 1.2"><a href="/expo-2017"><img src="/1.png"></a>'

    found = health(html, f"{ORIGIN}/ru/")

    assert (found.programmes, found.made_by) == (("expo_2017",), "CMS 1.2")
    assert health(html).made_by == ""


@pytest.mark.parametrize(
    ("html", "programmes"),
    [
        ('<img src="/b/expo2017.png" alt="">', ("expo_2017",)),
        ('<a href="/expo-2017"><img src="/1.png"></a>', ("expo_2017",)),
        (
            '<a href="/x" title="ДКБ 2020"><img src="/1.png" alt=""></a>',
            ("business_road_map_2020",),
        ),
        ('<object data="/ekspo-2017.swf"></object>', ("expo_2017",)),
        ('<p><img src="/1.png"></p><a href="/x">ЭКСПО-2017</a>', ()),
        ('<a href="/x"><img src="/1.png"></a>', ()),
        ('<h1>ЭКСПО-2017</h1><img src="/b/expo2017.png" alt="">', ()),
        ('<img src="/uploads/2017/09/maslikhat.png" alt="">', ()),
    ],
)
def test_banners_are_seen_on_any_page_but_one_about_the_programme(html, programmes):
    assert health(html).programmes == programmes


def test_banners_of_a_first_page_say_of_which_time_they_are():
    html = (
        '<a href="/a"><img src="/i/2015-2019.png" alt="12.05.2021"></a>'
        '<a href="/b"><img src="1"></a><img alt="2001-2005">'
        '<a href="https://[bad"><img alt="2010–2012"></a>'
    )

    found = health(html, f"{ORIGIN}/", 0).dated

    assert found == ((date(2021, 5, 12), f"{ORIGIN}/a", "12.05.2021"),)
    assert health(html).dated == ()


MAP = f"{ORIGIN}/kk/map"


@pytest.mark.parametrize(
    ("html", "mapped"),
    [
        ('<a href="/a">A</a><h1>Сайт картасы</h1><a href="/b">B</a><a href="x:">X</a>', (1,)),
        ('<nav><a href="/a">A</a></nav><h1>Сайт картасы</h1><nav><a href="/b">B</a></nav>', ()),
        ('<main><h1>Сайт картасы</h1><nav><a href="/b">B</a></nav></main><a href="/a">A</a>', (0,)),
        ('<title>Сайт картасы</title><a href="/b">B</a><footer><a href="/c">C</a></footer>', (0,)),
    ],
)  # fmt: skip
def test_map_of_the_site_leads_where_its_text_does(html, mapped):
    page = page_of(html, address=MAP, depth=1)
    numbers = [place if href.startswith("/") else -1 for place, href in enumerate(page.hrefs)]

    assert wayfinding_of(page, Links(numbers, page.hrefs)).mapped == mapped
