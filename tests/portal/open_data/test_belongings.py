"""What one has asked, told and made: in the cabinet, in the archive, nameless when one leaves."""

import io
import json
import zipfile

import pytest
from django.test import Client

from aiqyn_portal.accounts import tokens
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import sealing
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.comments import COMMENT
from aiqyn_portal.sections.open_data.models import Reuse
from aiqyn_portal.trail.models import Event
from tests.factories import UserFactory
from tests.portal.contributions.voices import said
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import AT, REFUSED, asked, made_of, mistake, proposed, published
from tests.portal.tables import tables_with

NAME = "Асан Үсенов"


@pytest.fixture
def mine(body, officer, citizen):
    row = published(body, officer)
    wish = asked(body, citizen)
    mistake(row, citizen)
    made_of(row, citizen, display_name=NAME)
    made_of(row, citizen, display_name=NAME, title="Күткен", state=Reuse.State.WAITING)
    return wish


def test_cabinet_shows_what_was_asked_told_and_made(mine, citizen_client):
    shown = text_of(citizen_client.get("/kk/account/voice/"))

    for words in ("Жолдарды жөндеу", "Код қате", "Мектеп картасы", "Күткен"):
        assert words in shown


def test_who_has_something_here_is_not_told_of_having_said_nothing(
    body, officer, citizen, citizen_client
):
    before = text_of(citizen_client.get("/en/account/voice/"))
    made_of(published(body, officer), citizen)

    after = text_of(citizen_client.get("/en/account/voice/"))
    said = "You have not said anything here yet."
    assert (said in before, said in after) == (True, False)


def test_archive_has_a_file_of_each_kind(mine, body, citizen_client):
    answer = citizen_client.get("/kk/account/voice/my-data.zip")

    held = zipfile.ZipFile(io.BytesIO(answer.content))
    told = {
        code: json.loads(held.read(f"{code}.json")) for code in ("contributions", "data_reuses")
    }
    assert [len(rows) for rows in told.values()] == [2, 2]
    assert told["contributions"][1]["text"] == "Жолдарды жөндеу\n\nЗерттеу үшін"
    assert {row["display_name"] for row in told["data_reuses"]} == {NAME}


def test_who_leaves_takes_the_name_along(mine, citizen):
    reuse = Reuse.objects.shown().get()
    address = f"/kk/open-data/reuses/{reuse.pk}/"
    assert NAME in text_of(Client().get(address))
    Client().get("/kk/open-data/sets/mektepter/")  # and what is kept of the page of the set

    left = contributions.leave(citizen)

    assert left == 4
    assert NAME not in text_of(Client().get(address))
    assert NAME not in text_of(Client().get("/kk/open-data/sets/mektepter/"))
    assert not Reuse.objects.exclude(display_name="").exists()
    assert not Reuse.objects.waiting().exists()


def test_who_has_asked_told_and_made_is_in_no_table_after_leaving(body, officer, evaluator):
    user = UserFactory(
        username="qyzyltas77", email="q.tastanova@mail.kz", display_name="Qymbat Tastanova"
    )
    named = {"display_name": user.display_name}
    row = published(body, officer, next_due=None)
    proposed(body, user, [row], **named)
    wish = asked(body, user, **named)
    said(user, "Аудан бойынша да керек.", kind=COMMENT, key=str(wish.pk), **named)
    problem = mistake(row, user)
    shown, back, _waiting = (told_reuse(row, user, title) for title in ("a", "b", "c"))
    actions.decide_reuse(shown, Reuse.State.SHOWN, "", by=evaluator, at=AT)
    actions.take_reuse_back(back, by=user)
    tokens.make(user, "Qymbat Tastanova", at=AT)
    tokens.end(user.tokens.get(), by=user, at=AT)
    actions.answer_requests([wish], REFUSED, by=officer)
    mended = {"outcome": "accepted", "reason": "corrects_mistake", "words": "Түзетілді"}
    contributions.decide([problem.contribution], by=officer, **mended)
    sealing.seal_all()
    words = ("qyzyltas77", "q.tastanova", "tastanova")
    before = [tables_with(word) for word in words]

    contributions.leave(user)
    sealing.seal_all()

    assert all(before)
    assert [tables_with(word) for word in words] == [set(), set(), set()]
    assert set(Event.objects.filter(action__startswith="token.").values_list("actor")) == {
        (f"person:{user.pk}",)
    }


def told_reuse(row, user, title):
    told = {"kind": Reuse.Kind.APPLICATION, "title": title, "text": "Карта", "datasets": [row]}
    made = actions.Made(link="https://example.kz/a", display_name=user.display_name, **told)
    return actions.tell_reuse(made, by=user, at=AT)
