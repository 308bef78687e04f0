"""Answers to requests for data: none is dropped, none is locked out, no reply becomes a request."""

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import refusals
from aiqyn_portal.contributions.actions import timing
from aiqyn_portal.contributions.forms import new_form_key
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Problem, Request
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.contributions.voices import said
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import PLANNED, REFUSED, asked, mistake, published

WORDS = {"words_kk": "Жарайды", "words_ru": "Хорошо"}
PLAN = {"outcome": "accepted", "reason": "opens_data", **WORDS}
REFUSE = {"outcome": "declined", "reason": "not_collected", **WORDS}
OFF_TOPIC = {"rule": "off_topic", "words": {"kk": "Тақырыптан тыс"}}


@pytest.fixture
def plenty(settings):
    settings.CONTRIBUTIONS_A_MINUTE = settings.CONTRIBUTIONS_A_DAY = 1000


@pytest.fixture
def wish(body):
    return asked(body, factories.UserFactory())


def pass_on(client, wish, other):
    given = {"outcome": "passed_on", "reason": "other_body", "passed_to": other.code, **WORDS}
    return post(client, "requests/answer/", number=wish.contribution.number, **given)


def page(client, row):
    return client.get(f"/en/open-data/requests/answer/?number={row.number}")


def fates():
    rows = Contribution.objects.order_by("pk")
    return list(rows.values_list("outcome", "group", "state"))


def test_what_is_passed_on_with_its_comments_is_answered_by_the_other_body(
    wish, citizen, officer_client
):
    other = factories.BodyFactory()
    said(citizen, "Аудан бойынша да керек.", kind="request_comment", key=str(wish.pk))
    pass_on(officer_client, wish, other)
    now = signed_in(factories.officer(other))

    assert page(now, wish.contribution).status_code == 200
    post(now, "requests/answer/", number=wish.contribution.number, **REFUSE)

    rows = set(Contribution.objects.values_list("outcome", "body"))
    assert rows == {("declined", other.pk)}


def test_whatever_goes_to_another_body_leaves_its_group(
    wish, body, citizen, officer, officer_client
):
    other, second = factories.BodyFactory(), asked(body, citizen, "Көпір")
    rows = [wish.contribution, second.contribution]
    contributions.group(rows, by=officer)
    post(officer_client, "requests/answer/", number=rows[0].number, **PLAN)

    pass_on(officer_client, wish, other)

    [passed, stays] = fates()
    assert (passed, stays[0], stays[1] is None) == (("", None, "registered"), "accepted", False)
    shown = page(officer_client, rows[1])
    assert (shown.status_code, list(shown.context["rows"])) == (200, [second])
    theirs = page(signed_in(factories.officer(other)), rows[0])
    assert list(theirs.context["rows"]) == [wish]


def test_group_that_goes_over_whole_stays_one(wish, body, citizen, officer, officer_client):
    second = asked(body, citizen, "Көпір")
    group = contributions.group([wish.contribution, second.contribution], by=officer)

    pass_on(officer_client, wish, factories.BodyFactory())

    assert fates() == [("", group.pk, "grouped")] * 2


def test_group_of_two_bodies_locks_nobody_out(wish, citizen, officer, officer_client):
    """As such groups were made before whatever is passed on left its group."""
    foreign = asked(factories.BodyFactory(), citizen)
    group = contributions.group([wish.contribution], by=officer)
    Contribution.objects.filter(pk=foreign.contribution.pk).update(group=group)
    queue = reverse("contributions:decide")

    shown = officer_client.get(queue, {"number": wish.contribution.number}, follow=True)

    assert list(shown.context["rows"]) == [wish]


@pytest.mark.parametrize("kind", ["data_request", "data_problem"])
def test_reply_is_no_request_and_no_mistake(wish, body, officer, citizen, citizen_client, kind):
    row = published(body, officer)
    told = mistake(row, factories.UserFactory())
    parent, form = {
        "data_request": (wish.contribution, f"/kk/open-data/requests/new/?body={body.code}"),
        "data_problem": (told.contribution, f"/kk/open-data/sets/{row.name}/problem/"),
    }[kind]
    given = {"voice-text": "Маған да керек.", "voice-form_key": "k", "voice-parent": parent.number}
    address = f"/kk/contributions/write/{kind}/{parent.about_key}/"

    assert citizen_client.post(address, given)["Location"] == form
    said_so = {"text": "Маған да керек.", "language": "kk", "parent": parent}
    with pytest.raises(refusals.Closed):
        contributions.receive(
            kind, parent.about_key, author=citizen, form_key=new_form_key(), **said_so
        )
    assert (Request.objects.count(), Problem.objects.count()) == (1, 1)
    assert citizen_client.get(form).status_code == 200


def test_more_than_one_decision_is_for_are_left_and_said(plenty, body, citizen, officer_client):
    for number in range(103):
        asked(body, citizen, f"Сұрау {number}")
    numbers = list(Contribution.objects.order_by("pk").values_list("number", flat=True))

    chosen = officer_client.post(reverse("contributions:decide"), {"number": numbers}, follow=True)
    post(officer_client, "requests/answer/", number=chosen.context["numbers"], **REFUSE)

    assert "Кейінге қалғаны: 3." in text_of(chosen)
    left = Contribution.objects.filter(outcome="").order_by("pk")
    assert list(left.values_list("number", flat=True)) == numbers[100:]


def test_planned_request_published_in_part_says_so(wish, body, officer, officer_client):
    row = published(body, officer)
    number = wish.contribution.number
    post(officer_client, "requests/answer/", number=number, **PLAN)

    partly = {"outcome": "partly", "reason": "opens_data", "dataset": row.pk, **WORDS}
    post(officer_client, "requests/answer/", number=number, **partly)

    steps = Contribution.objects.get().steps.order_by("number").values_list("what", "outcome")
    assert list(steps)[2:] == [
        ("decided", "accepted"),
        ("reopened", ""),
        ("decided", "partly"),
        ("reflected", ""),
    ]
    wish = Request.objects.get()
    assert (wish.contribution.outcome, wish.dataset) == ("partly", row)
    assert "Published" in text_of(Client().get(f"/en/open-data/requests/{number}/"))


def test_request_without_a_term_gets_none_by_a_removal_taken_back(
    body, citizen, evaluator, monkeypatch
):
    """As what was brought over has none."""
    with monkeypatch.context() as brought_over:
        brought_over.setattr(timing, "start", lambda row, kind: None)
        wish = asked(body, citizen)

    contributions.moderate(wish.contribution, by=evaluator, **OFF_TOPIC)
    contributions.restore(wish.contribution, by=evaluator, words={"kk": "Рас"})

    assert (Contribution.objects.get().due_on, Deadline.objects.count()) == (None, 0)


def test_request_with_a_term_has_it_again_after_a_removal_taken_back(wish, evaluator):
    due_on = Contribution.objects.get().due_on

    contributions.moderate(wish.contribution, by=evaluator, **OFF_TOPIC)
    contributions.restore(wish.contribution, by=evaluator, words={"kk": "Рас"})

    assert due_on == Contribution.objects.get().due_on
    assert Deadline.objects.open().get().due_on == due_on


def test_answers_for_requests_planned_and_waiting_go_together(wish, body, citizen, officer):
    second = asked(body, citizen, "Көпір")
    actions.answer_requests([wish], PLANNED, by=officer)

    actions.answer_requests([wish, second], REFUSED, by=officer)

    assert {each[0] for each in fates()} == {"declined"}
