"""The archive of questions is kept while its rows are the same; every change is seen at once."""

from typing import Any

import pytest
from django.test import Client

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.sections.dialogue import actions, kept_archive
from aiqyn_portal.sections.dialogue.models import Head
from aiqyn_portal.sections.dialogue.queries import standing
from tests.factories import UserFactory
from tests.portal.conftest import signed_in
from tests.portal.dialogue.asking import answered, asked

KEPT = kept_archive.drawn_archive
RULE = {"rule": "off_topic", "words": {"kk": "Тақырыптан тыс."}}


def page(query: str = "", client: Client | None = None, language: str = "en") -> str:
    answer = (client or Client()).get(f"/{language}/dialogue/questions/{query}")
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_archive_is_drawn_once_for_equal_rows(head, asker, django_assert_num_queries):
    asked(head, asker)
    first = page()
    before = KEPT.cache_info().misses

    with django_assert_num_queries(3):  # its rows, their number, the bodies to choose from
        assert page() == first
    assert page("", signed_in(asker)) == first
    assert KEPT.cache_info().misses == before


def marked(question: Any, by: Any, asker: Any) -> None:
    answered(question, by)
    actions.mark(question, by=asker, said="partly", satisfaction=2, reason="Жоқ.")


CHANGES = {
    "another question": lambda it, asker, by, root: asked(it.head, UserFactory(username="other")),
    "answer": lambda it, asker, by, root: answered(it, by),
    "mark of the asker": lambda it, asker, by, root: marked(it, by, asker),
    "withdrawal": lambda it, asker, by, root: contributions.withdraw(it.contribution, by=asker),
    "removal": lambda it, asker, by, root: contributions.moderate(it.contribution, by=root, **RULE),
    "masking": lambda it, asker, by, root: contributions.mask(
        it.contribution, by=root, text="Басқа сөз.", **RULE
    ),
    "name of the head": lambda it, asker, by, root: Head.objects.update(name={"en": "Other"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_change_of_a_question_is_seen_at_once(head, asker, answering, administrator, what):
    question = asked(head, asker)
    before = page()

    CHANGES[what](question, asker, answering, administrator)

    after = page()
    assert after != before
    KEPT.cache_clear()
    assert page() == after


def test_a_question_asked_while_a_page_is_drawn_is_on_the_next(head, asker, monkeypatch):
    asked(head, asker)
    came: list[Any] = []
    ask = standing.counted

    def meanwhile(state: str, most: int) -> int:
        number = ask(state, most)
        came.append(asked(head, asker, text="Екінші сұрақ қандай?"))
        return number

    KEPT.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(standing, "counted", meanwhile)
        first = page()
    link = f"/questions/{came[0].contribution.number}/"
    assert link not in first
    assert link in page()
    contributions.withdraw(came[0].contribution, by=asker)

    assert link not in page()


def test_each_state_language_and_page_has_its_own_archive(head, asker, answering, monkeypatch):
    monkeypatch.setattr(kept_archive, "PER_PAGE", 1)
    first, second = asked(head, asker), asked(head, asker, text="Екінші сұрақ қандай?")
    answered(first, answering)

    def numbers(query: str) -> list[str]:
        html = page(query)
        both = (first.contribution.number, second.contribution.number)
        return [number for number in both if f"/questions/{number}/" in html]

    assert numbers("") == [second.contribution.number]
    assert numbers("?page=2") == numbers("?page=99") == [first.contribution.number]
    assert numbers("?page=x") == numbers("?page=0") == numbers("?state=none")
    assert numbers("?state=answered") == [first.contribution.number]
    assert numbers("?state=waiting") == [second.contribution.number]
    assert numbers("?state=not_satisfied") == []
    assert len({page("", language=code) for code in ("kk", "ru", "en")}) == 3
