"""Requests for data and problems with data: asked, voted for, answered."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from aiqyn_portal.notices.models import Message
from aiqyn_portal.sections.open_data import actions, queries, refusals
from aiqyn_portal.sections.open_data.actions import asking
from aiqyn_portal.sections.open_data.actions.asking import Reply
from aiqyn_portal.sections.open_data.models import Problem, Request, Vote
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.open_data.pressing import post
from tests.portal.open_data.sets import AT, published

State = Request.State


@pytest.fixture
def wish(body, citizen):
    return actions.ask_for_data(body, "Жолдарды жөндеу", "Зерттеу үшін", by=citizen, at=AT)


@pytest.fixture
def row(body, officer):
    return published(body, officer)


@pytest.fixture
def problem(row, citizen):
    return actions.tell_problem(row, "2", "Код қате", by=citizen, at=AT)


def test_citizen_asks_votes_and_the_body_answers_with_a_set(
    citizen_client, evaluator_client, officer_client, body, row
):
    asked = {"body": body.code, "title": "Жолдар", "text": "Зерттеу үшін"}
    made = post(citizen_client, "requests/new/", **asked)
    wish = Request.objects.get()
    assert made["Location"] == f"/en/open-data/requests/{wish.pk}/"
    post(evaluator_client, f"requests/{wish.pk}/vote/")
    post(evaluator_client, f"requests/{wish.pk}/vote/")
    assert Vote.objects.count() == 2
    assert b"2 people need these data" in Client().get("/en/open-data/requests/").content
    assert wish in queries.desk(body, AT.date()).asked

    post(officer_client, f"requests/{wish.pk}/answer/", state="published", dataset=row.pk)

    wish.refresh_from_db()
    assert (wish.state, wish.dataset) == ("published", row)
    page = Client().get(made["Location"]).content.decode()
    assert 'href="/en/open-data/sets/mektepter/"' in page
    post(evaluator_client, f"requests/{wish.pk}/vote/", back="1")
    assert Vote.objects.count() == 1
    actions_ = Event.objects.order_by("number").values_list("action", flat=True)
    assert list(actions_) == ["data.request_answered"]


def test_requests_are_listed_by_votes_and_state(wish, body, evaluator, officer):
    actions.vote(wish, by=evaluator, at=AT)
    other = actions.ask_for_data(body, "Ауа", "Денсаулық", by=evaluator, at=AT)
    actions.answer_request(other, Reply(state=State.PLANNED, answer="Наурызда"), by=officer, at=AT)

    listed = {
        state: [
            each.title
            for each, _ in Client().get(f"/kk/open-data/requests/?state={state}").context["page"]
        ]
        for state in ("", "planned", "refused", "nonsense")
    }

    both = ["Жолдарды жөндеу", "Ауа"]
    assert listed == {"": both, "planned": ["Ауа"], "refused": [], "nonsense": both}


def test_planned_request_may_be_answered_again_and_a_refused_one_not(wish, officer):
    actions.answer_request(wish, Reply(state=State.PLANNED, answer="Наурызда"), by=officer, at=AT)
    actions.answer_request(wish, Reply(state=State.REFUSED, answer="Құпия"), by=officer, at=AT)

    with pytest.raises(refusals.AlreadyDecided):
        actions.answer_request(wish, Reply(state=State.PLANNED, answer="Иә"), by=officer, at=AT)


def test_answer_names_a_set_of_the_body_or_a_reason(wish, officer, row, officer_client):
    other = published(factories.BodyFactory(), officer, name="basqa")
    unfit = (
        (Reply(state=State.REFUSED, answer=" "), refusals.ReasonMissing),
        (Reply(state=State.PUBLISHED), refusals.SetMissing),
        (Reply(state=State.PUBLISHED, dataset=other), refusals.NotThisBody),
    )

    for reply, refusal in unfit:
        with pytest.raises(refusal):
            actions.answer_request(wish, reply, by=officer, at=AT)
    said = post(officer_client, f"requests/{wish.pk}/answer/", state="refused")
    assert b"Give a reason." in said.content


def test_only_the_body_answers(wish, problem, evaluator):
    with pytest.raises(PermissionDenied):
        actions.answer_request(wish, Reply(state=State.REFUSED, answer="a"), by=evaluator, at=AT)
    with pytest.raises(PermissionDenied):
        actions.answer_problem(problem, Problem.State.MENDED, "a", by=evaluator, at=AT)


def test_person_asks_and_tells_so_often_in_a_day(body, row, citizen, monkeypatch):
    monkeypatch.setattr(asking, "A_DAY", 2)
    actions.ask_for_data(body, "a", "b", by=citizen, at=AT)
    actions.tell_problem(row, "", "b", by=citizen, at=AT)

    with pytest.raises(refusals.TooManyToday):
        actions.ask_for_data(body, "a", "b", by=citizen, at=AT)
    with pytest.raises(refusals.TooManyToday):
        actions.tell_problem(row, "", "b", by=citizen, at=AT)


def test_mistake_is_told_and_answered_on_the_page_of_the_set(
    citizen_client, officer_client, row, body
):
    post(citizen_client, "sets/mektepter/problem/", row="2", text="Код қате")
    problem = Problem.objects.get()
    assert queries.desk(body, AT.date()).problems == [problem]
    empty = post(officer_client, f"problems/{problem.pk}/", state="mended", answer="")
    assert empty.status_code == 200

    post(officer_client, f"problems/{problem.pk}/", state="mended", answer="Түзетілді")

    page = Client().get("/en/open-data/sets/mektepter/").content.decode()
    assert "Код қате" in page
    assert "Түзетілді" in page


def test_answered_mistake_is_not_answered_again(problem, officer):
    actions.answer_problem(problem, Problem.State.REFUSED, "Дұрыс", by=officer, at=AT)

    with pytest.raises(refusals.AlreadyDecided):
        actions.answer_problem(problem, Problem.State.MENDED, "Иә", by=officer, at=AT)
    with pytest.raises(refusals.ReasonMissing):
        actions.answer_problem(problem, Problem.State.MENDED, " ", by=officer, at=AT)


def test_withdrawn_set_takes_no_reports(row, citizen):
    row.state = "withdrawn"

    with pytest.raises(refusals.NotPublished):
        actions.tell_problem(row, "", "a", by=citizen, at=AT)


def test_stranger_is_led_to_sign_in_and_back(client, wish, row):
    asked = client.get(f"/kk/open-data/requests/{wish.pk}/").content.decode()
    told = client.get("/kk/open-data/sets/mektepter/problem/?row=2")

    assert f"?next=/kk/open-data/requests/{wish.pk}/" in asked
    assert (
        'href="/kk/open-data/sets/mektepter/problem/"'
        in client.get("/kk/open-data/sets/mektepter/").content.decode()
    )
    assert told["Location"].endswith("?next=/kk/open-data/sets/mektepter/problem/%3Frow%3D2")


def test_number_of_a_row_leads_to_the_form_with_the_row_in_it(public, citizen_client):
    page = f"/en/open-data/sets/{public.name}/v1/mektepter.csv/"
    form = f"/en/open-data/sets/{public.name}/problem/?row=1%20(mektepter.csv)"

    shown = citizen_client.get(page, {"sort": "-3"}).content.decode()

    assert f'href="{form}"' in shown
    assert 'value="1 (mektepter.csv)"' in citizen_client.get(form).content.decode()


def test_who_asked_voted_or_told_hears_the_answer(wish, problem, evaluator, citizen, officer):
    actions.vote(wish, by=evaluator, at=AT)

    actions.answer_request(wish, Reply(state=State.REFUSED, answer="Құпия"), by=officer, at=AT)
    actions.answer_problem(problem, Problem.State.MENDED, "Түзетілді", by=officer, at=AT)

    heard = {
        code: sorted(message.deliveries.values_list("reader__user__username", flat=True))
        for code in ("data_request.answered", "data_problem.answered")
        for message in [Message.objects.get(code=code)]
    }
    assert heard == {
        "data_request.answered": sorted([citizen.username, evaluator.username]),
        "data_problem.answered": [citizen.username],
    }
    assert "Жолдарды жөндеу" in Message.objects.get(code="data_request.answered").title["kk"]
