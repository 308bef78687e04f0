from datetime import date
from time import process_time

import pytest

from aiqyn.subjects.dates import Dated
from aiqyn.subjects.page import SELDOM, Page, shorten
from tests.aiqyn.worked import evidence_of

WORDS = "Қазақстан Республикасының әкімдігі, өңірлік үкімет"
RUSSIAN = "Управление строительства. Новости, Обращения граждан. Контакты: Алматы, улица Абая"


def page_of(html, **more):
    content = html if isinstance(html, bytes) else html.encode()
    return Page(content, evidence_of("http://site.example/a", content, **more))


@pytest.mark.parametrize(
    ("content", "header", "name", "declared", "by"),
    [
        (WORDS.encode(), "", "utf-8", "", ""),
        (b"\xef\xbb\xbf" + WORDS.encode(), "", "utf-8", "utf-8", "bom"),
        (WORDS.encode("utf-16"), "", "utf-16-le", "utf-16-le", "bom"),
        (WORDS.encode("utf-16-be"), "utf-16-be", "utf-16-be", "utf-16-be", "header"),
        (WORDS.encode(), "windows-1251", "utf-8", "windows-1251", "header"),
        ("Республика".encode("cp1251"), "", "windows-1251", "", ""),
        ("Республика".encode("cp1251"), "utf-8", "windows-1251", "utf-8", "header"),
        (WORDS.encode("kz1048"), "windows-1251", "kz1048", "windows-1251", "header"),
        (WORDS.encode("kz1048"), "kz1048", "kz1048", "kz1048", "header"),
        (RUSSIAN.encode("koi8-r"), "", "koi8-r", "", ""),
        (RUSSIAN.encode("koi8-r"), "windows-1251", "koi8-r", "windows-1251", "header"),
        (RUSSIAN.encode("koi8-r"), "koi8-r", "koi8-r", "koi8-r", "header"),
        (RUSSIAN.encode("cp1251"), "", "windows-1251", "", ""),
        (RUSSIAN.upper().encode("cp1251"), "", "windows-1251", "", ""),
        (b'<meta charset="UTF-8">' + WORDS.encode(), "", "utf-8", "utf-8", "meta"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">\xcf\xf0',
            "",
            "windows-1251",
            "windows-1251",
            "meta",
        ),
        ("Республика".encode("koi8-r"), "koi8-r", "koi8-r", "koi8-r", "header"),
        ("Республика".encode("cp1251"), "x-unknown", "windows-1251", "", "header"),
        (WORDS.encode() * 4 + b"\xd2", "utf-8", "utf-8", "utf-8", "header"),
        (b"Budget", "us-ascii", "utf-8", "cp1252", "header"),
    ],
)
def test_charset_is_sniffed(content, header, name, declared, by):
    charset = Page(content, evidence_of("http://site.example/", content, charset=header)).charset

    assert (charset.name, charset.declared, charset.declared_by) == (name, declared, by)


def test_one_byte_text_is_read_into_its_letters():
    page = page_of(f"<p>{WORDS}</p>".encode("kz1048"))

    assert page.text == WORDS


def test_bytes_that_no_charset_explains_are_marked():
    page = page_of(b"<p>\x98\x98 " + "Республика".encode("cp1251"), charset="windows-1251")

    assert page.charset.broken
    assert "\ufffd" in page.text


def test_title_language_and_headings_are_read():
    page = page_of('<html lang=" kk "><title> Аудан\n бюджеті </title><h1>Бюджет <b>2026</b></h1>')

    assert (page.title, page.declared_language) == ("Аудан бюджеті", "kk")
    assert page.main_headings == ["Бюджет 2026"]


@pytest.mark.parametrize("html", ["<html>", '<html lang="">', "<html lang>", ""])
def test_language_that_is_not_declared_is_none(html):
    assert page_of(html).declared_language is None


def test_hrefs_are_raw_and_come_once():
    page = page_of(
        '<a href="/a">1</a><a href="/a">2</a><a href="">3</a><a>4</a>'
        '<map><area href="b.html"></map><iframe src="/frame"></iframe>'
    )

    assert page.hrefs == ["/a", "b.html", "/frame"]


@pytest.mark.parametrize(
    ("html", "base"),
    [('<base href="/x/">', "/x/"), ("<base target=_top>", ""), ("", "")],
)
def test_base_is_as_written(html, base):
    assert page_of(html).base == base


MENU = "<nav><a href=/>Басты бет</a></nav>"


