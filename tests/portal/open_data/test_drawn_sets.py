"""The page of a set is kept while its rows are the same; a change is seen at once."""

from datetime import date

import pytest
from django.test import Client

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.sections.open_data import actions, drawn_set
from aiqyn_portal.sections.open_data.actions.files import Words
from aiqyn_portal.sections.open_data.models import Dataset, File, Hold, Use, Version
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import AT, CSV, made_of, mistake, published, released

SET = "/en/open-data/sets/mektepter/"
READER = {"headers": {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}}


@pytest.fixture
def row(body, officer):
    return published(body, officer, next_due=None)


def page(client=None, **given):
    return text_of((client or Client()).get(SET, **given))


def test_page_is_drawn_once_for_equal_rows(row, monkeypatch):
    drawn_set.drawn_set.cache_clear()

    for _ in range(3):
        Client().get(SET)

    assert drawn_set.drawn_set.cache_info().misses == 1


def test_page_asks_the_database_twice_and_as_often_with_more_versions(
    row, officer, django_assert_num_queries
):
    Client().get(SET)
    with django_assert_num_queries(2):
        Client().get(SET)
    for number in (2, 3):
        released(row, officer, number)
    Client().get(SET)

    with django_assert_num_queries(2):
        Client().get(SET)


def test_only_the_part_that_rests_on_a_change_is_drawn_anew(row, officer, monkeypatch):
    before = page()
    drawn = []
    draw = drawn_set.render_to_string
    monkeypatch.setattr(
        drawn_set, "render_to_string", lambda name, told: drawn.append(name) or draw(name, told)
    )

    mistake(row, officer, "Words")

    assert page() != before
    assert drawn == ["open_data/set_problems.html", "open_data/set_main.html"]


CHANGES = {
    "title": lambda row: Dataset.objects.update(title={"en": "Other words"}),
    "description": lambda row: Dataset.objects.update(description={"en": "Other words"}),
    "keywords": lambda row: Dataset.objects.update(keywords={"en": ["Other words"]}),
    "who answers": lambda row: Dataset.objects.update(responsible={"en": "Other words"}),
    "telephone": lambda row: Dataset.objects.update(phone="Other words"),
    "term": lambda row: Dataset.objects.update(next_due=date(2031, 5, 9)),
    "lateness": lambda row: Dataset.objects.update(next_due=date(2019, 5, 9)),
    "period": lambda row: Dataset.objects.update(until=date(2031, 5, 9)),
    "name of the body": lambda row: type(row.body).objects.update(name={"en": "Other words"}),
    "title of a file": lambda row: File.objects.update(title={"en": "Other words"}),
    "hold": lambda row: Hold.objects.create(file=File.objects.get(), held_at=AT),
    "stars": lambda row: File.objects.update(stars=1),
    "note": lambda row: Version.objects.update(note={"en": "Other words"}),
    "newest version": lambda row: Dataset.objects.update(
        newest=released(row, row.created_by, 2, CSV + b"1;2;3\n")
    ),
    "reuse": lambda row: made_of(row, row.created_by),
    "problem": lambda row: mistake(row, row.created_by, "Words"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_change_is_seen_at_once(row, what):
    before = page()

    CHANGES[what](row)

    after = page()
    assert after != before
    assert after == page()


def test_answer_to_a_problem_is_seen_at_once(row, officer):
    problem = mistake(row, officer, "Words")
    page()

    words = {"en": "It is mended now"}
    said = {"outcome": "accepted", "reason": "corrects_mistake", "words": words}
    contributions.decide([problem.contribution], by=officer, **said)

    assert "It is mended now" in page()


def test_words_of_a_column_are_seen_at_once(public, officer):
    address = "/en/open-data/sets/mektepter-sany/"
    assert "Name of the city" not in text_of(Client().get(address))

    words = {2: Words(title=Phrase(en="Name of the city"))}
    actions.describe_columns(File.objects.get(), words, by=officer, at=AT)

    assert "Name of the city" in text_of(Client().get(address))


def test_withdrawn_set_is_gone_at_once(row, officer):
    assert Client().get(SET).status_code == 200

    actions.withdraw(row, "Қате деректер", by=officer, at=AT)

    assert Client().get(SET).status_code == 410


def test_counts_are_live(row):
    page()

    Client().get(SET, **READER)

    assert list(Use.objects.values_list("kind", "count")) == [("view", 1)]
    assert "Views 1 Downloads 0" in page()


def test_what_is_for_the_officer_is_not_shown_to_others(row, officer_client, citizen_client):
    """The officer comes first: had the page been kept with the buttons, others would see them."""
    mistake(row, row.created_by, "Words")

    shown = {name: page(client) for name, client in (("officer", officer_client), ("reader", None))}

    said = ("Withdraw the set", "New version", "Tell of a mistake", "Answer")
    assert [words in shown["officer"] for words in said] == [True] * 4
    others = (shown["reader"], page(citizen_client))
    assert [[words in each for words in said] for each in others] == [
        [False, False, True, False],  # whoever is not signed in is led there by signing in
        [False, False, True, False],
    ]


def test_each_language_and_host_has_its_own_page(row):
    first = Client().get(SET).content.decode()
    other = Client().get(SET, headers={"host": "127.0.0.1"}).content.decode()

    assert "http://testserver/data/mektepter/" in first
    assert "http://127.0.0.1/data/mektepter/" in other
    assert "http://testserver" not in other
    assert "Мектептер саны" in Client().get("/kk/open-data/sets/mektepter/").content.decode()


def test_versions_have_pages_of_their_own(row, officer):
    Dataset.objects.update(newest=released(row, officer, 2))
    answers = {number: Client().get(f"{SET}v{number}/") for number in (0, 1, 2, 3)}

    assert [each.status_code for each in answers.values()] == [404, 200, 200, 404]
    assert "This is an earlier version" in text_of(answers[1])
    assert "This is an earlier version" not in text_of(answers[2])
