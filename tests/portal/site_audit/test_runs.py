"""Audits asked for: who may ask, how far they are, how they end, how they go on after a kill."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from aiqyn.cli.audit import SAMPLE
from aiqyn.fetch.crawl import Progress
from aiqyn.rendering import Sampling
from aiqyn_portal.evidence.models import Audit, FindingRow, Snapshot
from aiqyn_portal.notices.models import Message
from aiqyn_portal.project import settings as written
from aiqyn_portal.sections.site_audit import actions, tasks, wording
from aiqyn_portal.sections.site_audit.actions import runs
from aiqyn_portal.sections.site_audit.actions.runs import Beat, Cancelled, folder_of, left_behind
from aiqyn_portal.sections.site_audit.models import Job, Run
from aiqyn_portal.sections.site_audit.refusals import (
    NoAddress,
    RunHasEnded,
    RunIsLive,
    TooManyRuns,
)
from aiqyn_portal.sections.site_audit.templatetags.site_audit import how_long
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.site_audit.audited import page, press

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
State = Job.State


@pytest.fixture
def run(owner, evaluator):
    return tasks.start_run(owner, by=evaluator, at=AT)


def state_of(run):
    run.refresh_from_db()
    return run.state


def test_asked_audit_waits_in_the_queue_and_is_in_the_trail(run):
    assert (run.state, run.as_of.isoformat()) == (State.QUEUED, "2026-11-20")
    assert str(DBTaskResult.objects.get().id) == run.task
    assert [event.action for event in Event.objects.all()] == ["audit.asked"]


def test_worker_audits_the_site_of_the_registry(run):
    call_command("worker", "periodic", "rechecks", "audits", "--once")

    assert state_of(run) == State.DONE
    assert (run.audit.pages, run.audit.as_of, run.held_by) == (2, run.as_of, "")
    assert not folder_of(run).exists()


def test_task_that_comes_twice_finds_nothing_to_do(run):
    actions.carry_out(run.pk)
    actions.carry_out(run.pk)

    assert Audit.objects.count() == 1


def test_body_without_a_site_cannot_be_audited(body, evaluator):
    with pytest.raises(NoAddress):
        tasks.start_run(body, by=evaluator, at=AT)

    assert not DBTaskResult.objects.exists()


def test_second_audit_of_a_site_waits_for_the_first_to_end(run, owner, evaluator):
    with pytest.raises(RunIsLive):
        tasks.start_run(owner, by=evaluator, at=AT)

    assert Run.objects.count() == DBTaskResult.objects.count() == 1


def test_officer_may_ask_for_the_own_body_only(owner, officer, settings):
    stranger = factories.officer(factories.BodyFactory(code="kz-akm-aqtobe"))

    with pytest.raises(PermissionDenied):
        tasks.start_run(owner, by=stranger, at=AT)
    with pytest.raises(PermissionDenied):
        tasks.start_run(owner, by=factories.citizen(), at=AT)

    assert tasks.start_run(owner, by=officer, at=AT).asked_by == officer


def test_officers_are_stopped_at_the_limit_of_a_day_and_evaluators_are_not(
    owner, officer, evaluator, settings
):
    settings.AUDIT_RUNS_A_DAY = 1
    first = tasks.start_run(owner, by=officer, at=AT)
    actions.cancel(first, by=officer, at=AT)

    with pytest.raises(TooManyRuns):
        tasks.start_run(owner, by=officer, at=AT + timedelta(hours=23))

    tomorrow = tasks.start_run(owner, by=officer, at=AT + timedelta(hours=25))
    actions.cancel(tomorrow, by=evaluator, at=AT)
    assert tasks.start_run(owner, by=evaluator, at=AT + timedelta(hours=25)).is_live


def seen_in(folder):
    """Address → moment of what the journal of a crawl holds."""
    lines = (folder / "journal.jsonl").read_text("utf-8").splitlines()
    seen = [line["evidence"] for line in map(json.loads, lines) if line["type"] == "seen"]
    return {
        each["url"]: datetime.fromisoformat(each["taken_at"]) for each in seen if each.get("sha256")
    }


def test_killed_worker_leaves_a_crawl_the_next_one_continues(run, monkeypatch):
    """The first worker dies once both pages are read; the second fetches neither again."""

    class Killed(BaseException):
        pass

    def die(beat, progress):
        if progress.pages == 2:
            raise Killed

    monkeypatch.setattr(Beat, "__call__", die)
    with pytest.raises(Killed):
        actions.carry_out(run.pk)
    before = seen_in(folder_of(run))
    monkeypatch.undo()

    assert state_of(run) == State.RUNNING
    tasks.tick(AT + timedelta(minutes=1))
    assert state_of(run) == State.QUEUED
    actions.carry_out(run.pk)

    assert state_of(run) == State.DONE
    assert Audit.objects.count() == 1
    assert run.audit.pages == 2
    taken = dict(Snapshot.objects.values_list("address", "taken_at"))
    assert {address: taken[address] for address in before} == before
    assert FindingRow.objects.filter(rule="P004").count() == 1


def test_run_of_a_dead_process_is_taken_back_and_of_a_living_one_is_not(run):
    running = Run.objects.filter(pk=run.pk)
    running.update(state=State.RUNNING, held_by=runs.this_process(), beat_at=AT)
    assert left_behind(AT + timedelta(days=1)) == []

    host = runs.this_process().rpartition(":")[0]
    running.update(held_by=f"{host}:999999999")
    assert left_behind(AT) == [run]


def test_run_of_a_silent_machine_is_taken_back_after_a_while(run):
    running = Run.objects.filter(pk=run.pk)
    running.update(state=State.RUNNING, held_by="another-machine:7", beat_at=AT)

    assert left_behind(AT + timedelta(minutes=9)) == []
    assert left_behind(AT + timedelta(minutes=11)) == [run]


def test_job_the_queue_has_lost_is_put_in_again(run):
    DBTaskResult.objects.all().delete()

    tasks.tick(AT + timedelta(seconds=30))
    assert not DBTaskResult.objects.exists()
    tasks.tick(AT + timedelta(minutes=2))
    tasks.tick(AT + timedelta(minutes=3))

    assert DBTaskResult.objects.count() == 1


def test_progress_is_written_down_with_speed_and_time_left(run):
    moments = iter([AT, AT + timedelta(seconds=1), AT + timedelta(seconds=10)])
    beat = Beat(run, lambda: next(moments))

    beat(Progress(pages=0, waiting=1))
    beat(Progress(pages=5, waiting=1))  # too soon to be worth a line
    beat(Progress(pages=18, documents=2, waiting=30, findings=4))
    run.refresh_from_db()

    assert (run.pages, run.documents, run.waiting, run.per_second) == (18, 2, 30, 2.0)
    assert (run.read, run.known, run.seconds_left, run.findings) == (20, 50, 15, 4)


def test_nobody_guesses_the_time_left_from_nothing(run):
    assert run.seconds_left is None


def test_waiting_audit_is_cancelled_at_once(run, evaluator):
    actions.cancel(run, by=evaluator, at=AT)
    actions.carry_out(run.pk)

    assert state_of(run) == State.CANCELLED
    assert not Audit.objects.exists()
    with pytest.raises(RunHasEnded):
        actions.cancel(run, by=evaluator, at=AT)


def test_running_audit_stops_at_its_next_sign_of_life(run, evaluator):
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING, held_by="machine:1")
    actions.cancel(run, by=evaluator, at=AT)

    with pytest.raises(Cancelled):
        Beat(run, lambda: AT)(Progress(pages=1))

    Run.objects.filter(pk=run.pk).update(state=State.QUEUED)
    actions.carry_out(run.pk)
    assert state_of(run) == State.CANCELLED
    assert not folder_of(run).exists()


def test_strangers_cannot_cancel(run):
    with pytest.raises(PermissionDenied):
        actions.cancel(run, by=factories.citizen(), at=AT)


def test_site_that_keeps_silent_is_told_in_words_and_breaks_no_rule(owner, evaluator):
    owner.site = "http://127.0.0.1:9/"
    owner.save()
    run = tasks.start_run(owner, by=evaluator, at=AT)
    call_command("worker", "periodic", "rechecks", "audits", "--once")

    assert (state_of(run), run.failure) == (State.FAILED, "refused")
    assert not FindingRow.objects.exists()
    client = signed_in(evaluator)
    for language, words in [("kk", "Сервер"), ("ru", "Сервер"), ("en", "The server refused")]:
        assert words in page("site_audit:run", run.pk, language=language, client=client).text


def test_private_address_is_not_read_unless_the_operator_says_so(owner, evaluator, settings):
    settings.AUDIT_NETWORKS = []
    run = tasks.start_run(owner, by=evaluator, at=AT)
    actions.carry_out(run.pk)

    assert (state_of(run), run.failure) == (State.FAILED, "forbidden_address")


@pytest.mark.parametrize(
    ("problem", "failure"),
    [
        (OSError(28, "No space left on device"), "storage"),
        (runs.CatalogueError("sites", "no edition"), "no_edition"),
        (runs.AiqynError("something"), "ours"),
    ],
)
def test_what_goes_wrong_with_us_is_told_as_ours(run, monkeypatch, problem, failure):
    def fail(*args, **kwargs):
        raise problem

    monkeypatch.setattr(runs, "read_site", fail)
    actions.carry_out(run.pk)

    assert (state_of(run), run.failure) == (State.FAILED, failure)
    assert Event.objects.last().action == "audit.failed"


def test_mistake_of_ours_ends_the_run_and_is_not_hidden(run, monkeypatch):
    monkeypatch.setattr(runs, "read_site", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.carry_out(run.pk)

    assert (state_of(run), run.failure) == (State.FAILED, "ours")


def test_every_cause_has_words_in_every_language():
    for cause in [*wording.FAILURES, "HTTP 500", "something new"]:
        with override("en"):
            english = str(wording.why_failed(cause))
        for language in ("kk", "ru"):
            with override(language):
                assert str(wording.why_failed(cause)) != english


def test_watching_page_refreshes_itself_until_the_audit_has_ended(run, evaluator):
    client = signed_in(evaluator)
    watched = page("site_audit:run", run.pk, client=client).text
    with override("kk"):
        still = client.get(f"/kk/site-audit/runs/{run.pk}/?still=1").text
    actions.carry_out(run.pk)
    ended = page("site_audit:run", run.pk, client=client).text

    assert '<noscript><meta http-equiv="refresh"' in watched
    assert "http-equiv" not in still
    assert "http-equiv" not in ended
    assert f"/kk/audits/{Audit.objects.get().pk}/" in ended
    assert "талап орындалды" in ended
    assert "compare" not in ended  # there is nothing to compare with yet
    assert Message.objects.get().code == "site.audited"


def test_button_asks_for_an_audit_and_leads_to_its_progress(owner, officer_client):
    answer = press(officer_client, "site_audit:start", owner.code)
    again = press(officer_client, "site_audit:start", owner.code)

    run = Run.objects.get()
    assert answer.headers["Location"] == again.headers["Location"]
    assert answer.headers["Location"] == f"/en/site-audit/runs/{run.pk}/"


def test_button_says_why_nothing_was_asked_for(body, evaluator_client):
    answer = press(evaluator_client, "site_audit:start", body.code)

    assert answer.headers["Location"] == f"/en/site-audit/bodies/{body.code}/"
    shown = evaluator_client.get(answer.headers["Location"]).text
    assert "The registry names no site of this body." in shown


def test_officer_of_another_body_sees_and_stops_nothing(run):
    stranger = signed_in(factories.officer(factories.BodyFactory(code="kz-akm-aqtobe")))

    assert page("site_audit:run", run.pk, client=stranger).status_code == 403
    assert press(stranger, "site_audit:cancel", run.pk).status_code == 403
    assert press(stranger, "site_audit:start", run.body.code).status_code == 403
    assert press(Client(), "site_audit:start", run.body.code).status_code == 302


def test_officer_stops_the_audit_of_the_own_body(run, officer_client):
    assert press(officer_client, "site_audit:cancel", run.pk).status_code == 302
    assert state_of(run) == State.CANCELLED


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "–"),
        (59, "less than a minute"),
        (60, "about 1 minute"),
        (3600, "about 60 minutes"),
        (2 * 3600, "about 2 hours"),
    ],
)
def test_time_left_is_told_in_round_figures(seconds, said):
    with override("en"):
        assert how_long(seconds) == said


def test_portal_draws_as_many_pages_as_the_command_line():
    assert written.AUDIT_RENDERED == SAMPLE == Sampling().pages
