"""Questions are supported and never voted down; officers see what was answered before."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import refusals, sealing
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.models import Head
from tests.portal.dialogue.asking import answered, asked

pytestmark = pytest.mark.django_db


def test_a_question_is_supported_and_never_voted_down(
    head: Head, asker: Any, stranger: Any
) -> None:
    question = asked(head, asker).contribution
    client = Client()
    client.force_login(stranger)
    for name in ("dialogue:question", "contributions:one"):
        shown = client.get(reverse(name, args=[question.number])).content.decode()
        assert 'value="for"' in shown
        assert 'value="against"' not in shown
        assert "Қарсы:" not in shown
    contributions.support(question, stranger, 1)
    assert question.votes_for == 1
    with pytest.raises(refusals.OnlySupported):
        contributions.support(question, stranger, -1)


def test_officer_sees_only_what_was_asked_alike_and_answered(
    head: Head, asker: Any, stranger: Any, answering: User
) -> None:
    past = asked(head, asker, "Көше шамдары неге жанбайды?")
    answered(past, answering)
    answered(asked(head, asker, "Емхана қашан ашылады?"), answering)
    asked(head, stranger, "Көше шамдары қашан жанады екен?")  # waits
    now = asked(head, stranger, "Біздің көшедегі шамдар қашан жанады?")
    sealing.seal_all()
    client = Client()
    client.force_login(answering)
    page = client.get(reverse("dialogue:answer"), {"number": now.contribution.number})
    assert [line.href for line in page.context["similar"]] == [
        reverse("dialogue:question", args=[past.contribution.number])
    ]


def test_who_asked_the_same_is_answered_with_one_answer(
    head: Head, asker: Any, stranger: Any, answering: User
) -> None:
    first = asked(head, asker, "Біздің көшедегі шамдар қашан жанады?").contribution
    second = asked(head, stranger, "Біздің көшедегі шамдар қашан жанады").contribution
    asked(head, stranger, "Емхана қашан ашылады?")
    for row in (first, second):
        grouping.place(row)
    client = Client()
    client.force_login(answering)

    page = client.get(reverse("dialogue:answer"), {"number": second.number})
    assert page.context["alike"] == [first]
    both = f"{reverse('dialogue:answer')}?{page.context['together']}"
    assert both.replace("&", "&amp;") in page.content.decode()
    together = client.get(both)
    assert together.context["numbers"] == [first.number, second.number]
    assert together.context["alike"] == []


def test_who_answers_again_sees_what_was_answered_and_what_is_missing(
    head: Head, asker: Any, answering: User
) -> None:
    question = asked(head, asker)
    answered(question, answering)
    actions.mark(question, by=asker, said="not", satisfaction=1, reason="Кестесі айтылмаған.")
    client = Client()
    client.force_login(answering)

    shown = client.get(reverse("dialogue:answer"), {"number": question.contribution.number})

    assert "Жөндеу 1 маусымда басталады." in shown.content.decode()
    assert "Кестесі айтылмаған." in shown.content.decode()


def test_the_body_asked_is_not_offered_to_support_the_question(
    head: Head, asker: Any, answering: User
) -> None:
    question = asked(head, asker).contribution
    client = Client()
    client.force_login(answering)

    shown = client.get(reverse("contributions:one", args=[question.number])).content.decode()

    assert reverse("contributions:support", args=[question.number]) not in shown
    assert reverse("contributions:decide") in shown
