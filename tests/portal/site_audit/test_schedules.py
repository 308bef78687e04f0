"""Audits that come round by themselves."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import override

from aiqyn.chain import Outcome
from aiqyn_portal.sections.site_audit import actions, tasks
from aiqyn_portal.sections.site_audit.actions.schedules import Rhythm
from aiqyn_portal.sections.site_audit.models import Run, Schedule
from aiqyn_portal.sections.site_audit.views import runs
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.site_audit.audited import audited, page, press
from tests.portal.site_audit.test_pages_of_rules import texts

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)  # 11:00 in Kazakhstan
WEEKLY = Rhythm(every_days=7, hour=2, is_paused=False)


@pytest.fixture
def weekly(owner, evaluator):
    return actions.set_schedule(owner, WEEKLY, by=evaluator, at=AT)


def test_first_audit_comes_at_the_next_such_hour(weekly):
    assert weekly.next_at == datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def test_hour_still_to_come_today_is_taken(owner, evaluator):
    evening = Rhythm(every_days=7, hour=22, is_paused=False)

    found = actions.set_schedule(owner, evening, by=evaluator, at=AT)

    assert found.next_at == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def test_due_audit_is_asked_for_once_and_next_time_in_a_week(weekly):
    tasks.tick(weekly.next_at - timedelta(seconds=1))
    assert not Run.objects.exists()

    tasks.tick(weekly.next_at)
    tasks.tick(weekly.next_at + timedelta(seconds=1))
    weekly.refresh_from_db()

    assert [run.asked_by for run in Run.objects.all()] == [None]
    assert weekly.next_at == datetime(2026, 11, 27, 21, 0, tzinfo=UTC)


def test_paused_schedule_asks_for_nothing(owner, evaluator):
    paused = Rhythm(every_days=1, hour=2, is_paused=True)
    actions.set_schedule(owner, paused, by=evaluator, at=AT)

    tasks.tick(AT + timedelta(days=30))

    assert not Run.objects.exists()


def test_body_whose_site_left_the_registry_is_passed_over_and_the_trail_says_so(weekly, owner):
    owner.site = ""
    owner.save()

    tasks.tick(weekly.next_at)

    assert not Run.objects.exists()
    assert (Event.objects.last().action, Event.objects.last().details) == (
        "audit.skipped",
        {"why": "NoAddress"},
    )


def test_only_evaluators_and_administrators_schedule(owner, officer, administrator):
    for other in (officer, factories.citizen()):
        with pytest.raises(PermissionDenied):
            actions.set_schedule(owner, WEEKLY, by=other, at=AT)

    assert actions.set_schedule(owner, WEEKLY, by=administrator, at=AT).set_by == administrator


def test_form_keeps_the_schedule_and_shows_it_again(owner, evaluator_client):
    sent = {"every_days": "14", "hour": "3"}

    press(evaluator_client, "site_audit:schedule", owner.code, **sent)
    shown = page("site_audit:schedule", owner.code, client=evaluator_client).text

    kept = Schedule.objects.get()
    assert (kept.every_days, kept.hour, kept.is_paused) == (14, 3, False)
    assert 'value="14"' in shown


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"every_days": "0"}, "Write a whole number from 1 to 366."),
        ({"every_days": "400"}, "Write a whole number from 1 to 366."),
        ({"every_days": "жеті"}, "Write a whole number from 1 to 366."),
        ({"hour": "24"}, "Write a whole number from 0 to 23."),
        ({"hour": ""}, "Write a whole number from 0 to 23."),
    ],
)
def test_impossible_schedule_is_refused_and_what_was_written_stays(
    owner, evaluator_client, sent, said
):
    given = {"every_days": "7", "hour": "2", "is_paused": "on"} | sent

    answer = press(evaluator_client, "site_audit:schedule", owner.code, **given)

    form = answer.context["form"]
    with override("en"):
        assert {name: list(told) for name, told in form.errors.items()} == {
            name: [said] for name in sent
        }
    assert {name: form[name].value() for name in given} == given | {"is_paused": True}
    assert not Schedule.objects.exists()


def test_database_refuses_an_impossible_schedule(weekly):
    with pytest.raises(IntegrityError), transaction.atomic():
        Schedule.objects.update(every_days=0)


def test_schedule_is_shown_to_nobody_else(weekly, owner, officer_client, evaluator_client):
    assert page("site_audit:schedules", client=officer_client).status_code == 403
    assert "/schedule/" not in page("site_audit:body", owner.code, client=officer_client).text
    assert "/schedule/" in page("site_audit:body", owner.code, client=evaluator_client).text


def test_list_of_schedules_asks_the_database_equally_often_for_one_and_three(
    weekly, evaluator, evaluator_client, django_assert_num_queries
):
    with django_assert_num_queries(9) as few:
        page("site_audit:schedules", client=evaluator_client)
    for number in range(2):
        body = factories.BodyFactory(code=f"kz-akm-more-{number}", site="https://more.example/")
        actions.set_schedule(body, WEEKLY, by=evaluator, at=AT)
    with django_assert_num_queries(len(few)):
        page("site_audit:schedules", client=evaluator_client)


def test_list_of_schedules_names_an_audit_no_run_brought(weekly, owner, evaluator_client):
    audit = audited(owner, {"S001": Outcome.PASSED})

    text = page("site_audit:schedules", client=evaluator_client).text

    assert f'href="/kk/audits/{audit.pk}/">2025' in text


def test_schedules_of_many_bodies_stand_page_by_page_with_the_last_run_of_each(
    owner, evaluator_client, monkeypatch
):
    names = "tbody th"
    ask = {"body": owner, "start": owner.site, "as_of": AT.date(), "asked_at": AT}
    Run.objects.create(**ask, state=Run.State.FAILED, failure="dns")
    last = Run.objects.create(**ask, state=Run.State.CANCELLED)
    factories.BodyFactory(code="kz-b", name={"kk": "Ұлытау"}, site="https://b.example/")
    factories.BodyFactory(code="kz-c", name={"kk": "Абай"}, site="https://c.example/")

    def shown(**asked):
        return evaluator_client.get("/kk/site-audit/schedules/", asked).text

    every = shown()
    monkeypatch.setattr(runs, "BODIES_PER_PAGE", 1)

    assert [*texts(every, names)] == ["Абай", "Ұлытау", "Шымкент қаласының әкімдігі"]
    assert texts(shown(page=2), names) == ["Ұлытау"]
    assert texts(shown(q="ұлытау"), names) == ["Ұлытау"]
    assert texts(shown(q="жоқ"), names) == []
    assert re.findall(r"/site-audit/runs/(\d+)/", every) == [str(last.pk)]
