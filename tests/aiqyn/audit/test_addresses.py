"""Where raw hrefs lead: those of a menu are worked out once a host."""

import pytest

from aiqyn.audit import addresses
from aiqyn.audit.addresses import BROKEN, Addresses
from aiqyn.subjects.hrefs import Items
from aiqyn.subjects.page import Page
from tests.aiqyn.worked import evidence_of


def page_of(url, *pieces, html=b""):
    page = Page(html, evidence_of(url, html))
    vars(page)["pieces_of_hrefs"] = list(pieces)
    return page


def told(known, page):
    return [known.urls[number] if number >= 0 else number for number in known.of(page)]


def test_a_menu_means_the_same_on_every_page_of_a_host_and_another_on_another():
    known, items = Addresses(), Items(["/a", "https://b.example/b", "mailto:x@b.example"])
    here, there = "http://one.example", "http://two.example"

    for path in ("/", "/kk/news/1.html"):
        page = page_of(f"{here}{path}", ["/first"], items, ["/last"])
        assert told(known, page) == [
            f"{here}/first", f"{here}/a", "https://b.example/b", -1, f"{here}/last",
        ]  # fmt: skip
    assert told(known, page_of(f"{there}/", items)) == [f"{there}/a", "https://b.example/b", -1]


def test_relative_links_of_a_menu_mean_another_thing_in_every_folder():
    known, items = Addresses(), Items(["a.html", "/b"])
    site = "http://one.example"

    assert told(known, page_of(f"{site}/kk/", items)) == [f"{site}/kk/a.html", f"{site}/b"]
    assert told(known, page_of(f"{site}/ru/", items)) == [f"{site}/ru/a.html", f"{site}/b"]


def test_a_menu_on_a_page_with_a_base_is_that_of_the_base():
    known, items = Addresses(), Items(["/a"])
    page = page_of("http://one.example/", items, html=b"<base href='http://two.example/x/'>")

    assert told(known, page_of("http://one.example/", items)) == ["http://one.example/a"]
    assert told(known, page) == ["http://two.example/a"]


def test_what_is_no_address_stays_none():
    known, items = Addresses(), Items(["http://[x", "/a"])

    for _ in range(2):
        assert told(known, page_of("http://one.example/", items))[0] == BROKEN


@pytest.mark.parametrize("menus", [1, 3, 7])
def test_numbers_of_menus_without_end_do_not_fill_the_memory(menus, monkeypatch):
    monkeypatch.setattr(addresses, "MOST_ITEMS", 3)
    known = Addresses()

    for number in range(menus):
        page = page_of("http://one.example/", Items([f"/{number}"]))
        assert told(known, page) == [f"http://one.example/{number}"]

    assert len(known._items) <= 3
