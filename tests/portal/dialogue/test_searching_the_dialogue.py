"""Heads, conferences, promises and the words of answers are found by the one search."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import sealing
from aiqyn_portal.search import answers, rebuilding
from aiqyn_portal.search.asking import read
from aiqyn_portal.search.models import Entry
from aiqyn_portal.search.queries import Filters, find
from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.actions import Presented
from aiqyn_portal.sections.dialogue.models import Head
from tests.portal.dialogue.asking import asked, reply
from tests.portal.dialogue.everything import with_everything

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[tuple[str, str]]:
    """Kind and key of what answers."""
    return [(row.entry.kind, row.entry.key) for row in find(read(typed)).shown]


def test_heads_conferences_and_promises_are_found(body: Body, answering: User) -> None:
    talk = with_everything(body, answering)
    assert found("асан үлгі") == [("head", talk.head.slug)]
    assert found("отопительный") == [("conference", talk.conference.slug)]
    assert found("освещение починят") == [("commitment", str(talk.commitment.pk))]
    actions.call_off(talk.conference, by=answering, why={"kk": "Боранға байланысты"})
    assert found("боран") == [("conference", talk.conference.slug)]
    actions.tell_news(talk.commitment, words={"kk": "Бағандар әкелінді"}, by=answering)
    assert found("бағандар") == [("commitment", str(talk.commitment.pk))]
    actions.keep(talk.commitment, words={"kk": "Жанып тұр"}, by=answering)
    [kept] = find(read("бағандар"), Filters(status="commitment_kept")).shown
    with override("kk"):
        assert answers.address(kept) == reverse("dialogue:commitment", args=[talk.commitment.pk])
        assert str(answers.lines(find(read("боран")), "боран")[0].status) == "Өткізілмейді"


def test_a_new_name_of_a_head_is_found_and_the_old_one_is_not(head: Head, answering: User) -> None:
    said = Presented(
        name={"kk": "Дана Өмір", "ru": "Дана Омир"},
        post=dict(head.post),
        hours={},
        place=0,
        takes_questions=True,
        since=head.since,
    )
    actions.present(head, said, by=answering)
    assert found("дана өмір") == [("head", head.slug)]
    assert found("асан") == []


def test_a_question_is_found_by_the_words_of_its_answer(
    head: Head, asker: Any, answering: User
) -> None:
    question = asked(head, asker)
    number = question.contribution.number
    said = {"kk": "Кабель зақымданған.", "ru": "Повреждена муфта."}
    actions.answer(
        [question], actions.Reply(text=said, responsible={"kk": "Б. Сәбит"}), by=answering
    )
    sealing.seal_all()
    assert found("кабель зақымданған") == found("муфта") == [("contribution", number)]
    with override("kk"):
        [line] = answers.lines(find(read("кабель")), "кабель")
        assert line.href == reverse("dialogue:question", args=[number])
    assert "Кабель" in [piece.text for piece in line.summary if piece.is_hit]


def test_a_question_waits_and_is_answered_in_words_of_its_own(
    head: Head, asker: Any, answering: User
) -> None:
    question = asked(head, asker)

    def said() -> str:
        sealing.seal_all()
        with override("kk"):
            [line] = answers.lines(find(read("көшеде жарық")), "жарық")
            return str(line.status)

    assert said() == "Жауап күтуде"
    actions.answer([question], reply(), by=answering)
    assert said() == "Жауап берілді"


def test_a_rebuilt_index_is_the_one_that_was_kept(body: Body, answering: User) -> None:
    talk = with_everything(body, answering)
    actions.move(
        talk.commitment,
        due_on=timezone.localdate() + timedelta(days=60),
        why={"kk": "Қар жауды"},
        by=answering,
    )
    sealing.seal_all()
    kept = set(Entry.objects.values_list("kind", "key", "digest"))
    assert {kind for kind, *_ in kept} >= {"head", "conference", "commitment", "contribution"}
    report = dict(rebuilding.rebuild())
    for kind in ("head", "conference", "commitment", "contribution"):
        assert report[kind] == (0, 0)
    assert set(Entry.objects.exclude(kind="rule").values_list("kind", "key", "digest")) == kept
