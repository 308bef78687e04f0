"""Menus met before are left out of the tree, and nothing else changes by it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from aiqyn.rules import load
from aiqyn.subjects import menus
from aiqyn.subjects.page import Page
from tests.aiqyn.worked import evidence_of

ITEMS = 30
LIST = '<ul class="menu">\n{}\n</ul>'
DEEP = 2  # clicks from the first page: what is nearer is read as a whole


def items(of, number=ITEMS):
    return "\n".join(
        f'<li class="menu__item"><a class="menu__link" href="/{of}/{each}?a=1&amp;b={each}">'
        f"Бөлім {of} &mdash; {each}</a></li>"
        for each in range(number)
    )


def menu(of="kk", number=ITEMS):
    return LIST.format(items(of, number))


def page_of(html, depth=DEEP):
    content = html.encode()
    return Page(content, evidence_of("http://site.example/a", content, depth=depth))


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(menus, "_known", {})
    monkeypatch.setattr(menus, "_met", set())
    monkeypatch.setattr(menus, "_lately", {})


def read(html):
    return menus.rest_of(menus.shortened(html.encode()))


def met(*lists):
    """Let these lists have been seen on two pages."""
    for _ in range(2):
        read("".join(lists))


PAGE = '<header>{}</header><main><h1>Бюджет</h1><a href="/own">x</a></main><footer>{}</footer>'


def test_a_menu_met_before_is_left_out_and_its_links_are_known():
    met(menu(), menu("foot"))
    page = page_of(PAGE.format(menu(), menu("foot")))

    assert len(page.lean.css("li")) == 2
    assert len(page.select("li")) == len(page.nodes("li")) == 2 * ITEMS
    assert page.hrefs == page.whole.hrefs
    assert page.hrefs[1] == "/kk/1?a=1&b=1"
    assert page.hrefs.index("/own") == ITEMS
    assert page.whole.whole is page.whole
    assert page.whole.lean is page.whole.tree


def test_the_same_menu_twice_on_a_page_is_left_out_twice():
    met(menu())
    page = page_of(PAGE.format(menu(), f"{menu()}<ul><li>alone</li></ul>"))

    assert len(page.lean.css("li")) == 3
    assert page.hrefs == page.whole.hrefs


@pytest.mark.parametrize(
    "html",
    [
        "<nav>{}</nav><h1>No main text is marked</h1>",
        "<main><p>Text</p>{}</main>",
        '<div role="Main">{}</div><article>Text</article>',
        "<main></main><!-- {} -->",
        "<main></main><script>{}</script>",
        "<main></main><a href=/x>never closed {}",
        "<main></main><p><b>never closed</p>{}",
    ],
)
def test_what_is_no_menu_beside_the_main_text_is_read_as_a_whole(html):
    met(menu())
    page = page_of(html.format(menu()))

    assert page.lean is page.tree
    assert page.whole is page


def test_a_list_that_once_was_no_menu_is_never_again():
    met(menu())
    assert read(f"<article>{menu()}</article>") is None

    assert read(f"<nav>{menu()}</nav>") is None


def test_a_list_in_the_main_text_is_passed_over_and_may_be_a_menu_elsewhere():
    met(f"<main>{menu()}</main>")
    assert not menus._met

    met(menu())
    assert read(f"<main>{menu()}</main>") is None
    assert read(f"<nav>{menu()}</nav><main>{menu('own')}</main>") is not None


@pytest.mark.parametrize(
    "odd",
    [
        items("kk").replace("</a></li>", "</a><b>x</b></li>", 1),
        items("kk").replace('href="', 'id="x" href="', 1),
        items("kk").replace("Бөлім kk &mdash; 7</a>", " </a>"),
        items("kk").replace("<li", "x<li", 3),
    ],
)
def test_only_plain_lists_are_menus(odd):
    odd = LIST.format(odd)
    met(odd)

    assert menus._known == {odd.removesuffix("</ul>").encode(): None}
    assert read(f"<nav>{odd}</nav>") is None


def test_short_and_endless_lists_are_left_alone(monkeypatch):
    few = menu(number=3)
    met(few)
    assert not menus._known

    monkeypatch.setattr(menus, "LONGEST", 2_000)
    met(menu())
    assert not menus._known


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(menus, "MOST", 2)
    monkeypatch.setattr(menus, "MOST_MET", 3)
    for each in range(6):
        met(menu(f"s{each}"))

    assert len(menus._known) <= 2
    assert len(menus._met) <= 3


def test_menus_met_lately_are_few_and_found_at_once(monkeypatch):
    monkeypatch.setattr(menus, "MOST_LATELY", 2)
    met(*(menu(f"s{each}") for each in range(4)))

    assert len(menus._lately) <= 2
    for each in range(4):
        page = page_of(PAGE.format(menu(f"s{each}"), ""))
        assert len(page.lean.css("li")) == 1
        assert page.hrefs == page.whole.hrefs


def test_words_of_items_left_out_are_found():
    met(menu("Breadcrumb"))
    html = PAGE.format(menu("Breadcrumb"), "")

    assert page_of(html).holds(b"breadcrumb")
    assert not page_of(html).holds(b"breadcrumbs")
    assert page_of(html + "<!-- data- -->").holds(b"data-")
    assert not page_of(html).holds(b"data-")


def test_near_the_first_page_and_in_other_letters_pages_are_read_as_a_whole():
    met(menu())
    html = PAGE.format(menu(), "")
    other = Page(
        html.encode("windows-1251", "xmlcharrefreplace"),
        evidence_of("http://site.example/a", b"", depth=DEEP, charset="windows-1251"),
    )

    assert page_of(html, depth=1).whole.lean is not None
    assert page_of(html, depth=1).lean is not page_of(html).lean
    assert len(page_of(html, depth=1).lean.css("li")) == ITEMS
    assert len(other.lean.css("li")) == ITEMS
    assert len(page_of(html + "<i>x</i>" * 1_000).lean.css("li")) == ITEMS


def test_links_are_found_where_a_menu_leads_too():
    met(menu())
    page = page_of(PAGE.format(menu(), ""))

    assert [link.attributes["href"] for link in page.links_to({"/own"})] == ["/own"]
    assert len(page.links_to({"/own", "/kk/5?a=1&b=5"})) == 2


def test_what_breaks_around_a_menu_is_quoted_with_the_whole_of_it():
    met(menu())
    html = PAGE.format(f"<ul>lost<li>{menu()}</li></ul>", "")
    check = load()["P063"].check
    assert check is not None

    found = list(check(page_of(html)))

    assert found == list(check(page_of(html).whole))
    assert "Бөлім kk — 1" in found[0].saw


PIECES = [
    "<p>text", "</p>", "<b>", "</b>", "<a href=/x>", "</a>", "<div>", "</div>", "<ul>", "</ul>",
    "<li>", "</li>", "<table>", "<tr><td>", "</table>", "<nav>", "</nav>", "<!-- ", " -->",
    "<script>", "</script>", "<select>", "</select>", "<form>", "</form>", "<svg>", "</svg>",
    "<h2>", "</h2>", "<template>", "</template>", "<i>", "</i>", "<font color=red>", "</font>",
    "<button>", "</button>", "<math>", "<textarea>", "</textarea>", "<title>", "</title>",
    "<frameset>", "<body class=x>", "<option>", "<dl><dt>", "<object>", "</object>", "plain",
    menu("x"), menu("y"), menu("x", 29), items("x", 1), LIST.format(items("x", 1)),
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_a_tree_lacks_nothing_but_items_of_menus(pieces):
    met(menu("x"), menu("y"), menu("x", 29))
    html = "".join(pieces)
    rest = read(html)
    if rest is None:
        return
    whole = LexborHTMLParser(html.encode())

    assert without_items(rest.tree) == without_items(whole)


def without_items(tree):
    """The tree in words, every plain list with its first item alone."""
    for node in tree.tags("ul"):
        links = node.css("li.menu__item")
        for link in links[1:]:
            link.decompose()
    return "".join((tree.html or "").split())
