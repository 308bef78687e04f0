"""A question many sets answer: conditions find what is old, and numbers say what they are."""

from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from aiqyn_portal.search import index, matching, queries
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.sections.open_data import searching, shelves
from aiqyn_portal.sections.open_data.models import Dataset, Version
from tests.factories import BodyFactory, UserFactory

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def many(db, monkeypatch):
    """Four sets of one body, the first of a category of its own; then eight of another."""
    monkeypatch.setattr(queries, "MOST", 3)
    by = UserFactory(username="someone")
    old, new = BodyFactory(code="kz-akm-old"), BodyFactory(code="kz-akm-new")
    for number in range(12):
        row = Dataset(
            body=old if number < 4 else new,
            name=f"set-{number}",
            title={"kk": "Жиын", "ru": "Перечень", "en": "List"},
            description={"kk": "Мектептер", "ru": "Школы", "en": "Schools"},
            category="health" if number == 0 else "education",
            state=Dataset.State.DRAFT,
            created_at=AT,
            created_by=by,
            changed_at=AT + timedelta(minutes=number),
            changed_by=by,
        )
        row.save()
        version = Version.objects.create(
            dataset=row,
            number=1,
            state="released",
            created_at=AT,
            created_by=by,
            released_at=AT,
            released_by=by,
            stars=3,
        )
        row.newest, row.state, row.published_at = version, Dataset.State.PUBLISHED, AT
        row.save()
    index.put_many(searching.draft(row) for row in Dataset.objects.order_by("pk"))
    shelves.forget()


def page(client, address):
    tree = LexborHTMLParser(client.get(address).content.decode())
    return tree.css_first("[role=status]").text(), tree


def counted(tree, name):
    return [each.text() for each in tree.css(f"[aria-labelledby=facet-{name}] .app-note")]


def test_sets_of_a_body_are_found_however_old(many, client):
    said, tree = page(client, "/en/open-data/?q=schools&body=kz-akm-old")

    assert said == "At least 3 sets found."
    assert "one more word finds the others" in tree.text()
    assert counted(tree, "body") == ["at least 3"]
    assert counted(tree, "category") == ["at least 3"]


def test_what_is_no_mark_is_asked_of_more_than_the_latest(many, client):
    said, tree = page(client, "/en/open-data/?q=schools&category=health")

    assert said == "1 set found"
    assert counted(tree, "category") == ["11", "1"]
    assert "one more word" not in tree.text()


def test_where_even_that_is_not_all_it_is_said(many, client, monkeypatch):
    monkeypatch.setattr(matching, "MOST_NARROWED", 5)

    said, tree = page(client, "/ru/open-data/?q=школы&category=health")

    assert said == "Ничего не найдено. Попробуйте меньше слов или снимите одно из условий."
    assert tree.text().count("Ничего не найдено") == 1
    assert "Просмотрены только наборы, добавленные последними" in tree.text()


def test_facets_of_very_many_answers_are_not_kept(many, client, monkeypatch):
    monkeypatch.setattr(shelves, "MOST_KEPT", 2)

    _, tree = page(client, "/en/open-data/?q=schools")

    assert counted(tree, "body") == ["at least 3"]
    assert shelves._counted.cache_info().currsize == 0


def test_old_title_is_found_among_newer_texts(many, client):
    row = Dataset.objects.get(name="set-0")
    row.title = {"kk": "Мектептер", "ru": "Школы", "en": "Schools"}
    row.save()
    searching.enter(row)

    _, tree = page(client, "/en/open-data/?q=schools")

    assert "set-0/" in tree.html
    assert "set-1/" not in tree.html


@pytest.mark.parametrize(
    ("asked", "how_many"),
    [
        ("мектептер", 12),
        ("*:* мектеп", 12),
        ("-мектеп", 0),
        ("NOT аурухана", 12),
        ("мектеп OR аурухана", 12),
        ("аурухана", 0),
        ("мектеп -groups:health", 11),
        ("мектеп&fq=groups:health", 1),
        ("мектеп&fq=школа", 12),
    ],
)
def test_packages_are_all_counted_whatever_the_words_are_joined_with(client, many, asked, how_many):
    for number in range(3):  # of another kind
        index.put(Draft("rule", str(number), {"kk": "Мектеп"}, "reports:home"))

    told = client.get(f"/api/3/action/package_search?rows=100&q={asked}").json()["result"]

    assert [told["count"], len(told["results"])] == [how_many, how_many]
