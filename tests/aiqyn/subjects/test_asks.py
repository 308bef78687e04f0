"""What a site's own search is asked, and how its answers are read."""

from urllib.parse import quote_plus

import pytest

from aiqyn.chain import Ask
from aiqyn.rules import Answer
from aiqyn.subjects.asks import NONSENSE, asks_of, host_of, questions_of, replies_of
from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.wayfinding import search_of
from tests.aiqyn.worked import ORIGIN, crawl, evidence_of, site_of

TEXT = "Ауданда биыл он екі шақырым жол жөнделеді, үш ауылға таза су құбыры тартылады."
HOME = (
    '<form action="/izdeu"><input type="hidden" name="til" value="kk"><input name="q"></form>'
    '<a href="/bolimder">Бөлімдер</a><a href="/zhanalyktar">Жаңалықтар</a>'
)
PAGES = {
    "/": HOME,
    "/bolimder": '<title>Бөлімдер</title><a href="/bolimder/su">1</a><a href="/bolimder/jol">2</a>',
    "/bolimder/su": f"<title>Ауызсу — Аудан</title><p>{TEXT}</p>",
    "/bolimder/jol": f"<title>Автожолдар — Аудан</title><p>{TEXT}</p>",
    "/zhanalyktar": '<h1>Жаңалықтар</h1><a href="/zhanalyktar/1">1</a>',
    "/zhanalyktar/1": f"<title>Жылыжайлар ашылды</title><p>2026 жылғы 3 қаңтар. {TEXT}</p>",
}


RUSSIAN = "Вода в каждом селе района будет чистой. " * 3
ROADS = '<p>автожолдар</p><a href="/bolimder/jol">1</a><a href="/izdeu?q=2">2</a>'
VOTE = '<form action="/vote"><input name="a"></form>'
JOOMLA = (
    '<form action="/index.php?x=1"><input type="hidden" name="m" value="s t">'
    '<input type="text" name="searchword"><input type="submit" name="go"></form>'
)


def asked(word, charset="utf-8"):
    return f"{ORIGIN}/izdeu?til=kk&q={quote_plus(word, encoding=charset)}"


def site_with(replies):
    given = {asked(word): Answer(html=html, role="search") for word, html in replies.items()}
    return site_of(crawl(PAGES | given))


def test_search_is_asked_for_two_sections_a_piece_of_news_and_nonsense():
    asks = asks_of(site_of(crawl(PAGES)))

    words = ["автожолдар", "ауызсу", "жылыжайлар", NONSENSE]
    assert asks == [Ask(url=asked(word), role="search") for word in words]


def test_search_at_the_root_leaves_all_pages_to_ask_for():
    pages = {path: html.replace('action="/izdeu"', 'action="/"') for path, html in PAGES.items()}

    asks = asks_of(site_of(crawl(pages)))

    words = ["автожолдар", "ауызсу", "жылыжайлар", NONSENSE]
    assert [each.url for each in asks] == [asked(word).replace("/izdeu", "/") for word in words]


def test_pages_of_the_menu_are_asked_for_last():
    pages = PAGES | {"/": HOME + '<a href="/bolimder/jol">Автожолдар</a>'}

    questions = questions_of(site_of(crawl(pages)))

    assert [(each.word, each.is_in_menu) for each in questions] == [
        ("ауызсу", False),
        ("автожолдар", True),
        ("жылыжайлар", False),
        (NONSENSE, False),
    ]


def test_site_without_a_search_is_not_asked():
    assert asks_of(site_of(crawl(PAGES | {"/": "<p>Мәтін</p>"}))) == []


def test_search_without_a_page_to_look_for_is_not_asked():
    assert asks_of(site_of(crawl({"/": HOME}))) == []


def test_words_are_sent_in_the_charset_of_the_form():
    pages = {
        "/": '<form action="/poisk"><input name="q"></form><a href="/a">Вода</a><a href="/b">2</a>',
        "/a": f"<title>Водоснабжение</title><p>{RUSSIAN}</p>",
        "/b": f"<title>Ауызсу құбыры</title><p>{RUSSIAN}</p>",
    }
    kept = crawl(pages, charset="windows-1251")
    for digest, content in list(kept.store.items()):
        kept.store[digest] = content.decode().encode("cp1251", "replace")

    questions = questions_of(site_of(kept))

    word = quote_plus("водоснабжение", encoding="cp1251")
    assert questions[0].url == f"{ORIGIN}/poisk?q={word}"


