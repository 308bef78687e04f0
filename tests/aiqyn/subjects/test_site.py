import pytest

from aiqyn.subjects.facts import contacts_in, name_of
from aiqyn.subjects.page import Page
from aiqyn.subjects.sections import sections_named
from aiqyn.subjects.site import is_news_address, language_of_address
from tests.aiqyn.worked import ORIGIN, crawl, site_of


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("http://a.kz/kk/news", "kk"),
        ("http://a.kz/kz/", "kk"),
        ("http://a.kz/KK", "kk"),
        ("http://a.kz/kaz.html", "kk"),
        ("http://a.kz/site/ru/news", "ru"),
        ("http://a.kz/a/b/ru/news", ""),
        ("http://a.kz/?lang=kz", "kk"),
        ("http://a.kz/index.php?id=4&LANG=en", "en"),
        ("http://a.kz/?page=en", ""),
        ("http://a.kz/?lang=xx", ""),
        ("http://ru.a.kz/news", "ru"),
        ("http://kz/", ""),
        ("http://a.kz/news", ""),
    ],
)
def test_address_tells_its_language(address, language):
    assert language_of_address(address) == language


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Байланыс", {"contacts"}),
        ("  КОНТАКТЫ (3)", {"contacts"}),
        ("Жаңалықтар →", {"news"}),
        ("Әкімдіктің құрылымы", {"structure"}),
        ("Мемлекеттік орган қызметінің тиімділігін бағалау", {"effectiveness"}),
        ("Структура\u00a0акимата", {"structure"}),
        ("Аудан бюджеті мәслихатта қаралды", set()),
        ("", set()),
        ("новости " * 30, set()),
    ],
)
def test_heading_names_a_section_as_a_whole(heading, codes):
    assert sections_named(heading) == codes


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Достық көшесі, 12-үй, +7 (7132) 55-10-20, a@b.kz", {"postal", "telephone", "email"}),
        ("г. Актобе, проспект Абая, 5", {"postal"}),
        ("10 ақпан: Орталық көшеде су құбыры ауыстырылды, 2026 жылғы 9 ақпан", set()),
        ("12.02.2026 На улице Абая до 18:30 перекрыто движение, 340 человек", set()),
        ("On Dostyk street 14 March 2026 work began", set()),
        ("ул. Достык, д.12", {"postal"}),
        ("12 Dostyk street", {"postal"}),
        ("87132551020", {"telephone"}),
        ("тел. 2-15-30", {"telephone"}),
        ("info@akimat.gov.kz", {"email"}),
        ("көше", set()),
        ("БСН 120340001234", set()),
        ("", set()),
    ],
)
def test_contacts_are_told_apart(text, kinds):
    assert contacts_in(text) == kinds


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        ("", "Достық көшесі, 12-үй, +7 (7132) 55-10-20, a@b.kz"),
        ("Достық көшесі, 12-үй, +7 (7132) 55-10-20", "a@b.kz"),
    ],
)
def test_contacts_of_a_long_text_are_found_at_its_end_and_elsewhere(top, foot):
    assert contacts_in(f"{top} {'мәтін ' * 1_000} {foot}") == {"postal", "telephone", "email"}


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<a href=/> Бюджет\n 2026 </a>", "Бюджет 2026"),
        ('<a href=/ aria-label="Іздеу"><i></i></a>', "Іздеу"),
        ('<a href=/ title="Үй"><img alt="Басты бет"></a>', "Үй Басты бет"),
        ("<a href=/></a>", ""),
    ],
)
def test_link_is_called_by_its_text_or_its_labels(html, name):
    assert name_of(Page(html.encode()).select("a")[0]) == name


@pytest.mark.parametrize(
    ("address", "is_news"),
    [
        ("http://a.kz/kk/news/12", True),
        ("http://a.kz/zhanalyqtar/2026/12.html", True),
        ("http://a.kz/ru/novosti/12", True),
        ("http://a.kz/press-releases/12", True),
        ("http://a.kz/news.php?lang=kk&id=12", True),
        ("http://a.kz/kk/news/12?print=1", True),
        ("http://a.kz/news?page=2", False),
        ("http://a.kz/index.php?id=12", False),
        ("http://a.kz", False),
        ("http://a.kz/news", False),
        ("http://a.kz/newsletter/1", False),
    ],
)
def test_news_is_known_by_its_address(address, is_news):
    assert is_news_address(address) == is_news


def test_clicks_follow_ordinary_links_and_redirects():
    site = site_of(
        crawl(
            {
                "/": {"to": "/kk/"},
                "/kk/": '<a href="a">1</a> <a href="/gone">2</a>',
                "/kk/a": '<a href="?x=1">3</a>',
                "/kk/a?x=1": '<a href="/">up</a>',
                "/alone": "<p>nobody links here</p>",
            }
        )
    )

    clicks = {url.removeprefix(ORIGIN): number for url, number in site.clicks.items()}

    assert clicks == {"/kk/": 0, "/kk/a": 1, "/kk/a?x=1": 2}
    assert [page.address.removeprefix(ORIGIN) for page in site.within(1)] == ["/kk/", "/kk/a"]


