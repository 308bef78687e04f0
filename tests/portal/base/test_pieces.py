"""Pieces of pages: drawn once for equal values, out of these values alone."""

from typing import Any, NamedTuple

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import Client
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from aiqyn_portal.base.context import Link
from aiqyn_portal.base.templatetags import pieces

MENU = (Link("/kk/a/", "A & B"), Link("/kk/b/", "B", is_current=True))


class Pair(NamedTuple):
    name: str
    values: tuple[Any, ...]


def drawn(text: str, **context: Any) -> str:
    return Template("{% load pieces %}" + text).render(Context(context))


def test_piece_is_drawn_of_its_values_and_escaped() -> None:
    html = drawn('{% piece "base/menu.html" navigation=links %}', links=MENU)

    assert '<a class="app-menu__link" href="/kk/a/">A &amp; B</a>' in html
    assert '<a class="app-menu__link" href="/kk/b/" aria-current="page">B</a>' in html


def test_piece_knows_nothing_of_the_page_around_it() -> None:
    context = {"navigation": MENU, "request": HttpRequest(), "user": "somebody"}

    html = drawn('{% piece "base/menu.html" %}', **context)

    assert html.strip() == ""


def test_equal_values_are_drawn_once_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces.drawn.cache_clear()
    for language in ("kk", "ru", "kk", "ru"):
        with override(language):
            drawn('{% piece "base/sign_in.html" %}')

    assert (pieces.drawn.cache_info().misses, pieces.drawn.cache_info().hits) == (2, 2)


def test_each_value_has_its_piece() -> None:
    links = [(link,) for link in MENU]

    html = drawn('{% each_piece "base/menu.html" "navigation" links %}', links=links)

    assert html.count("<nav") == 2


@pytest.mark.parametrize(
    "value",
    [
        HttpRequest(),
        SafeString("<b>safe here, not elsewhere</b>"),
        gettext_lazy("Search"),
        1.0,
        Pair("deep inside", (frozenset(),)),
    ],
)
def test_what_may_say_another_thing_later_is_refused(value: Any) -> None:
    for _ in range(2):
        with pytest.raises(pieces.NotPlain):
            drawn('{% piece "base/menu.html" navigation=value %}', value=value)


def test_text_never_takes_the_place_of_markup() -> None:
    text = "<b>written by somebody</b>"

    plain = drawn('{% piece "base/menu.html" navigation=links %}', links=(Link("/", text),))

    assert "&lt;b&gt;written" in plain
    with pytest.raises(pieces.NotPlain):
        drawn(
            '{% piece "base/menu.html" navigation=links %}', links=(Link("/b", SafeString(text)),)
        )


def test_nobody_is_shown_what_was_drawn_for_another(clients: dict[str, Client]) -> None:
    """Every role opens the same pages in turn, twice: each time only its own menu is there."""
    own = {
        role: {address for address, _ in client.get("/en/nowhere/").context["account_links"]}
        for role, client in clients.items()
    }
    everything = set().union(*own.values())
    for _ in range(2):
        for role, client in clients.items():
            html = client.get("/en/ratings/").content.decode()
            shown = {address for address in everything if f'<a href="{address}">' in html}
            assert shown == own[role]
            assert ("app-account-link" in html) == (role == "anonymous")
            assert ("csrfmiddlewaretoken" in html) == (role != "anonymous")


def test_menu_marks_where_each_reader_is(db: None) -> None:
    client = Client()
    for path in ("/en/ratings/", "/en/bodies/", "/en/ratings/"):
        links = client.get(path).context["navigation"]
        assert [link.href for link in links if link.is_current] == [path]
