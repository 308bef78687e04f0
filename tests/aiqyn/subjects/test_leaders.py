"""Whom a page of leaders presents, however it is laid out, and what it tells of each."""

from datetime import UTC, datetime

import pytest

from aiqyn.chain import Evidence
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.content import content_of
from aiqyn.subjects.traits.leaders import MOST_PEOPLE


def leaders(html):
    seen = Evidence(url="http://a.kz/ru/x", taken_at=datetime(2026, 11, 20, tzinfo=UTC), depth=1)
    page = Page(f"<main><h1>Руководство</h1>{html}</main>".encode(), seen)
    numbers = [place if href.startswith("/") else -1 for place, href in enumerate(page.hrefs)]
    return content_of(page, Links(numbers, page.hrefs)).leaders


HEADINGS = (
    "<p>Обязанности и биография руководства и заместителей</p>"
    "<h2>Аким: Асанов Марат</h2><p>Курирует строительство, родился в 1970 году</p>"
    "<h2>Заместитель: Беков Ерлан</h2><p>тел. 55-10-20, был советником С. Омарова</p>"
)
ROWS = (
    "<table><tr><td>1.</td><td>Асанов Марат</td><td>Курирует всё, родился в 1970</td></tr>"
    "<tr><td>Вице-министр,</td><td>Беков Ерлан</td><td>55-10-20</td></tr></table>"
)
ITEMS = (
    "<ul><li>Асанов Марат, аким, курирует всё, родился в 1970</li>"
    "<li>Беков Ерлан, заместитель, 55-10-20</li></ul>"
)
POSTS_ABOVE = (
    "<div><div>Аким</div><div>Асанов Марат</div><div>Курирует строительство и дороги района, "
    "родился в 1970 году в этом же районе</div></div>"
    "<div><div>Заместитель</div><div>Беков Ерлан</div><div>55-10-20</div></div>"
)
POSTS_BELOW = (
    "<div><p><b>Асанов Марат</b></p><p>Аким</p><p>Курирует строительство, родился в 1970</p></div>"
    "<div><p><b>Беков Ерлан</b></p><p>Заместитель</p><p>55-10-20</p></div>"
)
POSTS_AT_THE_END = (
    "<div><h3>Асанов Марат</h3><p>Курирует строительство и дороги всего района и города, "
    "родился в 1970 году</p><p>Аким</p></div><div><h3>Беков Ерлан</h3><p>55-10-20, приёмная "
    "на втором этаже, вход со двора, лифт справа от входа</p><p>Заместитель</p></div>"
)


@pytest.mark.parametrize(
    "html", [HEADINGS, ROWS, ITEMS, POSTS_ABOVE, POSTS_BELOW, POSTS_AT_THE_END]
)
def test_every_leader_is_told_apart(html):
    told = [(each.name, each.is_deputy, each.met) for each in leaders(html)]

    head, deputy = told
    assert [head[:2], deputy[:2]] == [("Асанов Марат", False), ("Беков Ерлан", True)]
    assert {"duties", "biography"} <= head[2]
    assert deputy[2] & {"duties", "biography", "telephone"} == {"telephone"}


def test_names_that_the_text_does_not_have_present_nobody():
    assert leaders("<nav><h2>Асанов Марат</h2></nav><p>Скоро</p>") == ()


def test_long_text_that_names_somebody_presents_nobody():
    assert leaders(f"<p>{'Слово о районе. ' * 20} Асанов Марат.</p>") == ()


@pytest.mark.parametrize(
    ("html", "targets"),
    [
        (
            '<h2><a href="/1">Асанов Марат</a></h2><h2>Беков Ерлан</h2><p><a href="/2">Ещё</a></p>',
            [(0,), (1,)],
        ),
        (
            '<div><p>Асанов Марат</p><a href="/1">Ещё</a></div><div><p>Беков Ерлан</p></div>',
            [(0,), ()],
        ),
        ('<h2>Асанов Марат</h2><a href="/1">Ещё</a>', [(0,)]),
        (f"{'<div>' * 4}<p>Асанов Марат</p>{'</div>' * 4}<a href='/1'>Ещё</a>", [()]),
    ],
)
def test_links_beside_a_name_are_kept(html, targets):
    assert [each.targets for each in leaders(html)] == targets


def test_other_pages_present_nobody():
    seen = Evidence(url="http://a.kz/ru/leaders/x", taken_at=datetime(2026, 11, 20, tzinfo=UTC))
    page = Page("<h1>Приём граждан</h1><h2>Асанов Марат</h2>".encode(), seen)

    assert content_of(page, Links((), ())).leaders == ()


def test_no_body_has_more_leaders_than_a_page_is_searched_for():
    families = ("Асанов", "Беков", "Ершов", "Оспанов", "Сейтов", "Ахметов", "Жунусов", "Касымов")
    names = [f"{family} Марат{'а' * more}" for family in families for more in range(20)]
    found = leaders("".join(f"<h2>{name}</h2><p>Курирует строительство</p>" for name in names))

    assert len(found) == MOST_PEOPLE


def unclear(html):
    return [set(each.unclear) for each in leaders(html)]


def test_text_is_of_the_name_above_it_where_the_first_has_none_above():
    assert unclear("<h2>Асанов Марат</h2><p>Родился в 1970</p><h2>Беков Ерлан</h2>") == [set()] * 2


def test_words_without_a_year_of_a_life_above_the_first_name_introduce_the_page():
    intro = "<p>Обновлено 17 мая 2026 года. Биография и обязанности руководителей</p>"
    told = "<h2>Асанов Марат</h2><p>Курирует дороги, родился в 1970</p><h2>Беков Ерлан</h2>"

    assert unclear(intro + told) == [set(), set()]
    assert unclear(f"{intro}<h2>Асанов Марат</h2><h2>Беков Ерлан</h2>") == [set(), set()]
    assert unclear(
        "<p>Курирует финансы</p><h2>Асанов Марат</h2><p>Курирует дороги</p><h2>Беков Ерлан</h2>"
    ) == [{"duties"}, {"duties"}]
    assert unclear(f"<p>Курирует финансы, родился в 1980</p>{told}") == [
        {"duties", "biography"}, {"duties", "biography"},
    ]  # fmt: skip


def test_what_the_next_card_tells_above_its_name_may_be_of_the_name_before_it():
    told = "<h2>Асанов Марат</h2><div><p>Родился в 1970</p><h2>Беков Ерлан</h2><p>тел.</p></div>"

    assert unclear(told) == [{"biography"}, set()]


def test_a_name_far_from_everything_else_is_its_own_card():
    deep = f"{'<div>' * 8}<h2>Асанов Марат</h2>{'</div>' * 8}"

    assert unclear(f"{deep}<h2>Беков Ерлан</h2><p>Родился в 1970</p>") == [set(), set()]


def test_an_element_parts_of_which_are_no_text_of_the_page_is_no_card():
    hidden = "<div><h2>Асанов Марат</h2><nav>Меню</nav><p>Родился в 1970</p></div>"

    found = leaders(f"{hidden}<div><h2>Беков Ерлан</h2></div>")
    assert [("biography" in each.met) for each in found] == [True, False]
