"""Keys for programs: shown once, kept as a digest, worth no more than their person."""

import re
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.urls import reverse

from aiqyn_portal.accounts import tokens
from aiqyn_portal.accounts.models import Token
from aiqyn_portal.accounts.refusals import TokenIsUnknown, TooManyTokens
from aiqyn_portal.trail.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


def asks(key, header="Authorization"):
    return RequestFactory().get("/", headers={header: key} if key else {})


def test_program_with_a_key_speaks_for_its_person(officer):
    key = tokens.make(officer, "ckanapi", at=AT)

    for request in (asks(key), asks(f"Bearer {key}"), asks(key, "X-CKAN-API-Key")):
        assert tokens.speaks_for(request) == officer
    assert tokens.speaks_for(asks("")) is None
    assert Token.objects.get().used_on is not None


def test_key_itself_is_kept_nowhere(officer):
    key = tokens.make(officer, "ckanapi", at=AT)

    kept = str(Token.objects.values_list().get()) + str(list(Event.objects.values_list()))
    assert key.startswith("aiqyn_")
    assert key not in kept
    assert key.removeprefix("aiqyn_") not in kept


def test_key_taken_back_made_up_or_of_a_closed_account_opens_nothing(officer, evaluator):
    ended, closed = tokens.make(officer, "a", at=AT), tokens.make(evaluator, "b", at=AT)
    tokens.end(officer.tokens.get(), by=officer, at=AT)
    tokens.end(officer.tokens.get(), by=officer, at=AT)
    evaluator.is_active = False
    evaluator.save()

    for key in (ended, closed, "aiqyn_made-up", "Bearer x"):
        with pytest.raises(TokenIsUnknown):
            tokens.speaks_for(asks(key))
    assert [event.action for event in Event.objects.order_by("number")] == [
        "token.made",
        "token.made",
        "token.ended",
    ]


def test_person_holds_so_many_keys_and_no_more(officer, monkeypatch):
    monkeypatch.setattr(tokens, "MOST", 1)
    tokens.make(officer, "a", at=AT)

    with pytest.raises(TooManyTokens, match="1"):
        tokens.make(officer, "b", at=AT)


def test_key_is_shown_on_one_page_once(client, officer):
    client.force_login(officer)
    address = reverse("accounts:tokens")

    made = client.post(address, {"name": "ckanapi"})
    again = client.get(address)

    [key] = set(re.findall(r"aiqyn_[\w-]+", made.content.decode()))
    assert tokens.speaks_for(asks(key)) == officer
    assert "aiqyn_" not in again.content.decode()
    assert "ckanapi" in again.content.decode()
    assert made["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_nobody_takes_back_the_key_of_another(client, officer, evaluator):
    tokens.make(officer, "mine", at=AT)
    address = reverse("accounts:end_token", args=[Token.objects.get().pk])
    client.force_login(evaluator)

    refused = client.post(address)
    client.force_login(officer)
    ended = client.post(address)

    assert (refused.status_code, ended.status_code) == (404, 302)
    assert Token.objects.get().ended_at is not None


def test_key_without_a_name_is_not_made(client, officer):
    client.force_login(officer)

    answer = client.post(reverse("accounts:tokens"), {"name": " "})

    assert answer.status_code == 200
    assert not Token.objects.exists()
