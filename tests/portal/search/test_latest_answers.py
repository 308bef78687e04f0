"""Of each kind the latest answers are read, on both databases the same, whatever narrows them."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from aiqyn_portal.search import index, queries
from aiqyn_portal.search.asking import read
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.search.models import Entry, Shelf
from aiqyn_portal.search.queries import Filters, find

ANYTHING = Filters()

pytestmark = pytest.mark.django_db


def draft(key: str, kk: str, ru: str = "", **more: object) -> Draft:
    return Draft("thing", key, {"kk": kk, "ru": ru}, "reports:home", **more)  # type: ignore[arg-type]


def keys(typed: str, filters: Filters = ANYTHING) -> list[str]:
    return [shown.entry.key for shown in find(read(typed), filters).shown]


@pytest.fixture
def library() -> None:
    index.put_many(
        [
            draft("city", "Қала бюджеті", "Бюджет города", day=date(2024, 1, 1)),
            draft("law", "Бюджет туралы заң", "Закон о бюджете"),
            draft("road", "Көлік", "Транспорт", summary={"kk": "қаланың бюджеттері"}),
        ]
    )


def test_of_each_kind_the_latest_are_ordered_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 3)
    index.put_many(draft(str(number), f"Жоба {number}") for number in range(5))
    index.put(Draft("law", "a", {"kk": "Жоба туралы"}, "reports:home"))

    found = find(read("жоба"))

    assert found.facets["kind"] == {"thing": 3, "law": 1}
    assert [shown.entry.key for shown in found.shown] == ["2", "3", "4", "a"]
    assert (found.total, found.is_more, found.most) == (4, True, 3)
    assert not find(read("жоба"), Filters(kind="law")).is_more
    assert queries.keys(read("жоба"), Filters(kind="thing"), limit=9) == ["2", "3", "4"]


def test_condition_is_looked_up_with_the_words_not_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a condition asks for may be older than all that is read without it."""
    monkeypatch.setattr(queries, "MOST", 2)
    index.put(draft("old", "Жоба", status="draft", day=date(2020, 1, 1)))
    index.put_many(draft(str(number), "Жоба", "Проект") for number in range(4))

    assert keys("жоба") == ["2", "3"]
    assert keys("жоба", Filters(year=2020)) == ["old"]
    assert keys("жоба", Filters(status="draft", year=2020)) == ["old"]
    assert keys("жоба", Filters(languages="ru")) == ["2", "3"]
    assert keys("жоба", Filters(after=Entry.objects.get(key="1").pk)) == ["2", "3"]


@pytest.fixture
def far_apart() -> list[int]:
    """Entries of numbers that lie far from one another; near the last two thousand others."""
    shelf = Shelf.objects.create(kind="thing", languages="kk")
    numbers = [1, 4_095, 4_096, 70_000, 200_000, 203_000]
    Entry.objects.bulk_create(
        Entry(pk=number, kind="thing", key=str(number), digest="", shelf=shelf)
        for number in (*numbers, *range(200_001, 202_500))
    )
    index.put_many(draft(str(number), "Жоба") for number in numbers)
    return numbers


@pytest.mark.parametrize("most", [1, 2, 3, 5, 6, 7])
def test_latest_are_found_however_far_apart_they_stand(
    far_apart: list[int], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", most)

    assert keys("жоба") == [str(number) for number in far_apart[-most:]]
    assert keys("жоба", Filters(after=70_000)) == [
        str(number) for number in far_apart[-min(most, 2) :]
    ]
    assert keys("жоба", Filters(year=2020)) == []


@pytest.mark.parametrize("said", ['"', 'x" OR "k_thing', "thing OR", "'", "%", "{}", "\\", "k_"])
def test_signs_in_a_condition_are_no_signs_of_any_language(library: None, said: str) -> None:
    assert keys("қала", Filters(kind=said)) == []
    assert keys("қала", Filters(status=said)) == []
    assert keys("қала", Filters(languages=said)) == []


def test_answers_stay_when_the_tables_are_made_otherwise_and_back(library: None) -> None:
    """The migration that marks entries, undone and done again over the same rows."""
    made = import_module("aiqyn_portal.search.migrations.0006_only_the_latest_are_read")
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        made.unmake(None, editor)
        made.make(None, editor)

    assert keys("бюджет", Filters(year=2024)) == ["city"]
    assert keys("қала бюджет") == ["city", "road"]
