"""What raw hrefs are by the look of them."""

import pytest

from aiqyn.subjects import hrefs
from aiqyn.subjects.hrefs import CALL, DOCUMENT, INSIDE, PICTURE, kinds_of, of_kind


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
