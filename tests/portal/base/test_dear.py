"""Files that are dear to make are paid for from one purse a minute."""

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.base import dear
from tests.portal.conftest import signed_in
from tests.portal.site_audit.audited import on_paper

SAID = {"kk": "Бірден тым көп сұралды", "ru": "Слишком много запросов", "en": "Too much was"}


@pytest.fixture
def audit(body):
    return on_paper(body)


def statuses(client, *files):
    return [client.get(f"/{file}").status_code for file in files]


def test_one_purse_pays_for_whatever_is_asked(audit, monkeypatch):
    monkeypatch.setattr(dear, "PURSE", dear.SHEET + 2 * dear.TEXT)
    own = f"audits/{audit.pk}"

    asked = statuses(
        Client(), f"{own}.csv", f"{own}.xlsx", f"{own}.xlsx", f"{own}.json", f"{own}.csv"
    )

    assert asked == [200, 200, 429, 200, 429]
    assert statuses(Client(REMOTE_ADDR="203.0.113.8"), f"{own}.csv") == [200]


def test_person_who_is_signed_in_pays_for_himself_alone(audit, citizen, monkeypatch):
    monkeypatch.setattr(dear, "PURSE", 1)
    own = f"audits/{audit.pk}.csv"

    assert statuses(Client(), own, own) == [200, 429]
    assert statuses(signed_in(citizen), own, own) == [200, 429]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_refusal_is_said_in_the_language_of_the_file(audit, monkeypatch, language):
    monkeypatch.setattr(dear, "PURSE", 0)

    answer = Client().get(reverse("audit_csv", args=[audit.pk]), {"lang": language})

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert SAID[language] in answer.text


@pytest.mark.parametrize("shape", ["csv", "json", "xlsx", "pdf", "warc"])
def test_every_file_of_an_audit_is_paid_for(audit, monkeypatch, shape):
    monkeypatch.setattr(dear, "PURSE", 0)

    assert Client().get(reverse(f"audit_{shape}", args=[audit.pk])).status_code == 429


@pytest.mark.parametrize("file", ["site-audits.csv", "ratings/any.csv", "ratings/any.xlsx"])
def test_tables_of_all_bodies_are_paid_for(db, monkeypatch, file):
    monkeypatch.setattr(dear, "PURSE", 0)

    assert statuses(Client(), file) == [429]
