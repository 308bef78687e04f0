"""A body asks which data people need, and what that says in an evaluation."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from aiqyn.chain import Outcome
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.notices.models import Message
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Survey
from aiqyn_portal.sections.open_data.refusals import (
    AlreadyDecided,
    ReasonMissing,
    SurveyInThePast,
    SurveyRuns,
    SurveysOverlap,
)
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import AT, REFUSED, asked, surveyed

AFTER = datetime(2026, 11, 25, 6, tzinfo=UTC)
RESULTS = Phrase(kk="Тізбеге жолдар қосылады", ru="В перечень войдут дороги")
FORM = {
    "title_kk": "Қандай дерек керек?",
    "title_ru": "Какие данные нужны?",
    "text_kk": "Бізден не күтесіз?",
    "text_ru": "Чего вы ждёте?",
    "opens_on": "2026-11-25",
    "closes_on": "2026-12-05",
}


def asked_at(at, body, citizen, title="Жолдар"):
    made = asked(body, citizen, title)
    Contribution.objects.filter(pk=made.contribution_id).update(made_at=at)
    return made


@pytest.fixture
def wish(body, citizen):
    return asked_at(AT, body, citizen)


@pytest.fixture
def after(monkeypatch):
    """Pages are asked on the day after the survey."""
    monkeypatch.setattr(timezone, "now", lambda: AFTER)


def refuse(wish, officer, at=AT):
    actions.answer_requests([wish], REFUSED, by=officer)
    Contribution.objects.filter(pk=wish.contribution_id).update(decided_at=at)


def demand_of(body, since=date(2026, 1, 1), until=date(2026, 12, 31)):
    found = apps.get_app_config("open_data").findings(body, since=since, until=until)
    told = [each for each in found if each.rule == "H102"]
    return [(each.outcome, [place.saw for place in each.places]) for each in told]


def test_officer_announces_a_survey_and_followers_hear_of_it(body, after, officer_client):
    address = f"bodies/{body.code}/demand/new/"
    refused = post(officer_client, address, **FORM | {"closes_on": "2026-11-24"})
    taken = post(officer_client, address, **FORM, title_en="Which data do you need?")
    page = text_of(Client().get(f"/en/open-data/bodies/{body.code}/demand/"))

    assert "The last day is before the first" in text_of(refused)
    assert taken.status_code == 302
    assert "Survey runs" in page
    assert "Which data do you need?" in page
    assert Message.objects.get(code="survey.started").topics == [f"body:{body.code}"]


def test_survey_is_begun_by_the_body_from_today_on_and_apart_from_others(body, officer, evaluator):
    days = {"opens_on": date(2026, 11, 24), "closes_on": date(2026, 11, 30)}
    asked = actions.Question(title=RESULTS, text=RESULTS, **days)
    surveyed(body, officer)

    with pytest.raises(PermissionDenied):
        actions.start_survey(body, asked, by=evaluator, at=AT)
    with pytest.raises(SurveysOverlap):
        actions.start_survey(body, asked, by=officer, at=AT)
    with pytest.raises(SurveyInThePast):
        actions.start_survey(body, asked, by=officer, at=AFTER)


def test_page_shows_what_was_asked_while_it_ran(body, officer, wish, citizen, after):
    surveyed(body, officer)
    later = datetime(2026, 11, 26, tzinfo=UTC)
    asked_at(later, body, citizen, "Кейін сұралған")

    answer = Client().get(f"/en/open-data/bodies/{body.code}/demand/")

    [told] = answer.context["surveys"]
    assert [each.title for each in told.requests] == ["Жолдар"]
    assert (told.counted["asked"], told.counted["votes"], told.waits) == (1, 1, True)
    assert [each.title for each in answer.context["wanted"]] == ["Кейін сұралған", "Жолдар"]


def test_results_come_after_the_end_once_and_with_words(body, officer, evaluator, wish):
    row = surveyed(body, officer)
    with pytest.raises(PermissionDenied):
        actions.publish_results(row, RESULTS, by=evaluator, at=AFTER)
    with pytest.raises(SurveyRuns):
        actions.publish_results(row, RESULTS, by=officer, at=AT)
    with pytest.raises(ReasonMissing):
        actions.publish_results(row, Phrase(kk="Тек қазақша"), by=officer, at=AFTER)

    actions.publish_results(row, RESULTS, by=officer, at=AFTER)

    with pytest.raises(AlreadyDecided):
        actions.publish_results(row, RESULTS, by=officer, at=AFTER)
    assert Survey.objects.get().counted == {
        "asked": 1,
        "votes": 1,
        "open": 1,
        "planned": 0,
        "published": 0,
        "refused": 0,
    }


def test_followers_are_told_the_words_of_the_results(body, officer):
    results = Phrase(RESULTS, en="Roads will be listed")

    actions.publish_results(surveyed(body, officer), results, by=officer, at=AFTER)

    assert Message.objects.get(code="survey.published").text == {
        "kk": "Тізбеге жолдар қосылады",
        "ru": "В перечень войдут дороги",
        "en": "Roads will be listed",
    }


def test_officer_publishes_the_results_on_a_page(body, officer, after, officer_client):
    row = surveyed(body, officer)
    words = {"results_kk": "Қосылады", "results_ru": "Войдут"}
    sent = post(officer_client, f"surveys/{row.pk}/results/", **words)
    page = text_of(Client().get(f"/ru/open-data/bodies/{body.code}/demand/"))

    assert sent.status_code == 302
    assert "Войдут" in page


def test_form_of_the_results_is_offered_once_the_survey_is_over(body, officer, officer_client):
    row = surveyed(body, officer)
    shown = []
    for last in (date(2099, 1, 1), date(2026, 1, 9)):
        Survey.objects.update(opens_on=date(2026, 1, 1), closes_on=last)
        page = officer_client.get(f"/en/open-data/surveys/{row.pk}/results/")
        shown.append(("has not ended yet" in text_of(page), "results_kk" in page.text))

    assert shown == [(True, False), (False, True)]


def test_numbers_of_published_results_stay_as_they_were(body, officer, wish):
    row = surveyed(body, officer)
    actions.publish_results(row, RESULTS, by=officer, at=AFTER)
    refuse(wish, officer, at=AFTER)

    [told] = Client().get(f"/en/open-data/bodies/{body.code}/demand/").context["surveys"]

    assert (told.counted["open"], told.counted["refused"]) == (1, 0)


def test_evaluation_hears_in_part_until_all_is_answered_and_published(body, officer, wish):
    row = surveyed(body, officer)
    in_part = demand_of(body)
    refuse(wish, officer)
    answered = demand_of(body)

    actions.publish_results(row, RESULTS, by=officer, at=AFTER)

    assert (in_part, answered) == (
        [(Outcome.PARTLY, ["Жолдар"])],
        [(Outcome.PARTLY, [""])],
    )
    assert demand_of(body) == [(Outcome.PASSED, [])]
    assert demand_of(body, until=date(2026, 11, 24)) == [(Outcome.PARTLY, [""])]


def test_evaluation_hears_nothing_where_no_survey_ran(body, officer, wish):
    surveyed(body, officer)

    assert demand_of(body, since=date(2026, 11, 25)) == []
    assert demand_of(body, until=date(2026, 11, 14)) == []
