"""What raw hrefs are by the look of them."""

import pytest

from aiqyn.subjects import hrefs
from aiqyn.subjects.hrefs import (
    CALL,
    DOCUMENT,
    INSIDE,
    PICTURE,
    Items,
    distinct,
    kinds_among,
    kinds_of,
    of_kind,
)


@pytest.mark.parametrize(
    ("href", "kinds"),
    [
        ("/files/plan.PDF", DOCUMENT),
        ("/files/plan.docx?version=2", DOCUMENT),
        ("/files/plan.pdf.html", 0),
        ("/img/order.jpeg", PICTURE),
        ("/img/order.jpeg#whole", 0),
        ("tel:+77172740000", CALL),
        ("mailto:info@qalam.example", CALL),
        ("Mailto:info@qalam.example", 0),
        ("#main", INSIDE),
        ("/kk/index.html", 0),
    ],
)
def test_kind_of_a_link_is_told_by_its_letters(href, kinds):
    assert kinds_of([href]) == kinds


def test_kinds_of_a_page_are_those_of_all_its_links():
    assert kinds_of(["/a.pdf", "#b", "/c", "/a.pdf"]) == DOCUMENT | INSIDE
    assert kinds_of([]) == 0


def test_links_of_one_kind_are_picked_out():
    assert of_kind(DOCUMENT, ["/a.pdf", "/b.jpg", "/c.rtf"]) == {"/a.pdf", "/c.rtf"}


def test_links_of_an_endless_site_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(hrefs, "MOST_KNOWN", 3)
    known = hrefs._Kinds()

    kinds = [known[f"/{number}.pdf"] for number in range(5)]

    assert kinds == [DOCUMENT] * 5
    assert len(known) == 2


def test_a_menu_has_each_of_its_links_once_and_knows_their_kinds():
    items = Items(["/a.pdf", "/b", "/a.pdf", "tel:109"])

    assert items == ("/a.pdf", "/b", "tel:109")
    assert items.among == {"/a.pdf", "/b", "tel:109"}
    assert items.kinds == DOCUMENT | CALL


def test_an_href_stands_where_it_was_first_and_an_empty_one_nowhere():
    items = Items(["/1", "/2"])

    pieces = distinct([["/0", None, "", "/0"], items, ["/2", "/3", "/0", "/3"]])

    assert pieces == [["/0"], items, ["/3"]]
    assert pieces[1] is items


def test_a_menu_with_a_link_that_stood_before_is_a_list_as_any_other():
    items = Items(["/1", "/2"])

    assert distinct([["/2"], items]) == [["/2"], ["/1"]]
    assert distinct([items, items]) == [items, []]


def test_kinds_of_several_pieces_are_those_of_all():
    assert kinds_among([Items(["/a.pdf"]), ["#b"], []]) == DOCUMENT | INSIDE
