"""Requests for data are talked about, answered together with what was said, and found."""

import pytest
from django.test import Client

from aiqyn_portal.contributions import sealing
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.search.models import Entry
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.comments import COMMENT, place
from aiqyn_portal.sections.open_data.models import Reuse
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import AT, PLANNED, REFUSED, asked, made_of, opened, published


@pytest.fixture
def wish(body, citizen):
    return asked(body, citizen)


def page_of(wish):
    return f"/kk/open-data/requests/{wish.contribution.number}/"


def comment(client, wish, text="Аудан бойынша да керек."):
    given = {"voice-text": text, "voice-form_key": "k1"}
    given["voice-next"] = page_of(wish)
    return client.post(f"/kk/contributions/write/request_comment/{wish.pk}/", given)


def found(kind):
    return list(Entry.objects.filter(kind=kind).values_list("key", "shelf__status"))


def test_comment_stands_on_the_page_of_the_request_and_is_counted(wish, citizen_client):
    answer = comment(citizen_client, wish)

    number = Contribution.objects.get(kind=COMMENT).number
    assert answer["Location"] == f"{page_of(wish)}?comment={number}#c-{number}"
    assert "Аудан бойынша да керек." in text_of(Client().get(answer["Location"]))
    assert "1 comment" in text_of(Client().get("/en/open-data/requests/"))


@pytest.mark.parametrize(
    ("reply", "outcome"), [(PLANNED, ""), (opened, "accepted"), (REFUSED, "declined")]
)
def test_last_answer_answers_the_comments(wish, body, officer, citizen_client, reply, outcome):
    comment(citizen_client, wish)
    if reply is opened:
        reply = opened(published(body, officer))

    actions.answer_requests([wish], reply, by=officer)

    assert Contribution.objects.get(kind=COMMENT).outcome == outcome
    assert comment(Client(), wish).status_code == 302  # nobody is lost: they sign in first


def test_nothing_is_said_of_a_request_that_is_not_there(citizen_client, wish):
    address = f"/kk/contributions/write/request_comment/{wish.pk + 1}/"

    assert citizen_client.get(address).status_code == 404
    assert place(Contribution(kind=COMMENT, about_key=str(wish.pk + 1), number="2026-1")) == ""


def test_request_is_found_with_what_became_of_it(wish, body, officer):
    seen = []
    for reply in (PLANNED, opened(published(body, officer))):
        sealing.seal_all()
        seen += found("contribution")
        actions.answer_requests([wish], reply, by=officer)
    sealing.seal_all()

    key = wish.contribution.number
    assert seen + found("contribution") == [
        (key, "data_request_waiting"),
        (key, "data_request_accepted"),
        (key, "data_request_reflected"),
    ]
    page = text_of(Client().get("/en/search/?q=жөндеу&status=data_request_reflected"))
    assert "Published" in page
    assert "Жолдарды жөндеу" in text_of(Client().get("/ru/search/?q=жөндеу"))


def test_work_is_found_while_it_is_shown(body, officer, evaluator, citizen):
    work = made_of(published(body, officer), citizen, state=Reuse.State.WAITING)
    waiting = found("data_reuse")

    actions.decide_reuse(work, Reuse.State.SHOWN, "", by=evaluator, at=AT)
    shown = text_of(Client().get("/kk/search/?q=картасы"))
    actions.take_reuse_back(Reuse.objects.get(), by=citizen)

    assert (waiting, found("data_reuse")) == ([], [])
    assert "Мектеп картасы" in shown
