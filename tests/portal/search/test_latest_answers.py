"""Of each kind the latest answers are read, on both databases the same, whatever narrows them."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from aiqyn_portal.search import index, queries
from aiqyn_portal.search.asking import Asked, Either, Question, read
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.search.models import Entry, Shelf
from aiqyn_portal.search.queries import Filters, find

ANYTHING = Filters()

pytestmark = pytest.mark.django_db


def draft(key: str, kk: str, ru: str = "", **more: object) -> Draft:
    return Draft("thing", key, {"kk": kk, "ru": ru}, "reports:home", **more)  # type: ignore[arg-type]


def texts(how_many: int, **more: object) -> None:
    """Enter things with a word in the text alone, one after another."""
    index.put_many(
        draft(str(number), f"Зат {number}", text={"kk": "жоба"}, **more)
        for number in range(how_many)
    )


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
    texts(5)
    index.put(Draft("law", "a", {"kk": "Заң"}, "reports:home", text={"kk": "жоба"}))

    found = find(read("жоба"))

    assert found.facets["kind"] == {"thing": 3, "law": 1}
    assert [shown.entry.key for shown in found.shown] == ["2", "3", "4", "a"]
    assert (found.total, found.is_more, found.most) == (4, True, 3)
    assert not find(read("жоба"), Filters(kind="law")).is_more
    of_things = queries.keys(read("жоба"), Filters(kind="thing"))
    assert of_things == queries.Keys(("2", "3", "4"), is_more=True)
    assert not queries.keys(read("жоба"), Filters(kind="law")).is_more
    wider = queries.keys(read("жоба"), Filters(kind="thing"), most=6)
    assert wider == queries.Keys(("0", "1", "2", "3", "4"))


def test_title_is_found_however_many_newer_texts_have_the_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "MOST", 2)
    index.put(draft("old", "Жоба", day=date(2020, 1, 1)))
    index.put(draft("half", "Жоба", text={"kk": "жол"}, day=date(2019, 1, 1)))
    texts(4)

    assert keys("жоба") == ["old", "half", "2", "3"]
    wider = queries.keys(read("жоба"), Filters(kind="thing"), most=3)
    assert wider.keys == ("old", "half", "1", "2", "3")
    assert keys("жоба", Filters(year=2020)) == ["old"]
    assert keys("жоба -жол") == ["old", "2", "3"]
    assert keys("жоба*") == keys("жоба")
    assert keys("жоба зат") == ["2", "3"]
    assert queries.best_of_kinds(read("жоба"), ["thing"], limit=1) == [("thing", "old")]
    assert keys("жоба", Filters(after=Entry.objects.get(key="half").pk)) == ["2", "3"]


def test_any_whole_set_of_words_answers_titles_first() -> None:
    index.put_many(
        [
            draft("in title", "Жол мен көпір"),
            draft("in text", "Зат", text={"kk": "көпір, жол"}),
            draft("the other", "Зат", text={"kk": "мектеп"}),
            draft("half", "Жол", text={"kk": "жоба"}),
        ]
    )
    road, bridge, school = (read(word).wanted[0] for word in ("жол", "көпір", "мектеп"))
    assert isinstance(road, Asked)
    assert isinstance(bridge, Asked)
    assert isinstance(school, Asked)

    asked = Question((Either(((road, bridge), (school,))),))

    best = queries.best_of_kinds(asked, ["thing"], limit=3)
    assert [key for _kind, key in best] == ["in title", "in text", "the other"]


def test_of_many_questions_at_once_each_is_told_how_many_answer() -> None:
    texts(4)
    index.put(Draft("law", "a", {"kk": "Заң"}, "reports:home", text={"kk": "жоба жол"}))
    questions = [read(typed) for typed in ("жол", "жоба", "жоба -жол", "көпір", "0 жоба")]

    assert queries.times(questions, ["thing", "law"], 10) == [1, 5, 4, 0, 1]
    assert queries.times(questions, ["thing", "law"], 3) == [1, 3, 3, 0, 1]
    assert queries.times(questions, ["law"], 10) == [1, 1, 0, 0, 0]
    assert queries.times(questions, ["unknown"], 10) == [0, 0, 0, 0, 0]
    assert queries.times([], ["law"], 10) == queries.times(questions[:0], [], 10) == []


def test_title_written_anew_or_gone_is_not_found_by_its_old_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "MOST", 1)
    index.put_many([draft("a", "Жоба"), draft("b", "Жоба"), draft("c", "Жоба")])
    texts(2)
    assert keys("жоба") == ["c", "1"]

    index.put(draft("c", "Жол"))
    assert keys("жоба") == ["b", "1"]

    index.remove("thing", "b")
    assert keys("жоба") == ["a", "1"]


@pytest.mark.parametrize(
    "said", [Filters(kind="Thing"), Filters(status="Draft"), Filters(kind="THING", status="draft")]
)
def test_condition_in_other_letters_is_another_condition(said: Filters) -> None:
    index.put(draft("a", "Жоба", status="draft"))

    assert keys("жоба", Filters(kind="thing", status="draft")) == ["a"]
    assert keys("жоба", said) == []


def test_condition_is_looked_up_with_the_words_not_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a condition asks for may be older than all that is read without it."""
    monkeypatch.setattr(queries, "MOST", 2)
    index.put(draft("old", "Зат", text={"": "жоба"}, status="draft", day=date(2020, 1, 1)))
    index.put_many(draft(str(number), "Зат", "Вещь", text={"": "жоба"}) for number in range(4))

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
    index.put_many(draft(str(number), "Зат", text={"": "жоба"}) for number in numbers)
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


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_older_titles_are_found_however_far_apart_they_stand(
    far_apart: list[int], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", most)
    Entry.objects.filter(key="70000").update(key="titled")
    index.put_many([draft("titled", "Жоба"), draft("1", "Жоба")])

    older = ["titled"] if most < 4 else []
    older += ["1"] if most > 1 else []
    assert keys("жоба")[: len(older)] == sorted(older)


@pytest.mark.parametrize("said", ['"', 'x" OR "k_thing', "thing OR", "'", "%", "{}", "\\", "k_"])
def test_signs_in_a_condition_are_no_signs_of_any_language(library: None, said: str) -> None:
    assert keys("қала", Filters(kind=said)) == []
    assert keys("қала", Filters(status=said)) == []
    assert keys("қала", Filters(languages=said)) == []


def test_answers_stay_when_the_tables_are_made_otherwise_and_back(
    library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migrations that mark entries and titles, undone and done again over the same rows."""
    names = ("0006_only_the_latest_are_read", "0007_titles_are_found_however_old")
    marked, titled = (import_module(f"aiqyn_portal.search.migrations.{name}") for name in names)
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        titled.unmake(None, editor)
        marked.unmake(None, editor)
        marked.make(None, editor)
        titled.make(None, editor)

    assert keys("бюджет", Filters(year=2024)) == ["city"]
    assert keys("қала бюджет") == ["city", "road"]
    monkeypatch.setattr(queries, "MOST", 1)
    assert keys("бюджет") == ["law", "road"]
