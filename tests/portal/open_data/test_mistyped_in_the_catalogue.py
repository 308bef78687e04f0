"""What the catalogue makes of a word nobody has written."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.portal.open_data.sets import published

pytestmark = pytest.mark.django_db


def test_mistyped_word_is_understood_in_the_catalogue_and_finds_a_set(body, officer):
    published(body, officer)
    asked = ("q=мкетептер", "q=мкетептер&category=transport", "q=қзщшх", "q=мектеп", "")

    meant = [Client().get(f"/kk/open-data/?{query}").context["meant"] for query in asked]
    page = Client().get("/kk/open-data/?q=мкетептер").content.decode()

    assert meant == ["мектептер", "", "", "", ""]
    assert 'Мүмкін, іздегеніңіз: <a class="govuk-link"' in page


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("", ["best", "", "stars", "used"]),
        ("sort=stars", ["best", "new", "", "used"]),
        ("q=мектеп&sort=new", ["best", "new", "stars", "used"]),
    ],
)
def test_first_words_typed_are_answered_by_the_best_match(body, officer, query, values):
    published(body, officer)

    page = LexborHTMLParser(Client().get(f"/kk/open-data/?{query}").content.decode())

    assert [node.attributes["value"] or "" for node in page.css("#sort option")] == values
    assert Client().get("/kk/open-data/?q=мектеп&sort=").context["asked"].sort == "best"
