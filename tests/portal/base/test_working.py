"""Periodic jobs: once in a period, by one of many workers, again after a death or a failure."""

from datetime import UTC, datetime, timedelta

import pytest

from aiqyn_portal.base import working
from aiqyn_portal.base.models import Turn

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)  # 11:00 in Almaty
MIDNIGHT = datetime(2026, 11, 20, 19, tzinfo=UTC)


@pytest.fixture
def ran(db, monkeypatch):
    """What was run; a job of a day is registered, alone."""
    monkeypatch.setattr(working, "_JOBS", {})
    moments = []
    working.every("trial", hours=24, run=moments.append)
    return moments


def test_job_runs_once_in_its_period_and_a_day_begins_at_local_midnight(ran):
    moments = [AT, AT + timedelta(hours=7), MIDNIGHT - timedelta(seconds=1), MIDNIGHT]

    for moment in moments:
        working.run_due(moment)

    assert ran == [AT, MIDNIGHT]


def test_short_periods_are_counted_in_seconds(ran):
    working.every("often", seconds=30, run=ran.append)
    working.run_due(AT)
    ran.clear()

    done = [working.run_due(AT + timedelta(seconds=s)) for s in (29, 30, 31, 60)]

    assert done == [[], ["often"], [], ["often"]]


def test_job_that_another_worker_has_begun_is_left_to_it(ran):
    today = working._JOBS["trial"].period(AT)
    Turn.objects.create(code="trial", period=today, began_at=AT, worker="another:1")

    assert working.run_due(AT + timedelta(minutes=9)) == []
    assert working.run_due(AT + timedelta(minutes=11)) == ["trial"]  # it was killed


def test_worker_that_comes_a_moment_later_does_nothing(ran):
    job = working._JOBS["trial"]

    assert working._take(job, AT)
    assert not working._take(job, AT)


def test_job_that_fails_is_tried_again_a_minute_later(ran, caplog):
    def fail(at):
        ran.append(at)
        raise ValueError("a mistake of ours")

    working.every("trial", hours=24, run=fail)

    for seconds in (0, 30, 61):
        working.run_due(AT + timedelta(seconds=seconds))

    assert [moment - AT for moment in ran] == [timedelta(0), timedelta(seconds=61)]
    assert "trial failed and will be tried again" in caplog.text


def test_job_may_be_named_by_its_dotted_name(ran):
    working.every("trial", hours=24, run="builtins.repr")

    working.run_due(AT)

    assert Turn.objects.get().done_at is not None
