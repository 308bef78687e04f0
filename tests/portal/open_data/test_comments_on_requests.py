"""Requests for data are talked about, answered together with what was said, and found."""

import pytest
from django.test import Client

from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.search.models import Entry
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.actions.asking import Reply
from aiqyn_portal.sections.open_data.models import Request, Reuse
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import AT, made_of, published

State = Request.State


@pytest.fixture
def wish(body, citizen):
    return actions.ask_for_data(body, "Жолдарды жөндеу", "Зерттеу үшін", by=citizen, at=AT)


def comment(client, wish, text="Аудан бойынша да керек."):
    given = {"voice-text": text, "voice-form_key": "k1"}
    given["voice-next"] = f"/kk/open-data/requests/{wish.pk}/"
    return client.post(f"/kk/contributions/write/request_comment/{wish.pk}/", given)


def found(kind):
    return list(Entry.objects.filter(kind=kind).values_list("key", "shelf__status"))


def test_comment_stands_on_the_page_of_the_request_and_is_counted(wish, citizen_client):
    answer = comment(citizen_client, wish)

    number = Contribution.objects.get().number
    page = f"/kk/open-data/requests/{wish.pk}/"
    assert answer["Location"] == f"{page}?comment={number}#c-{number}"
    assert "Аудан бойынша да керек." in text_of(Client().get(answer["Location"]))
    assert "1 comment" in text_of(Client().get("/en/open-data/requests/"))


@pytest.mark.parametrize(
    ("state", "answer", "outcome"),
    [
        (State.PLANNED, "Маусымда", ""),
        (State.PUBLISHED, "", "accepted"),
        (State.REFUSED, "Заңмен қорғалады", "declined"),
    ],
)
def test_last_answer_answers_the_comments(
    wish, body, officer, citizen_client, state, answer, outcome
):
    comment(citizen_client, wish)
    row = published(body, officer) if state == State.PUBLISHED else None

    reply = Reply(state=state, answer=answer, dataset=row)
    actions.answer_request(wish, reply, by=officer, at=AT)

    assert Contribution.objects.get().outcome == outcome
    page = text_of(citizen_client.get(f"/kk/open-data/requests/{wish.pk}/"))
    assert ("Органның жауабы" in page) == (state != State.OPEN)
    assert comment(Client(), wish).status_code == 302  # nobody is lost: they sign in first


def test_nothing_is_said_of_a_request_that_is_not_there(citizen_client, wish):
    wish.pk += 1

    assert comment(citizen_client, wish).status_code == 404


def test_request_is_found_with_what_became_of_it(wish, officer):
    before = found("data_request")

    reply = Reply(state=State.REFUSED, answer="Заңмен қорғалады")
    actions.answer_request(wish, reply, by=officer, at=AT)

    key = str(wish.pk)
    assert before == [(key, "data_request_open")]
    assert found("data_request") == [(key, "data_request_refused")]
    assert "Жолдарды жөндеу" in text_of(Client().get("/ru/search/?q=жөндеу"))


def test_work_is_found_while_it_is_shown(body, officer, evaluator, citizen):
    work = made_of(published(body, officer), citizen, state=Reuse.State.WAITING)
    waiting = found("data_reuse")

    actions.decide_reuse(work, Reuse.State.SHOWN, "", by=evaluator, at=AT)
    shown = text_of(Client().get("/kk/search/?q=картасы"))
    actions.take_reuse_back(Reuse.objects.get(), by=citizen)

    assert (waiting, found("data_reuse")) == ([], [])
    assert "Мектеп картасы" in shown
