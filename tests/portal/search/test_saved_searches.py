"""Searches people save: what is new for them is told once a day, and once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from aiqyn_portal.notices.actions import unfollow
from aiqyn_portal.notices.models import Delivery, Message
from aiqyn_portal.search import index, queries, saving
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.search.models import SavedSearch

AT = datetime(2100, 1, 1, tzinfo=UTC)  # after everything that is followed


def enter(key, title, **said):
    view = {"view": "reports:home"}
    index.put(Draft(kind="trial", key=key, title={"kk": title, "ru": title}, **view | said))


@pytest.fixture
def saved(citizen, body):
    """A search for schools, saved when one was there already."""
    enter("1", "Мектеп туралы ескі құжат")
    return saving.save("мектептер", {}, by=citizen)


def test_what_is_new_is_told_once_in_the_person_s_language(saved):
    enter("2", "Жаңа мектеп ашылды")
    enter("3", "Жол жөндеу")

    for day in range(2):
        saving.tell_of_new(AT + timedelta(days=day))

    message = Message.objects.get()
    assert Delivery.objects.get().topic == f"search:{saved.digest}"
    assert message.title["kk"] == "«мектептер» іздеуі бойынша жаңа: 1"
    assert message.title["ru"] == "Новое по запросу «мектептер»: 1"
    assert message.text["kk"] == "Жаңа мектеп ашылды"


def test_more_that_is_new_than_is_counted_is_said_to_be_more(saved, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for key in "abcd":
        enter(key, f"Зат {key}", text={"kk": "мектеп"})

    saving.tell_of_new(AT)

    title = Message.objects.get().title
    assert title["kk"] == "«мектептер» іздеуі бойынша жаңа: кемінде 2"
    assert title["ru"] == "Новое по запросу «мектептер»: не меньше 2"


def test_entry_written_anew_is_no_news(saved):
    enter("1", "Мектеп туралы түзетілген құжат")

    saving.tell_of_new(AT)

    assert Message.objects.count() == 0


def test_each_day_tells_only_its_own(saved):
    for day, key in enumerate("ab"):
        enter(key, f"Мектеп {key}")
        saving.tell_of_new(AT + timedelta(days=day))

    told = [message.text["kk"] for message in Message.objects.order_by("pk")]
    assert told == ["Мектеп a", "Мектеп b"]


def test_conditions_narrow_what_is_told(citizen, body):
    saving.save("мектеп", {"body": body.code, "year": ""}, by=citizen)
    enter("1", "Мектеп басқа органда")
    enter("2", "Мектеп осы органда", body_id=body.pk)

    saving.tell_of_new(AT)

    assert Message.objects.get().text["kk"] == "Мектеп осы органда"


def test_search_nobody_follows_any_more_is_forgotten(saved, citizen):
    unfollow(citizen, saving.topic_of(saved))

    saving.tell_of_new(AT)

    assert SavedSearch.objects.count() == 0


def test_search_is_saved_from_its_page_and_leads_back(citizen_client, body):
    enter("1", "Мектеп", body_id=body.pk)
    page = citizen_client.get(f"/ru/search/?q=мектеп&body={body.code}").content.decode()
    given = {"q": "мектеп", "body": body.code, "status": "x" * 100}

    answer = citizen_client.post("/ru/search/save/", given)

    row = SavedSearch.objects.get()
    back = citizen_client.get(f"/ru/search/saved/{row.digest}/")
    assert f'<input type="hidden" name="body" value="{body.code}">' in page
    assert row.conditions == {"body": body.code, "status": "x" * 60}
    assert back["Location"] == answer["Location"]
    assert "мектеп" in citizen_client.get("/ru/account/notices/settings/").content.decode()


@pytest.mark.parametrize("asked", ["", "  ", "\0", "-мектеп"])
def test_search_for_nothing_is_not_saved(citizen_client, asked):
    answer = citizen_client.post("/ru/search/save/", {"q": asked})

    assert (answer.status_code, SavedSearch.objects.count()) == (404, 0)


def test_button_is_for_those_signed_in(body):
    enter("1", "Мектеп")

    assert "search/save" not in Client().get("/ru/search/?q=мектеп").content.decode()


def test_search_nobody_saved_has_no_name(db):
    assert saving.named("none") is None
