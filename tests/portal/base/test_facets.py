"""Links that narrow a list: they keep what else was asked, and begin at the first page."""

from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from selectolax.lexbor import LexborHTMLParser

from aiqyn_portal.base.facets import Facet, Option

OPTIONS = [Option("2025", "2025", 1_200), Option("a&b", "<b>", 1, is_more=True)]


def shown(address: str, chosen: str, options: list[Option]) -> LexborHTMLParser:
    context: dict[str, Any] = {"facets": [Facet("year", "Year", chosen, options)]}
    source = engines["django"].from_string('{% include "base/components/narrower.html" %}')
    return LexborHTMLParser(source.render(context, RequestFactory().get(address)))


@pytest.mark.parametrize(
    ("address", "chosen", "links"),
    [
        ("/", "", ["?year=2025", "?year=a%26b"]),
        ("/?page=3", "", ["?year=2025", "?year=a%26b"]),
        ("/?q=%D3%99+1&page=3", "", ["?q=%D3%99+1&year=2025", "?q=%D3%99+1&year=a%26b"]),
        ("/?year=2025&q=1", "2025", ["?q=1", "?q=1&year=a%26b"]),  # the first takes it away
        ("/?year=2025", "2025", ["?", "?year=a%26b"]),
    ],
)
def test_a_choice_keeps_all_else_that_was_asked(
    address: str, chosen: str, links: list[str]
) -> None:
    tree = shown(address, chosen, OPTIONS)

    assert [node.attributes["href"] for node in tree.css("section a")] == links
    assert [node.text() for node in tree.css("strong[aria-current]")] == [chosen] * bool(chosen)


def test_counts_stand_beside_and_say_where_there_may_be_more() -> None:
    tree = shown("/", "", OPTIONS)

    assert [node.text() for node in tree.css("li")] == ["20251\u202f200", "<b>кемінде 1"]


def test_a_choice_that_left_nothing_can_still_be_taken_away() -> None:
    assert [node.text() for node in shown("/?year=1", "1", []).css("section a")] == [
        "Бұл шартты алып тастау: Year"
    ]
    assert not shown("/", "", []).css("section")