def test_page_reached_by_two_redirects_is_one_page():
    site = site_of(
        crawl(
            {
                "/": '<a href="/x">1</a><a href="/y">2</a>',
                "/x": {"to": "/z"},
                "/y": {"to": "/z"},
                "/z": {"html": "<p>same</p>", "role": "unseen"},
            }
        )
    )

    assert [page.url.removeprefix(ORIGIN) for page in site.pages] == ["/", "/x"]
    assert site.page_at(f"{ORIGIN}/y") is site.page_at(f"{ORIGIN}/x")
    assert site.page_at(f"{ORIGIN}/nowhere") is None


def test_base_element_moves_relative_links():
    site = site_of(crawl({"/": '<base href="/deep/"><a href="a">1</a>', "/deep/a": "<p>found</p>"}))

    assert [page.address for page in site.within(1)] == [f"{ORIGIN}/", f"{ORIGIN}/deep/a"]


def test_first_pages_are_the_first_of_every_language():
    site = site_of(
        crawl(
            {
                "/": '<a href="/kk/">1</a><a href="/ru/index.php">2</a><a href="/kk/a">3</a>',
                "/kk/": "",
                "/ru/index.php": "<p>1</p>",
                "/kk/a": "<p>2</p>",
            }
        )
    )

    assert [page.address.removeprefix(ORIGIN) for page in site.first_pages] == [
        "/",
        "/kk/",
        "/ru/index.php",
    ]


def test_site_that_did_not_answer_has_no_first_page():
    site = site_of(crawl({"/": {"failure": "timeout", "status": 0}}))

    assert (site.first, site.first_pages, site.clicks, site.pages) == (None, [], {}, [])


def test_alternates_and_dates_of_a_list_are_kept_in_the_facts():
    site = site_of(
        crawl(
            {
                "/": '<link rel="alternate" hreflang="ru-KZ" href="/ru/"><a href="/n">Новости</a>',
                "/n": "<h1>Жаңалықтар</h1><p>01.02.2026 а</p><p>19.11.2026 б</p>",
            }
        )
    )

    first, news = site.pages

    assert first.alternates == (("ru", "/ru/"),)
    assert first.named_links == (("news", f"{ORIGIN}/n"),)
    assert [day.isoformat() for day in news.listed] == ["2026-11-19", "2026-02-01"]


def test_way_to_a_page_that_ends_with_its_heading_stands_above_it():
    way = "<p>Басты бет > Жаңалықтар > Жол ашылды</p>"
    text = f"<main>{way}<h1>Жол ашылды</h1><p>Жаңа жол.</p></main>"
    (page,) = site_of(crawl({"/": text})).pages

    assert page.above == len("Басты бет > Жаңалықтар > Жол ашылды ")


def test_street_may_be_written_short():
    assert contacts_in("Тимирязев к-сі, 42") == {"postal"}


@pytest.mark.parametrize(
    "text",
    [
        "Достық к., 2",
        "Абай көш. 14",
        "Тәуелсіздік даңғ., 5/1",
        "Самал ық.а., 12-үй",
        "Алатау шағ. аудан 3",
        "г. Орал, Достык, д. 215",
        "пр-т Абая, 10",
        "пер. Школьный 4",
        "14 Dostyk Ave.",
    ],
)
def test_short_words_for_streets_are_known(text):
    assert contacts_in(text) == {"postal"}


@pytest.mark.parametrize(
    "text",
    [
        "13/09/2025 Орталық көшеде су құбыры ауыстырылды",
        "2026-03-05 На улице Абая заменили трубы",
        "05.03.2026 На улице Абая заменили трубы",
        "Сенім телефоны 2026-03-05",
    ],
)
def test_day_beside_a_street_is_no_house_and_no_telephone(text):
    assert contacts_in(text) == frozenset()


@pytest.mark.parametrize(
    "text", ["ул. Абая, 12/1-34", "Абай көшесі 5/12", "тел. 7172-55-12-34, ул. Абая 5"]
)
def test_house_may_have_parts(text):
    assert "postal" in contacts_in(text)


def test_telephone_behind_its_label_is_no_day():
    assert contacts_in("тел. 7172-55-12-34") == {"telephone"}


@pytest.mark.parametrize("text", ["Өтініштер саны 214 к. бойынша", "кітаптар, дәптерлер т.б. 12"])
def test_other_short_words_are_no_streets(text):
    assert contacts_in(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["Веб-адрес: a.kz, 24", "IP-адрес: 10.2", "Эл. адрес: 2", "Сайт мекенжайы: a.kz, 24",
     "Электрондық пошта мекенжайы: a15, 15", "Web address: a.kz, 24"],
)  # fmt: skip
def test_address_in_the_network_is_none_of_a_house(text):
    assert contacts_in(text) == frozenset()


@pytest.mark.parametrize(
    "text", ["Пошталық мекенжайы: Сарыкөл кенті, 72", "Почтовый адрес: с. Сарыколь, 72",
             "a.kz. Мекенжайы: Сарыкөл кенті, 72"],
)  # fmt: skip
def test_address_of_post_is_one_of_a_house(text):
    assert contacts_in(text) == {"postal"}
