import pytest

from aiqyn.rules import Inapplicable, load
from aiqyn.subjects.page import Page
from tests.aiqyn.worked import ORIGIN, evidence_of

WORDS = "Жалпы сипаттама. " * 400  # longer than a short page near the first


def page_of(heading):
    content = f"<main><h1>{heading}</h1><p>info@example.com</p><p>{WORDS}</p></main>".encode()
    return Page(content, evidence_of(f"{ORIGIN}/kk/page/7", content, depth=3))


@pytest.mark.parametrize("heading", ["Басшылық", "Руководство", "Құрылымдық бөлімшелер"])
def test_addresses_of_nobody_are_seen_where_people_of_the_body_are_named(heading):
    (place,) = load()["P040"].check(page_of(heading))

    assert (place.saw, place.note) == ("info@example.com", "placeholder")


def test_an_example_in_a_text_about_something_else_is_left_alone():
    with pytest.raises(Inapplicable):
        list(load()["P040"].check(page_of("Пошта нұсқаулығы")))
