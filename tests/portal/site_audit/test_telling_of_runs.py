"""Who hears of an audit that failed, was cancelled or changed nothing, and what they are told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from aiqyn.chain import Outcome
from aiqyn_portal.notices.models import Message
from aiqyn_portal.sections.site_audit import actions, tasks, telling, wording
from aiqyn_portal.sections.site_audit.actions import runs
from aiqyn_portal.sections.site_audit.actions.runs import MOST_DEATHS, folder_of, left_behind
from aiqyn_portal.sections.site_audit.actions.schedules import Rhythm
from aiqyn_portal.sections.site_audit.models import Job, Run
from aiqyn_portal.trail.models import Event
from tests.portal.conftest import signed_in
from tests.portal.site_audit.audited import AS_OF, audited, page

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DAILY = Rhythm(every_days=1, hour=2, is_paused=False)
State = Job.State


def heard(user):
    messages = Message.objects.filter(deliveries__reader__user=user).order_by("pk")
    return [each.code for each in messages]


@pytest.fixture
def silent(owner):
    """The body, whose site does not answer."""
    owner.site = "http://127.0.0.1:9/"
    owner.save()
    return owner


def carried_out(body, by):
    run = tasks.start_run(body, by=by, at=AT)
    actions.carry_out(run.pk)
    run.refresh_from_db()
    return run


def test_officers_and_who_asked_hear_why_an_audit_failed_and_what_to_do(silent, officer, evaluator):
    run = carried_out(silent, evaluator)

    assert (heard(officer), heard(evaluator)) == (["site.audit_failed"],) * 2
    told = Message.objects.get()
    assert told.title["en"] == "The site could not be audited: Shymkent"
    for part in ("The server refused the connection.", "Open the site in a browser", "breaks no"):
        assert part in told.text["en"]
    assert (told.view, told.arguments) == ("site_audit:run", {"pk": run.pk})


def test_page_of_a_failed_audit_says_what_to_do_and_offers_another(silent, officer):
    run = carried_out(silent, officer)
    client = signed_in(officer)

    text = page("site_audit:run", run.pk, language="en", client=client).text
    assert "Open the site in a browser" in text
    assert f'action="/en/site-audit/bodies/{silent.code}/run/"' in text
    of_body = page("site_audit:body", silent.code, language="en", client=client).text
    assert "The last audit did not succeed:" in of_body
    assert "did not succeed" not in page("site_audit:body", silent.code, language="en").text


def test_schedule_tells_of_the_same_failure_once(silent, officer, evaluator):
    actions.set_schedule(silent, DAILY, by=evaluator, at=AT)
    for _ in range(3):
        carried_out(silent, None)

    assert (heard(officer), heard(evaluator)) == (["site.audit_failed"],) * 2
    carried_out(silent, officer)  # whoever asks again is told again
    assert (len(heard(officer)), len(heard(evaluator))) == (2, 1)


def test_schedule_tells_of_an_audit_only_where_something_has_changed(owner, officer, evaluator):
    actions.set_schedule(owner, DAILY, by=evaluator, at=AT)
    days = [
        (State.DONE, Outcome.FAILED),  # the first is told
        (State.DONE, Outcome.FAILED),
        (State.DONE, Outcome.PASSED),  # repaired: told
        (State.DONE, Outcome.PASSED),
        (State.FAILED, None),
        (State.DONE, Outcome.PASSED),  # it can be read again: told
    ]
    told = []
    for number, (state, outcome) in enumerate(days):
        run = Run.objects.create(
            body=owner, start=owner.site, as_of=AS_OF, asked_at=AT, state=state, failure=""
        )
        if outcome is None:
            continue
        audit = audited(owner, {"S001": outcome}, as_of=AS_OF + timedelta(days=number))
        telling.audited(audit, run)
        told.append(Message.objects.count())

    assert told == [1, 1, 2, 2, 3]
    assert len(heard(officer)) == len(heard(evaluator)) == 3


def test_audit_somebody_asked_for_is_told_though_nothing_changed(owner, officer, evaluator):
    for number in range(2):
        run = Run.objects.create(
            body=owner, start="x", as_of=AS_OF, asked_at=AT, state=State.DONE, asked_by=evaluator
        )
        audit = audited(owner, {"S001": Outcome.FAILED}, as_of=AS_OF + timedelta(days=number))
        telling.audited(audit, run)

    assert len(heard(officer)) == len(heard(evaluator)) == 2


@pytest.mark.parametrize("is_running", [False, True])
def test_cancelled_audit_is_told_to_all_but_who_cancelled_it(owner, officer, evaluator, is_running):
    run = tasks.start_run(owner, by=officer, at=AT)
    if is_running:
        Run.objects.filter(pk=run.pk).update(state=State.RUNNING)
        actions.cancel(run, by=evaluator, at=AT)
        Run.objects.filter(pk=run.pk).update(state=State.QUEUED)
        actions.carry_out(run.pk)
    else:
        actions.cancel(run, by=evaluator, at=AT)

    assert (heard(officer), heard(evaluator)) == (["site.audit_cancelled"], [])


def test_nobody_is_told_of_what_the_only_officer_cancelled(owner, officer):
    run = tasks.start_run(owner, by=officer, at=AT)
    actions.cancel(run, by=officer, at=AT)

    assert not Message.objects.exists()


def test_audit_that_takes_its_workers_with_it_is_given_up_and_told(owner, officer):
    run = tasks.start_run(owner, by=officer, at=AT)
    Run.objects.filter(pk=run.pk).update(held_by="")
    folder_of(run).mkdir()
    ends = []
    for _ in range(MOST_DEATHS):
        Run.objects.filter(pk=run.pk).update(state=State.RUNNING, held_by="elsewhere:1")
        ends.append(len(left_behind(AT)))
        run.refresh_from_db()

    assert ends == [1, 1, 0]
    assert (run.state, run.failure, heard(officer)) == (
        State.FAILED,
        "crash",
        ["site.audit_failed"],
    )
    assert not folder_of(run).exists()


def test_worker_that_came_further_than_the_one_before_is_the_first_to_die(owner, officer):
    run = tasks.start_run(owner, by=officer, at=AT)
    ends = []
    for read in (10, 10, 30, 20, 30):
        Run.objects.filter(pk=run.pk).update(
            state=State.RUNNING, held_by="elsewhere:1", pages=read - 1, documents=1
        )
        left_behind(AT)
        run.refresh_from_db()
        ends.append((run.deaths, run.read_at_death, run.state))

    waits = State.QUEUED
    assert ends[:4] == [(1, 10, waits), (2, 10, waits), (1, 30, waits), (2, 30, waits)]
    assert run.state == State.FAILED


@pytest.mark.parametrize("deaths", [0, MOST_DEATHS - 1])
def test_cancelled_audit_whose_worker_has_died_is_cancelled(owner, officer, evaluator, deaths):
    run = tasks.start_run(owner, by=officer, at=AT)
    folder_of(run).mkdir()
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING, held_by="elsewhere:1", deaths=deaths)
    actions.cancel(run, by=evaluator, at=AT)

    assert left_behind(AT) == []
    run.refresh_from_db()
    assert (run.state, run.failure, run.ended_at) == (State.CANCELLED, "", AT)
    assert (heard(officer), heard(evaluator)) == (["site.audit_cancelled"], [])
    assert not folder_of(run).exists()


def test_who_cancels_second_does_not_take_the_place_of_the_first(owner, officer, evaluator):
    run = tasks.start_run(owner, by=officer, at=AT)
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING, held_by="elsewhere:1")
    for person in (evaluator, officer):
        actions.cancel(run, by=person, at=AT)

    run.refresh_from_db()
    assert run.cancelled_by == evaluator
    assert Event.objects.filter(action="audit.cancelled").count() == 1


def test_workers_stopped_in_order_are_no_deaths(owner, officer):
    run = tasks.start_run(owner, by=officer, at=AT)
    for _ in range(MOST_DEATHS + 1):
        Run.objects.filter(pk=run.pk).update(state=State.RUNNING, held_by="")
        assert left_behind(AT) == [run]


def test_run_another_process_has_given_up_is_left_alone(owner, officer):
    run = tasks.start_run(owner, by=officer, at=AT)
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING, held_by="now another's:2")
    run.held_by, run.deaths = "elsewhere:1", MOST_DEATHS

    runs._give_up(run, AT)

    run.refresh_from_db()
    assert (run.state, heard(officer)) == (State.RUNNING, [])


def test_command_tells_officers_of_an_audit_and_of_a_site_it_could_not_read(owner, officer):
    arguments = (owner.code, "--rate", "0", "--allow-private")
    call_command("audit_site", *arguments, "--on", "2025-11-20")
    with pytest.raises(CommandError, match="Open the site in a browser"), override("en"):
        call_command("audit_site", *arguments, "--start", "http://127.0.0.1:9/")
    assert heard(officer) == ["site.audited"]  # that address was not theirs

    owner.site = "http://127.0.0.1:9/"
    owner.save()
    for _ in range(2):  # as every night: told once
        with pytest.raises(CommandError):
            call_command("audit_site", *arguments)
    assert heard(officer) == ["site.audited", "site.audit_failed"]
    assert Message.objects.latest("pk").arguments == {"code": owner.code}


def test_command_tells_of_a_failure_again_after_an_audit_or_for_another_cause(owner, officer):
    for cause in ("refused", "refused", "timeout"):
        telling.could_not_be_read(owner, cause)
    assert len(heard(officer)) == 2
    audited(owner, {"S001": Outcome.PASSED})
    telling.could_not_be_read(owner, "refused")
    assert len(heard(officer)) == 3


def test_command_tells_nobody_of_an_audit_of_another_address(owner, officer):
    served, owner.site = owner.site, "https://official.example/"
    owner.save()
    call_command(
        "audit_site",
        owner.code,
        "--start",
        served,
        "--rate",
        "0",
        "--allow-private",
        "--max-pages",
        "1",
    )

    assert (owner.audits.count(), Message.objects.count()) == (1, 0)


def test_every_cause_has_a_next_step_in_every_language():
    for cause in [*wording.FAILURES, "HTTP 500", "something new"]:
        with override("en"):
            english = str(wording.what_to_do(cause))
        for language in ("kk", "ru"):
            with override(language):
                assert str(wording.what_to_do(cause)) != english


def test_page_of_a_schedule_says_when_people_are_told(owner, evaluator_client):
    text = page("site_audit:schedule", owner.code, language="en", client=evaluator_client).text
    assert "only where something has changed" in text
