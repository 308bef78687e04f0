"""Requests for data and mistakes of before are in the ledger, and nothing of them is lost."""

from datetime import UTC, datetime

import pytest
from django.db.migrations.exceptions import IrreversibleError
from django.test import Client

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import brought_over, queries, receipts, sealing
from aiqyn_portal.contributions.models import Contribution, Count, Part
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.search.models import Entry
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Problem, Request
from tests.factories import UserFactory
from tests.portal import older
from tests.portal.older import migrate
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import asked, mistake, opened, published

BEFORE = ("open_data", "0013_sets_are_counted_from_an_index")
BROUGHT = ("open_data", "0015_what_people_ask_is_in_the_ledger")
NOW = ("open_data", "0016_what_people_ask_keeps_its_set_alone")
ASKED = datetime(2026, 3, 5, 6, tzinfo=UTC)
ANSWERED = datetime(2026, 4, 1, 6, tzinfo=UTC)
WORDS = "Деректер наурызда жарияланады, себебі олар әлі жиналуда."


@pytest.fixture
def gone(citizen):
    """Somebody who left before."""
    user = UserFactory()
    contributions.leave(user)
    return user


@pytest.fixture
def old(transactional_db, request):
    """The models as they were, in tables as they were; today's tables afterwards."""
    with older.before(BEFORE) as models:
        published(request.getfixturevalue("body"), request.getfixturevalue("officer"))
        yield models


def ask(old, body, by, title, **more):
    said = {"body_id": body.pk, "title": title, "text": "Зерттеу үшін керек", "asked_at": ASKED}
    row = old.get_model("open_data", "Request").objects.create(**said, asked_by_id=by.pk, **more)
    old.get_model("open_data", "Vote").objects.create(request=row, user_id=by.pk, at=ASKED)
    return row


def tell(old, by, **more):
    dataset = old.get_model("open_data", "Dataset").objects.get()
    said = {"dataset": dataset, "version": 1, "text": "Мектептің коды қате", "told_at": ASKED}
    return old.get_model("open_data", "Problem").objects.create(**said, told_by_id=by.pk, **more)


@pytest.fixture
def said(old, body, officer, citizen, evaluator, gone):
    """Of every state, by people who are here and who have left."""
    dataset = old.get_model("open_data", "Dataset").objects.get()
    answered = {"answered_by_id": officer.pk, "answered_at": ANSWERED}
    given = {"state": "published", "dataset": dataset, **answered}
    rows = [
        ask(old, body, citizen, "Ашық"),
        ask(old, body, citizen, "Жоспар", state="planned", answer=WORDS, **answered),
        ask(old, body, gone, "Берілген", **given),
        ask(old, body, evaluator, "8 701 234 56 78", state="refused", answer="Құпия", **answered),
    ]
    for user in (evaluator, gone):
        old.get_model("open_data", "Vote").objects.create(
            request=rows[0], user_id=user.pk, at=ANSWERED
        )
    tell(old, citizen, row="2")
    tell(old, evaluator, state="mended", answer="Түзетілді", **answered)
    tell(old, evaluator, state="refused", answer="Дұрыс", **answered)
    pk = rows[0].pk
    index.put(Draft("data_request", str(pk), {"kk": "Ашық"}, "open_data:request", {"pk": pk}))
    return [row.pk for row in rows]


def test_everything_is_there_is_counted_is_told_and_lives_on(
    said, body, officer, citizen, evaluator, citizen_client
):
    """One test of all that follows: going to and fro through migrations takes seconds."""
    migrate(NOW)

    _has_the_dates_it_had(said, citizen)
    _is_counted()
    sealing.seal_all()
    _is_told_by_when_it_happened_and_when_it_was_entered(citizen_client)
    _lives_on(said, officer, citizen, evaluator)


def _has_the_dates_it_had(said, citizen):
    rows = Contribution.objects.order_by("pk")
    assert list(rows.values_list("kind", "state", "outcome", "votes_for", "steps_made")) == [
        ("data_request", "registered", "", 2, 2),
        ("data_request", "decided", "accepted", 0, 3),
        ("data_request", "reflected", "accepted", 0, 4),
        ("data_request", "decided", "declined", 0, 3),
        ("data_problem", "registered", "", 0, 2),
        ("data_problem", "decided", "accepted", 0, 3),
        ("data_problem", "decided", "declined", 0, 3),
    ]
    assert {row.made_at for row in rows} == {ASKED}
    assert {row.decided_at for row in rows} == {None, ANSWERED}
    assert [row.pk for row in Request.objects.order_by("pk")] == said
    assert [row.author for row in rows][:3] == [citizen, citizen, None]
    titles = [row.title for row in Request.objects.order_by("pk")]
    assert titles[:3] == ["Ашық", "Жоспар", "Берілген"]
    assert "234 56 78" not in titles[3]
    assert Problem.objects.last().contribution.text == "Жол: 2\n\nМектептің коды қате"
    assert not Entry.objects.filter(kind="data_request").exists()


def _is_told_by_when_it_happened_and_when_it_was_entered(citizen_client):
    row = Contribution.objects.get(state="reflected")
    assert [told.happened_at for told in queries.life(row)] == [ASKED, None, ANSWERED, ANSWERED]
    assert min(told.at for told in queries.life(row)) > ANSWERED
    page = text_of(Client().get(f"/en/contributions/{row.number}/"))
    assert "It happened on 5 March 2026" in page
    assert receipts.first_broken() == ""
    assert receipts.receipt(row, is_own=False).steps[0].opened["text"].value == row.text
    assert "Ашық" in text_of(citizen_client.get("/kk/account/voice/"))


def _is_counted():
    counted = Count.objects.get(kind="data_request")
    columns = ("total", "waiting", "accepted", "declined", "people")
    assert [getattr(counted, name) for name in columns] == [4, 1, 2, 1, 2]
    assert Part.objects.get(kind="data_request").total == 4


def _lives_on(said, officer, citizen, evaluator):
    planned = Request.objects.get(pk=said[1])
    actions.answer_requests([planned], opened(Problem.objects.first().dataset), by=officer)
    contributions.support(planned.contribution, evaluator, 1)
    contributions.leave(citizen)
    sealing.seal_all()
    contributions.seal_votes(ANSWERED)

    assert receipts.first_broken() == ""


def test_bringing_over_goes_on_where_it_was_stopped(said, monkeypatch):
    enter, entered = brought_over.enter, []

    def stopping(apps, before):
        if len(entered) == 3:
            raise KeyboardInterrupt
        entered.append(before.key)
        return enter(apps, before)

    module = "aiqyn_portal.sections.open_data.migrations.0015_what_people_ask_is_in_the_ledger"
    monkeypatch.setattr(f"{module}.enter", stopping)
    with pytest.raises(KeyboardInterrupt):
        migrate(BROUGHT)
    monkeypatch.undo()
    there = Contribution.objects.count()

    migrate(NOW)

    assert (there, Contribution.objects.count()) == (3, 7)
    assert Count.objects.get(kind="data_problem").total == 3


@pytest.mark.parametrize("what", ["request", "problem"])
def test_what_is_in_the_ledger_stays_there(transactional_db, body, officer, citizen, what):
    row = published(body, officer)
    asked(body, citizen) if what == "request" else mistake(row, citizen)
    try:
        with pytest.raises(IrreversibleError, match="stays there"):
            migrate(BEFORE)
    finally:
        migrate(NOW)

    assert Contribution.objects.count() == 1
