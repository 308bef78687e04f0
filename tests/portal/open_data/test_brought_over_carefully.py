"""What is brought over takes nothing along of who has left, comes once, and is no news."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db.migrations.exceptions import IrreversibleError
from django.test import Client

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import brought_over, receipts, sealing
from aiqyn_portal.contributions.models import Contribution, Erasable
from aiqyn_portal.notices.models import Message
from aiqyn_portal.search import index, queries, saving
from aiqyn_portal.search.asking import read
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.search.models import Entry
from tests.factories import UserFactory
from tests.portal import older
from tests.portal.older import migrate
from tests.portal.open_data.sets import published

BEFORE = ("open_data", "0013_sets_are_counted_from_an_index")
READY = ("open_data", "0014_what_people_ask_is_a_contribution")
BROUGHT = ("open_data", "0015_what_people_ask_is_in_the_ledger")
NOW = ("open_data", "0016_what_people_ask_keeps_its_set_alone")
ASKED = datetime(2026, 3, 5, 6, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
SECRET = "Нөмірім 8 701 234 56 78, пошта a@b.kz"


@pytest.fixture
def old(transactional_db, request):
    """The models as they were, in tables as they were; today's tables afterwards."""
    with older.before(BEFORE) as models:
        published(request.getfixturevalue("body"), request.getfixturevalue("officer"))
        yield models


def ask(old, body, by, text="Мектептер керек"):
    said = {"body_id": body.pk, "title": "Сұрау", "text": text, "asked_at": ASKED}
    return old.get_model("open_data", "Request").objects.create(**said, asked_by_id=by.pk)


def tell(old, by, text="Мектеп қате"):
    dataset = old.get_model("open_data", "Dataset").objects.get()
    said = {"dataset": dataset, "version": 1, "text": text, "told_at": ASKED}
    return old.get_model("open_data", "Problem").objects.create(**said, told_by_id=by.pk)


def test_what_was_hidden_goes_with_who_has_left(old, body, citizen, officer_client):
    gone = UserFactory()
    for user in (gone, citizen):
        ask(old, body, user, SECRET)
        tell(old, user, SECRET)
    contributions.leave(gone)

    migrate(NOW)
    sealing.seal_all()

    left = Contribution.objects.filter(author=None)
    assert [row.original_text for row in left] == ["", ""]
    opened = Erasable.objects.filter(step__contribution__in=left, step__what="received")
    assert [sorted(each.salts) for each in opened] == [["text"], ["text"]]
    for row in left:
        page = officer_client.get(f"/kk/contributions/{row.number}/").content.decode()
        assert "234 56 78" not in page.replace("*** ** **", "")
    stay = Contribution.objects.filter(author=citizen)
    assert all(row.original_text.endswith(SECRET) for row in stay)
    contributions.leave(citizen)
    assert not Contribution.objects.exclude(original_text="").exists()
    sealing.seal_all()
    assert receipts.first_broken() == ""


def test_what_was_brought_over_is_not_undone_half_way(old, body, citizen):
    ask(old, body, citizen)
    tell(old, citizen)
    migrate(BROUGHT)

    for back in (READY, BEFORE):
        with pytest.raises(IrreversibleError, match="stays there"):
            migrate(back)
    migrate(NOW)

    assert Contribution.objects.count() == 2


def test_stopped_it_is_not_undone_either(old, body, citizen, monkeypatch):
    ask(old, body, citizen)
    module = "aiqyn_portal.sections.open_data.migrations.0015_what_people_ask_is_in_the_ledger"
    monkeypatch.setattr(f"{module}.of_problem", lambda row: 1 / 0)
    tell(old, citizen)
    with pytest.raises(ZeroDivisionError):
        migrate(BROUGHT)
    monkeypatch.undo()

    with pytest.raises(IrreversibleError, match="stays there"):
        migrate(BEFORE)


def test_what_lost_its_link_is_the_same_contribution(old, body, citizen):
    """As where somebody came back before that was refused."""
    gone = UserFactory()
    ask(old, body, gone)
    contributions.leave(gone)
    ask(old, body, citizen)
    migrate(BROUGHT)
    requests = older.models_at(BROUGHT).get_model("open_data", "Request").objects
    links = list(requests.order_by("pk").values_list("contribution", flat=True))
    requests.update(contribution=None)
    migrate(READY)

    migrate(NOW)

    assert list(Contribution.objects.order_by("pk").values_list("pk", flat=True)) == links
    assert receipts.first_broken() == ""


def test_old_requests_are_no_news_and_are_found(old, body, citizen):
    said = [ask(old, body, citizen), ask(old, body, citizen)]
    tell(old, citizen)
    index.put(of_before(said[0]))
    saving.save("мектеп", {}, by=citizen)
    index.put(of_before(said[1]))  # not told yet: it is news

    migrate(NOW)
    sealing.seal_all()
    saving.tell_of_new(LATER)

    assert Message.objects.get().title["en"] == "New for the search “мектеп”: 1"
    rows = Contribution.objects.order_by("pk")
    found = queries.find(read("мектеп"), queries.Filters(kind="contribution"))
    assert {shown.entry.key for shown in found.shown} == {row.number for row in rows}
    keys = queries.every_key(read("мектеп"), "contribution")
    assert set(keys) == {row.number for row in rows}
    assert Entry.objects.get(key=rows.last().number).pk < 0
    assert Client().get("/en/search/?q=мектеп").status_code == 200
    numbers = list(Entry.objects.order_by("key").values_list("key", "pk"))
    call_command("rebuild_search", verbosity=0)
    assert list(Entry.objects.filter(kind="contribution").order_by("key").values_list("pk")) == [
        (pk,) for key, pk in numbers if key in {row.number for row in rows}
    ]


def of_before(row):
    key, said = str(row.pk), {"kk": "мектеп"}
    return Draft("data_request", key, said, "open_data:request", {"pk": row.pk})


def test_whoever_waits_is_told_how_far_it_is(old, body, citizen, monkeypatch, capsys):
    monkeypatch.setattr(brought_over, "TOLD", 2)
    for _ in range(3):
        ask(old, body, citizen)

    migrate(NOW)

    assert capsys.readouterr().err == "open_data_request: 2 of 3\n"
