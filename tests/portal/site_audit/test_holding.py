"""Who holds a run: one worker at a time, known by more than its number."""

from datetime import UTC, datetime

import pytest

from aiqyn.fetch.crawl import Progress
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit import actions, tasks
from aiqyn_portal.sections.site_audit.actions import holding, runs
from aiqyn_portal.sections.site_audit.actions.runs import Beat, left_behind
from aiqyn_portal.sections.site_audit.models import Job, Run

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
State = Job.State


@pytest.fixture
def run(owner, evaluator):
    return tasks.start_run(owner, by=evaluator, at=AT)


def state_of(run):
    run.refresh_from_db()
    return run.state


def test_new_process_under_the_number_of_a_dead_one_is_not_taken_for_it(run):
    """As in a container, where the worker has the same number after every start."""
    name = runs.this_process().rpartition(":")[0]
    running = Run.objects.filter(pk=run.pk)
    running.update(state=State.RUNNING, held_by=f"{name}:1", beat_at=AT)

    assert left_behind(AT) == [run]


def test_run_another_worker_has_taken_over_is_kept_once(run, monkeypatch):
    real = runs.with_drawn_pages

    def slow(*args, **kwargs):
        Run.objects.filter(pk=run.pk).update(held_by="another-machine:7")
        return real(*args, **kwargs)

    monkeypatch.setattr(runs, "with_drawn_pages", slow)
    actions.carry_out(run.pk)
    run.refresh_from_db()

    assert (run.state, run.held_by, run.audit) == (State.RUNNING, "another-machine:7", None)
    assert not Audit.objects.exists()
    with pytest.raises(runs.NotOurs):
        Beat(Run(pk=run.pk, held_by="me:1"), lambda: AT)(Progress(pages=1))


def test_audit_cancelled_while_its_pages_are_drawn_is_not_kept(run, evaluator, monkeypatch):
    real = runs.with_drawn_pages

    def slow(*args, **kwargs):
        actions.cancel(run, by=evaluator, at=AT)
        return real(*args, **kwargs)

    monkeypatch.setattr(runs, "with_drawn_pages", slow)
    actions.carry_out(run.pk)

    assert state_of(run) == State.CANCELLED
    assert not Audit.objects.exists()


def test_mistake_while_a_run_is_being_ended_lets_go_of_it(run, monkeypatch):
    def break_down(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(runs, "_read_and_keep", break_down)
    monkeypatch.setattr(runs, "record", break_down)
    with pytest.raises(OSError, match="disk full"):
        actions.carry_out(run.pk)

    assert left_behind(AT) == [run]


def test_process_nobody_can_look_at_is_known_by_its_number_alone(run, monkeypatch):
    monkeypatch.setattr(holding, "_began", lambda process: "")
    running = Run.objects.filter(pk=run.pk)
    running.update(state=State.RUNNING, held_by=holding.this_process(), beat_at=AT)

    assert left_behind(AT) == []
