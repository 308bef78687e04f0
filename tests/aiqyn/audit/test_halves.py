"""Two processes answer what one would, in its order, whatever becomes of the other one."""

import os
import select
import signal
import threading

import pytest

from aiqyn.audit import halves
from aiqyn.audit.halves import by_two
from aiqyn.chain import Finding, Outcome, Place

QUESTIONS = [f"S{number:03}" for number in range(1, 41)]


def answered(code):
    place = Place(where="main", saw=code, note="late")
    return Finding(rule=code, outcome=Outcome.FAILED, places=(place,), more=1)


@pytest.fixture
def us():
    return os.getpid()


@pytest.fixture
def met(us):
    """Hold the first answer of each process until the other has begun its own."""
    ours, theirs = os.pipe(), os.pipe()

    def meet(code):
        first, hears, tells = (0, theirs, ours) if os.getpid() == us else (-1, ours, theirs)
        if code == QUESTIONS[first]:
            os.write(tells[1], b"!")
            assert select.select([hears[0]], [], [], 60)[0]

    yield meet
    for end in (*ours, *theirs):
        os.close(end)


def alone():
    return [answered(code) for code in QUESTIONS]


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests leave some idle


def test_two_answer_as_one_does(two_cores):
    assert by_two(answered, QUESTIONS) == alone()
    assert by_two(answered, []) == []


def test_both_answer(two_cores, met, us):
    def who(code):
        met(code)
        return Finding(rule=code, outcome=Outcome.PASSED, note=str(os.getpid()))

    told = [each.note for each in by_two(who, QUESTIONS)]

    assert len(set(told)) == 2
    assert told == sorted(told, key=lambda note: note != str(us))  # we in front, the other behind


def test_what_the_other_one_took_and_lost_is_answered_here(two_cores, met, us):
    def answered_here(code):
        met(code)
        return answered(code) if os.getpid() == us else os._exit(1)

    assert by_two(answered_here, QUESTIONS) == alone()


def test_without_another_process_we_answer_everything(two_cores, monkeypatch):
    monkeypatch.setattr(os, "fork", _refused)

    assert by_two(answered, QUESTIONS) == alone()


def test_one_core_is_not_shared(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    monkeypatch.setattr(halves, "_forked", _refused)

    assert by_two(answered, QUESTIONS) == alone()


def test_beside_threads_nothing_is_forked(two_cores, monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    monkeypatch.setattr(halves, "_forked", _refused)

    assert by_two(answered, QUESTIONS) == alone()


def test_error_of_an_answer_is_raised_and_nobody_is_left_behind(two_cores, monkeypatch):
    others, forked = [], halves._forked

    def fails(code):
        raise ValueError(code)

    monkeypatch.setattr(halves, "_forked", lambda: others.append(forked()) or others[0])
    with pytest.raises(ValueError, match="S0"):
        by_two(fails, QUESTIONS)
    with pytest.raises(ProcessLookupError):
        os.kill(others[0], 0)


def test_where_ended_children_leave_nothing_two_answer_all_the_same(two_cores):
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert by_two(answered, QUESTIONS) == alone()
    finally:
        signal.signal(signal.SIGCHLD, before)


def _refused():
    raise OSError("no process for you")
