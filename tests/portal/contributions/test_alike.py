"""What is offered as said already: what is alike, never what is spoken of nor something else."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import alike, queries, sealing, searching
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.contributions.queries.similar import DEEP
from aiqyn_portal.search import index
from aiqyn_portal.search import queries as search
from aiqyn_portal.search.asking import Question
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.sections.open_data.searching import SET
from tests.portal.contributions.voices import KIND, said


def likeness(asked: str, known: str) -> float:
    return alike.share(alike.weighed(alike.meant(asked), {}), known)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Емхана қашан ашылады?", "Ауылдағы емхананың құрылысы қашан аяқталады?"),
        (
            "Біздің ауылдағы емханада дәрігер жетіспейді.",
            "Ауылда дәрігер жоқ, емханаға қашан келеді?",
        ),
        ("Когда откроют поликлинику?", "Почему не работает поликлиника? Обещали открыть в мае."),
        (
            "Не хватает врачей в поликлинике нашего района",
            "Когда в районную поликлинику придут врачи?",
        ),
        ("Көше шамдары неге жанбайды?", "Біздің көшедегі шамдар қашан жанады?"),
        ("Абай көшесінде су жоқ, қашан береді?", "Түнде су болмайды, неге?"),
        ("Когда починят фонари на улице Абая?", "Фонари на Абая не горят, почините"),
        ("When will the clinic open?", "The clinic is closed"),
    ],
)
def test_what_asks_the_same_meets(asked: str, known: str) -> None:
    assert likeness(asked, known) >= alike.ENOUGH


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (
            "Біздің ауылдағы емхана қашан ашылады? Дәрігер жетіспейді.",
            "Көшедегі шамдар қашан жанады? Біздің ауылда түнде қараңғы.",
        ),
        ("Емхана қашан ашылады?", "Көше шамдары қашан жөнделеді?"),
        (
            "Когда откроют поликлинику в нашем районе? Не хватает врачей.",
            "Когда починят уличное освещение в нашем районе? Не хватает фонарей.",
        ),
        ("Когда построят новую школу в селе?", "Когда построят новую дорогу в селе?"),
        ("Мектепке автобус қашан жүреді?", "Мектеп асханасында тамақ неге қымбат?"),
        ("Абай көшесінде су жоқ, қашан береді?", "Абай көшесінде жарық жоқ, қашан береді?"),
        ("Почему не чистят снег?", "Почему не вывозят мусор?"),
    ],
)
def test_what_asks_something_else_does_not(asked: str, known: str) -> None:
    assert likeness(asked, known) < alike.ENOUGH


def test_a_text_of_common_words_alone_asks_for_nothing() -> None:
    assert alike.meant("Бұл қашан жөнделеді? Когда починят?") == []


def test_a_rare_word_decides_where_another_is_in_everything() -> None:
    asked = alike.meant("Зоопаркке трамвай")
    weights = alike.weighed(asked, {"трамвай": 100})
    assert alike.share(weights, "Зоопарк ашылды") >= alike.ENOUGH
    assert alike.share(weights, "Трамвай тоқтады") < alike.ENOUGH


def test_what_has_enough_of_the_words_is_looked_for_and_nothing_else() -> None:
    first, second, common = (
        alike.Telling(word, frozenset({word}), 1.0, is_common=word == "қашан")
        for word in ("емхана", "кітапхана", "қашан")
    )
    assert alike.enough({first: 0.5, second: 0.3, common: 0.1}, 0.5) == [(first,)]
    pairs = [(first, second), (first, common), (second, common)]
    assert alike.enough({first: 0.1, second: 0.1, common: 0.1}, 0.5) == pairs
    assert alike.enough({common: 1.0, first: 0.1}, 0.5) == [(common, first)]


@pytest.mark.django_db
def test_the_likest_comes_first_and_nothing_else_comes(body: Body, citizen: User) -> None:
    near = said(citizen, "Орталық алаңдағы субұрқақты жөндеу қажет.")
    half = said(citizen, "Орталық субұрқақтан су шашырайды.", key="two")
    said(citizen, "Орталық кітапхана қашан ашылады?", key="three")
    sealing.seal_all()

    found = queries.similar("Орталық алаңдағы субұрқақ қашан жөнделеді?")

    assert [line.href for line in found] == [
        reverse("contributions:one", args=[row.number]) for row in (near, half)
    ]


@pytest.mark.django_db
def test_what_is_spoken_of_is_left_out(body: Body) -> None:
    asked = {"text": str(body.name), "kind": "body"}
    address = reverse("contributions_similar_json")

    def told(**more: str) -> list[Any]:
        return Client().get(address, {**asked, **more}).json()["similar"]

    assert len(told()) == 1
    assert told(about=f"{KIND}:one") == []
    assert len(told(about="nobody:knows\0")) == 1


ASKED = (
    "Орталық алаңдағы субұрқақ пен балалар алаңындағы әткеншек сынған, жарық шамдары жанбайды, "
    "орындық жоқ"
)
DAY = date(2026, 11, 1)


def put(key: str, text: str, *, kind: str = searching.CONTRIBUTION, days: int = 0) -> None:
    day = DAY + timedelta(days=days)
    index.put(Draft(kind, key, {"kk": key}, "reports:home", {}, {"kk": text}, day=day))


def offered(text: str) -> list[str]:
    """What is offered, by the keys that are titles here."""
    return ["".join(piece.text for piece in line.title) for line in queries.similar(text)]


def drown(parts: dict[str, int]) -> None:
    """Enter newer texts of some of the words of ASKED, and older ones of each of the others."""
    words = [each.word for each in alike.meant(ASKED)]
    for name, size in parts.items():
        for n in range(DEEP + 1):
            put(f"{name}-{n}", f"Басқа {n}: {' '.join(words[:size])}", days=1 + n)
    for n in range(2):
        for word in words[3:]:
            put(f"old-{word}-{n}", f"Тағы {word}", days=-1 - n)


@pytest.mark.django_db
@pytest.mark.parametrize("parts", [{}, {"half": 3}, {"half": 3, "most": 5}, {"most": 5, "half": 3}])
def test_the_same_text_is_offered_however_many_newer_ones_have_some_of_its_words(
    parts: dict[str, int],
) -> None:
    put("same", ASKED)
    drown(parts)

    assert offered(ASKED)[0] == "same"


@pytest.mark.django_db
def test_what_has_most_of_the_words_is_offered_before_newer_things_that_have_half() -> None:
    put("four", " ".join(each.word for each in alike.meant(ASKED)[:4]))
    drown({"half": 3})

    assert offered(ASKED)[0] == "four"


@pytest.mark.django_db
def test_the_very_same_is_offered_before_newer_things_with_its_words_and_more(
    body: Body, citizen: User
) -> None:
    row = said(citizen, ASKED, key="another thing")
    grouping.place(row)
    words = " ".join(each.word for each in alike.meant(ASKED))
    index.put(replace(searching.draft(row), day=DAY))
    for n in range(2 * DEEP):  # titles of these words alone are better answers
        put(f"{words} {n}", f"Жаңа {n}: {words}", days=1 + n)

    [first, *_others] = queries.similar(ASKED)
    assert first.href.endswith(f"/contributions/{row.number}/")
    assert queries.similar(ASKED, [SET]) == []


@pytest.mark.django_db
def test_only_kinds_whose_answers_were_cut_off_are_asked_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("there", ASKED, kind=SET)
    put("here", ASKED)
    asked = []
    best_of_kinds = search.best_of_kinds

    def counted(question: Question, kinds: Collection[str], *, limit: int) -> list[tuple[str, str]]:
        asked.append([*kinds])
        return best_of_kinds(question, [*kinds], limit=limit)

    monkeypatch.setattr(search, "best_of_kinds", counted)

    assert sorted(offered(ASKED)) == ["here", "there"]
    assert len(asked) == 1
    asked.clear()
    drown({"half": 3})
    assert sorted(offered(ASKED)[:2]) == ["here", "there"]
    assert asked[1:] == [[searching.CONTRIBUTION]]