def test_word_the_charset_does_not_know_is_not_asked_for():
    form = '<html><head><meta charset="windows-1251"></head><form action="/p"><input name="q">'
    pages = {
        "/": f'{form}</form><a href="/a">Привет всем жителям нашего района</a>',
        "/a": f"<title>Құбырлар</title><p>{TEXT}</p>",
    }
    kept = crawl(pages)
    for evidence in kept.manifest.evidence:
        if evidence.url.endswith("/"):
            kept.store[evidence.sha256] = pages["/"].encode("cp1251")

    assert questions_of(site_of(kept)) == []


def test_reply_has_found_what_it_leads_to_or_tells_of():
    site = site_with(
        {
            "автожолдар": ROADS,
            "ауызсу": '<p>ауызсу</p><a href="/go/7">Ауызсу</a>',
            "жылыжайлар": "<p>жылыжайлар</p><p>Табылмады</p>",
            NONSENSE: f"<p>{NONSENSE}</p><p>Табылмады</p>",
        }
    )

    replies = replies_of(site)

    assert [(reply.question.word, reply.has_found, reply.says_nothing) for reply in replies] == [
        ("автожолдар", True, False),
        ("ауызсу", True, False),
        ("жылыжайлар", False, True),
        (NONSENSE, False, True),
    ]
    assert replies[0].links == {f"{ORIGIN}/bolimder/jol"}


def test_replies_of_one_site_are_read_once():
    site = site_with({NONSENSE: "<p>Табылмады</p>"})

    assert replies_of(site) is replies_of(site)


def test_reply_without_an_answer_to_nonsense_has_found_nothing():
    site = site_with({"автожолдар": '<a href="/bolimder/jol">Автожолдар</a>'})

    assert [(reply.links, reply.has_found) for reply in replies_of(site)] == [
        ({f"{ORIGIN}/bolimder/jol"}, False)
    ]


def test_reply_that_is_no_page_says_nothing_of_what_it_found():
    file = Answer(html="{}", media_type="application/json", role="search")
    site = site_of(crawl(PAGES | {asked("автожолдар"): file}))

    reply = replies_of(site)[0]

    assert (reply.answer, reply.has_found, reply.says_nothing) == (None, False, False)


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ('<label class="visually-hidden">Іздеу</label><p>Ничего не найдено</p>', True),
        ('<p hidden class="a">Ничего не найдено</p>', False),
        ('<p style="display: none">Ничего не найдено</p>', False),
        ("<p>Ничего&nbsp;не найдено</p>", True),
        ("<p>Найдено: 7</p>", False),
    ],
)
def test_sentence_that_nothing_was_found_has_to_be_seen(html, says):
    assert replies_of(site_with({NONSENSE: html}))[0].says_nothing is says


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<form action="/find"><input name="q"></form>', "/find?q="),
        ('<form><input type="search" name="w"></form>', "/a/b?w="),
        ('<form action="?page=1#top"><input name="poisk"></form>', "/a/b?poisk="),
        (JOOMLA, "/index.php?m=s+t&searchword="),
        ('<form role="search"><input name="w"></form>', "/a/b?w="),
        ('<form method="post" action="/find"><input name="q"></form>', ""),
        ('<form action="https://other.example/find"><input name="q"></form>', ""),
        ('<form action="http://[broken"><input name="q"></form>', ""),
        ('<form action="/subscribe"><input type="email" name="q"></form>', ""),
        ('<form action="/login"><input name="login"><input type="password" name="q"></form>', ""),
        ('<form action="/find"><input name="q"><input type="file" name="f"></form>', ""),
        ('<form action="/find"><input name="q"><textarea name="t"></textarea></form>', ""),
        ('<form action="/vote"><input name="answer"></form>', ""),
        ('<form action="/find"><input name="q"><input name="year"></form>', ""),
        ('<form action="/find"><input type="search" name=""></form>', ""),
        (f'{VOTE}<form><input type="search" name="q"></form>', "/a/b?q="),
        ("<p>Мәтін</p>", ""),
    ],
)
def test_only_a_harmless_form_of_the_site_is_a_search(html, address):
    page = Page(html.encode(), evidence_of(f"{ORIGIN}/a/b", html.encode()))

    assert search_of(page) == (ORIGIN + address if address else "")


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://EGOV.kz/cms", "egov.kz"), ("mailto:a@b.kz", ""), ("http://[broken", "")],
)
def test_host_of_an_address(address, host):
    assert host_of(address) == host