@pytest.mark.parametrize(
    "html",
    [
        f"<header>Әкімдік</header>{MENU}<main><p>Мәтін</p>{MENU}</main><footer>Мекенжай</footer>",
        f"{MENU}<div role=main><p>Мәтін</p><aside>Жақында</aside></div>",
        f"{MENU}<article><header></header><p>Мәтін</p></article><aside><p>Мәтін емес</p></aside>",
        f"<div id=header>Әкімдік</div>{MENU}<p>Мәтін</p><div class=sidebar>2</div>",
        "<div id=side>24.11.2026</div><p>Мәтін</p><p class=calendar>1 2</p><div id=foot>©</div>",
        "<article>Мәтін</article>".replace("article", "section") + "<script>var a = 1</script>",
    ],
)
def test_main_text_is_without_what_is_around_it(html):
    assert page_of(html).main_text == "Мәтін"


def test_several_articles_are_a_list_and_the_whole_body_is_read():
    assert page_of("<article>1</article><article>2</article>").main_text == "1 2"


@pytest.mark.parametrize(
    "html",
    [
        "<header><nav><a>Басты бет</a></nav></header><div>Басты бет жаңартылды</div>",
        '<nav role="navigation">Басты бет</nav><div>Басты бет жаңартылды</div>',
        "<aside>Іздеу <nav>Басты бет</nav></aside><nav>Мәзір</nav><p>Басты бет жаңартылды</p>",
    ],
)
def test_menu_inside_a_frame_is_not_cut_out_of_the_text_again(html):
    assert page_of(html).main_text == "Басты бет жаңартылды"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Қазақстан</p><nav>Қаз</nav>", "Қазақстан"),
        ("<p>2026 жылғы 12 наурыз</p><nav>1</nav><p>2</p>", "2026 жылғы 12 наурыз 2"),
        ("<p>Бұл 1 бөлім</p><nav><a>1</a> <a>2</a></nav>", "Бұл 1 бөлім"),
        ("<nav>1</nav>1", "1"),
    ],
)
def test_short_text_of_a_menu_is_not_cut_out_of_words(html, text):
    assert page_of(f"<main>{html}</main>").main_text == text


def test_menus_deep_inside_are_cut_out_in_a_time_that_does_not_multiply():
    page = page_of("<div>" * 1_900 + "<nav>a</nav>b" * 20_000)
    began = process_time()

    assert page.main_text == " ".join("b" * 20_000)

    assert process_time() - began < 2  # seconds; each way up gone by itself takes four


def test_element_with_several_seldom_attributes_is_named_once_for_each():
    page = page_of("<nav role=menu lang=ru tabindex=1></nav><p lang=kk accesskey=k></p>")

    given = {name: [node.tag for node in page.given(name)] for name in SELDOM}
    assert given == {
        "role": ["nav"],
        "lang": ["nav", "p"],
        "tabindex": ["nav"],
        "accesskey": ["p"],
    }


def test_repeated_text_is_cut_once_for_each_menu():
    page = page_of("<p>Бюджет</p><nav>Бюджет</nav><p>Бюджет туралы</p><nav>Бюджет</nav>")

    assert sorted(page.main_text.split()) == ["Бюджет", "Бюджет", "туралы"]


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ('<meta property="article:published_time" content="2026-11-19T10:00">', "meta"),
        ('<meta name="DC.date" content="2026-11-19">', "meta"),
        ('<script type="application/ld+json">{"datePublished": "2026-11-19"}</script>', "meta"),
        ('<main><time datetime="2026-11-19">кеше</time></main>', "time"),
        ("<article><time>19.11.2026</time></article>", "time"),
        ("<main><h1>Кездесу</h1><p>2026 жылғы 19 қараша</p></main>", "text"),
    ],
)
def test_day_of_publication_is_found(html, source):
    assert page_of(html).published == Dated(day=date(2026, 11, 19), source=source)


@pytest.mark.parametrize(
    "html",
    [
        '<meta name="date" content="soon">',
        '<script type="application/ld+json">{}</script>',
        '<script type="application/ld+json">{"datePublished": "someday"}</script>',
        '<time datetime="2026-11-19">күнтізбе</time>',
        '<main><time datetime="later"></time><aside><time>19.11.2026</time></aside></main>',
        "<main>Мәтін</main><aside>19.11.2026</aside>",
        "<footer>19.11.2026</footer>",
        "<main><p>Бүгін 19.11.2026</p></main>",
    ],
)
def test_day_of_something_else_is_not_the_day_of_publication(html):
    assert page_of(html).published is None


def test_path_leads_from_the_nearest_id_and_counts_twins():
    page = page_of(
        '<div id="list"><p>1</p><p>2<b>x</b></p><i>3</i></div><div id="a b"><i></i></div>'
    )

    paths = [page.path_of(page.select(css)[0]) for css in ("b", "#list i", "[id='a b'] i")]

    assert paths == [
        "#list > p:nth-of-type(2) > b",
        "#list > i",
        "html > body > div:nth-of-type(2) > i",
    ]


