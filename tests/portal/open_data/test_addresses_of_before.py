"""Addresses that requests and mistakes had before lead to where they are answered and read now."""

import pytest
from django.test import Client

from aiqyn_portal.sections.open_data import actions
from tests.portal.open_data.sets import asked, mistake, opened, published

HERE = "/kk/open-data"


@pytest.fixture
def wish(body, citizen):
    return asked(body, citizen)


def test_address_of_an_answer_leads_officers_to_the_page_of_answers(wish, officer_client):
    answer = officer_client.get(f"{HERE}/requests/{wish.pk}/answer/", follow=True)

    place = f"{HERE}/requests/answer/?number={wish.contribution.number}"
    assert answer.redirect_chain == [(place, 302)]
    assert answer.status_code == 200


def test_what_takes_no_answer_any_more_is_shown(wish, body, officer, officer_client):
    actions.answer_requests([wish], opened(published(body, officer)), by=officer)

    answer = officer_client.get(f"{HERE}/requests/{wish.pk}/answer/", follow=True)

    place = f"{HERE}/requests/{wish.contribution.number}/"
    assert answer.redirect_chain == [(place, 302)]


def test_other_addresses_lead_to_what_they_speak_of(wish, body, officer, citizen):
    told = mistake(published(body, officer), citizen)
    places = {
        f"{HERE}/requests/{wish.pk}/vote/": f"{HERE}/requests/{wish.contribution.number}/",
        f"{HERE}/problems/{told.pk}/": f"/kk/contributions/{told.contribution.number}/",
    }

    for old, new in places.items():
        answer = Client().get(old, follow=True)
        assert (answer.redirect_chain, answer.status_code) == ([(new, 302)], 200)
        assert Client().post(old).status_code == 405


@pytest.mark.parametrize("old", ["requests/9999/vote/", "requests/9999/answer/", "problems/9999/"])
def test_there_is_no_page_of_what_never_was(db, old):
    assert Client().get(f"{HERE}/{old}").status_code == 404
