"""What follows a commit: done at once by a calm process, left to a worker by a busy one."""

import pytest

from aiqyn_portal.contributions import pace

WHAT = "tested"


@pytest.fixture
def clock(settings, monkeypatch):
    """Returns what moves the clock on."""
    settings.CONTRIBUTIONS_PACE_S = 1.0
    now = [1000.0]
    monkeypatch.setattr(pace, "monotonic", lambda: now[0])
    monkeypatch.setattr(pace, "_asked", {})
    monkeypatch.setattr(pace, "_last", {})

    def later(seconds: float) -> None:
        now[0] += seconds

    return later


def asked(clock, every_s, times):
    found = []
    for _ in range(times):
        found.append(pace.is_due(WHAT))
        clock(every_s)
    return found


def test_a_calm_process_does_it_each_time(clock):
    assert asked(clock, 1.0, 3) == [True, True, True]


def test_a_busy_process_leaves_it_to_a_worker_and_does_it_itself_now_and_then(clock):
    assert asked(clock, 0.5, 22) == [True, *[False] * 19, True, False]


def test_after_a_pause_it_is_done_at_once_again(clock):
    asked(clock, 0.5, 3)
    clock(0.5)
    assert pace.is_due(WHAT)


def test_what_was_done_for_others_counts_too(clock):
    asked(clock, 0.5, 10)
    pace.done(WHAT)
    assert not any(asked(clock, 0.5, 19))


def test_without_a_pace_it_is_done_for_each(clock, settings):
    settings.CONTRIBUTIONS_PACE_S = 0
    assert asked(clock, 0.0, 3) == [True, True, True]
