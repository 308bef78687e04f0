"""Heads are presented by their own body, in both languages; their pages stay."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from aiqyn_portal.sections.dialogue import actions, refusals
from aiqyn_portal.sections.dialogue.actions import Presented
from aiqyn_portal.sections.dialogue.models import Head
from aiqyn_portal.sections.dialogue.queries import lists


def presented(**changed: Any) -> Presented:
    said = {
        "name": {"kk": "Дана Үлгі", "ru": "Дана Улги"},
        "post": {"kk": "Әкімнің орынбасары", "ru": "Заместитель акима"},
        "hours": {},
        "place": 1,
        "takes_questions": True,
        "since": date(2025, 2, 3),
    }
    return Presented(**{**said, **changed})


def test_heads_are_numbered_within_their_body(head, body, answering):
    made = actions.appoint(body, presented(), by=answering)
    assert made.slug == "kz-akm-shymkent-2"
    assert list(lists.heads_in_office(date(2026, 1, 1), body)) == [head, made]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": {"kk": "Дана"}}, refusals.NameMissing),
        ({"post": {"ru": "Аким"}}, refusals.NameMissing),
        ({"until": date(2025, 2, 2)}, refusals.LeavesTooEarly),
    ],
)
def test_unfit_head_is_refused(body, answering, changed, refusal):
    with pytest.raises(refusal):
        actions.appoint(body, presented(**changed), by=answering)
    assert not Head.objects.exists()


def test_head_who_left_is_not_in_the_list(head, body, answering):
    actions.present(head, presented(until=date(2026, 3, 1)), by=answering)
    assert list(lists.heads_in_office(date(2026, 3, 1), body)) == [head]
    assert list(lists.heads_in_office(date(2026, 3, 2), body)) == []


def test_strangers_present_nobody(head, body, officer_of_another):
    with pytest.raises(PermissionDenied):
        actions.appoint(body, presented(), by=officer_of_another)
    with pytest.raises(PermissionDenied):
        actions.present(head, presented(), by=officer_of_another)


def test_officer_presents_a_head_on_the_pages(body, answering):
    client = Client()
    client.force_login(answering)
    given = {"name_kk": "Дана", "name_ru": "Дана", "post_kk": "Әкім", "post_ru": "Аким"}
    given |= {"place": "0", "takes_questions": "on", "since": "2025-02-03"}
    client.post(f"/kk/dialogue/bodies/{body.code}/head/", given)
    [head] = Head.objects.all()
    path = f"/kk/dialogue/heads/{head.slug}/edit/"
    assert client.get(path).context["form"].initial["name_kk"] == "Дана"
    client.post(path, {**given, "hours_kk": "сәрсенбі, 10:00"})
    assert "сәрсенбі, 10:00" in Client().get(f"/kk/dialogue/heads/{head.slug}/").content.decode()