def test_path_is_no_longer_sought_after_a_thousand():
    page = page_of("<i></i>" * 1_002)

    paths = [page.path_of(node) for node in page.select("i")]

    assert paths[998:] == [
        "html > body > i:nth-of-type(999)",
        "html > body > i:nth-of-type(1000)",
        "i",
        "i",
    ]


def test_path_into_the_depths_is_cut():
    page = page_of("<b>" * 30 + "<img>")

    assert page.path_of(page.select("img")[0]).count(">") == 7


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0\0\0", id="nulls"),
        pytest.param(b"\xff\xfe", id="a mark alone"),
        pytest.param(b"plain text", id="no tags"),
        pytest.param(b"<div>" * 2_000 + b"<a href=x>y</a>", id="deep"),
        pytest.param(
            b'<a title="' + b"x" * 10_000_000 + b'" href="/a">y</a>', id="10 MB attribute"
        ),
        pytest.param(b'<a href="/a', id="cut off in an attribute"),
        pytest.param(b"<frameset><frame src=a></frameset>", id="frames"),
        pytest.param(b"<svg><a href=x></a></svg><math><title></math>", id="foreign elements"),
        pytest.param(b"<title>" + b"\xf0\x28\x8c\xbc" * 100, id="broken UTF-8"),
    ],
)
def test_hostile_page_is_read_without_complaint(content):
    page = page_of(content)

    for name in ("title", "text", "main_text", "hrefs", "images", "metas", "base", "main_headings"):
        getattr(page, name)
    assert (page.published, page.language, page.declared_language) == (None, None, None)
    assert all(map(page.path_of, page.select("*")[:20]))


def test_shortened_text_says_that_it_was_cut():
    assert [shorten("бір  екі"), shorten("сөз " * 100, 8)] == ["бір екі", "сөз сөз…"]


@pytest.mark.parametrize(
    ("meta", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/kk/">', "/kk/"),
        ("<META HTTP-EQUIV=Refresh CONTENT=\"0;URL='/ru/index.php'\">", "/ru/index.php"),
        ('<meta http-equiv="refresh" content="300; url=/kk/">', ""),
        ('<meta http-equiv="refresh" content="0">', ""),
        ('<meta http-equiv="refresh">', ""),
        ("<!-- refresh -->", ""),
        ("", ""),
    ],
)
def test_page_that_only_sends_its_reader_on_says_where(meta, target):
    page = Page(f"<html><head>{meta}</head></html>".encode())

    assert (page.forwards, page.hrefs) == (target, [target] if target else [])


def test_page_in_sixteen_bits_is_read_like_any_other():
    html = (
        "<html><body><main><h1>Байланыс</h1><nav>Мәзір</nav><a href='/a'>x</a></main></body></html>"
    )

    page = Page(b"\xff\xfe" + html.encode("utf-16-le"))

    assert (page.main_headings, page.hrefs) == (["Байланыс"], ["/a"])
    assert page.main_text == "Байланыс x"


def test_button_that_is_a_picture_is_one_of_the_images():
    page = page_of(b'<input name=q><img src=/a.png><INPUT Type=Image src="/b.png">')

    assert [given.get("src") for _, given in page.images] == ["/a.png", "/b.png"]


def test_elements_are_found_whatever_letters_their_names_are_written_in():
    page = page_of(b"<LINK rel=x><Table><td>1</table></p><image src=/a>")

    names = ("link", "table", "tbody", "p", "img", "form")
    assert [len(page.nodes(name)) for name in names] == [1, 1, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("needle", "held"),
    [
        (b"<table", True), (b"<video", False), (b"<body", True), (b"role=", True),
        (b"tabindex", False), (b"aria-label", True), (b".pdf", True), (b".xls", False),
        (b'href="#', True), (b"href='/z", False), (b"password", True), (b"heading", False),
        ("есеп".encode(), True), (b"missing", False),
    ],
)  # fmt: skip
def test_page_knows_what_it_holds(needle, held):
    page = page_of(
        '<BODY><TABLE Role=grid aria-label=x></table><a href="/A.PDF">есеп</a>'
        '<a href="#top"></a><input TYPE=Password>'.encode()
    )

    assert (page.holds(needle), page.holds(needle)) == (held, held)


@pytest.mark.parametrize(
    ("html", "tag", "found"),
    [
        ("<h2>a</h2>", "h2", 1),
        ("<!-- <h2>a</h2> -->", "h2", 0),
        ("<h2>a</h2><H2>b</H2>", "h2", 2),
        ("<p><b>a<p>b", "b", 2),  # opened once, and once more by the parser
        ("<image src=a>", "img", 1),
        ("<ul><li>a", "li", 1),
        ("<p>a", "h2", 0),
    ],
)
def test_elements_are_all_found_however_often_their_names_stand_in_the_bytes(html, tag, found):
    assert len(Page(html.encode()).nodes(tag)) == found
