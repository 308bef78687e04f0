"""The worker's command: it stops at once, looks after the queue, and ends with its parent."""

import os
import signal
import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from aiqyn_portal.sections.site_audit.management.commands import audit_worker


class Loop:
    """In place of the library's worker: says what was called."""

    def __init__(self):
        self.running = True
        self.runs = 0
        self.problem = None

    def run(self):
        self.runs += 1
        if self.problem:
            raise self.problem


class Polls:
    """In place of an Event: lets `beside` go round some times."""

    def __init__(self, times):
        self.left = times

    def wait(self, seconds):
        self.left -= 1
        return self.left < 0


@pytest.fixture
def loop(monkeypatch):
    made = Loop()
    monkeypatch.setattr(audit_worker, "worker", lambda *args, **kwargs: made)
    monkeypatch.setattr(audit_worker, "close_old_connections", lambda: None)
    return made


@pytest.fixture
def ticks(monkeypatch):
    seen = []
    monkeypatch.setattr(audit_worker, "tick", seen.append)
    return seen


def go_round(monkeypatch, times):
    monkeypatch.setattr(audit_worker.threading, "Event", lambda: Polls(times))


def test_signal_ends_the_worker_at_once():
    made = Loop()

    with pytest.raises(SystemExit):
        audit_worker.stop(made, signal.SIGTERM, None)

    assert not made.running


def test_rechecks_are_done_beside_and_the_queue_looked_after_now_and_then(loop, ticks, monkeypatch):
    go_round(monkeypatch, audit_worker.TICK_EVERY)

    audit_worker.beside(None)

    assert (loop.runs, len(ticks)) == (audit_worker.TICK_EVERY, 1)


@pytest.mark.parametrize("problem", [DatabaseError(), ValueError("a mistake of ours")])
def test_what_goes_wrong_for_a_moment_ends_nothing(problem, loop, ticks, monkeypatch, caplog):
    loop.problem = problem
    go_round(monkeypatch, 3)

    audit_worker.beside(os.getppid())

    assert loop.runs == 3
    assert "the queue could not be read" in caplog.text


def test_worker_ends_with_the_process_that_started_it(loop, ticks, monkeypatch):
    told = []
    monkeypatch.setattr(audit_worker.os, "kill", lambda *args: told.append(args))
    go_round(monkeypatch, 5)

    audit_worker.beside(os.getppid() + 1)

    assert told == [(os.getpid(), signal.SIGTERM)]
    assert loop.runs == 0


def test_command_looks_after_the_queue_and_then_waits_for_work(loop, ticks, monkeypatch):
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)}
    started = []
    monkeypatch.setattr(threading.Thread, "start", lambda thread: started.append(thread.daemon))
    try:
        call_command("audit_worker", "--with-parent")
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)

    assert (len(ticks), started, loop.runs) == (1, [True], 1)
