"""`manage.py worker`: lanes go on side by side, stop at once, and end with their parent."""

import os
import signal
import threading

import pytest
from django.core.management import CommandError, call_command

from aiqyn_portal.base import working
from aiqyn_portal.base.management.commands import worker
from aiqyn_portal.base.working import Lane


class Rounds(threading.Event):
    """In place of the event that ends a worker: set after so many rounds."""

    def __init__(self, rounds):
        super().__init__()
        self.left = rounds

    def wait(self, timeout=None):
        self.left -= 1
        if self.left <= 0:
            self.set()
        return self.is_set()


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.fixture
def own_lanes(monkeypatch):
    """Only the lanes a test registers."""
    monkeypatch.setattr(working, "_LANES", {})


def test_lane_polls_until_the_worker_ends():
    polled = []

    worker.keep_polling(Lane("letters", lambda: polled.append(1)), Rounds(3))

    assert len(polled) == 3


def test_poll_that_fails_is_tried_again(caplog):
    def fail():
        raise ValueError("a mistake of ours")

    worker.keep_polling(Lane("letters", fail), Rounds(2))

    assert caplog.text.count("lane letters: what waits could not be done") == 2


def test_lanes_are_queues_periodic_jobs_and_what_apps_register(settings, own_lanes):
    settings.TASKS = {"default": {"QUEUES": ["audits", "data"]}}
    working.lane("letters", poll=print)

    assert [lane.code for lane in worker.choose([])] == ["periodic", "audits", "data", "letters"]
    assert [lane.code for lane in worker.choose(["letters"])] == ["letters"]


def test_unknown_lane_is_refused():
    with pytest.raises(CommandError, match="no such lane: leters"):
        call_command("worker", "leters", "--once")


def test_once_polls_every_chosen_lane(own_lanes):
    polled = []
    working.lane("letters", poll=lambda: polled.append("letters"))

    call_command("worker", "letters", "--once")

    assert polled == ["letters"]


def test_signal_lets_letters_be_finished_and_ends_the_worker():
    is_over, joined = threading.Event(), []

    class Last:
        def join(self, timeout):
            joined.append(is_over.is_set())

    with pytest.raises(SystemExit):
        worker.stop(is_over, [Last()], signal.SIGTERM, None)

    assert joined == [True]


def test_worker_ends_with_the_process_that_started_it(monkeypatch):
    told = []
    monkeypatch.setattr(worker.os, "kill", lambda *args: told.append(args))

    worker.watch(os.getppid() + 1, Rounds(5))
    worker.watch(os.getppid(), Rounds(5))

    assert told == [(os.getpid(), signal.SIGTERM)]


def test_audits_are_done_in_the_main_thread_all_else_beside(monkeypatch):
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)}
    main, started = [], []
    monkeypatch.setattr(worker, "keep_polling", lambda lane, is_over: main.append(lane.code))
    monkeypatch.setattr(threading.Thread, "start", lambda thread: started.append(thread.daemon))
    try:
        call_command("worker", "--with-parent")
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)

    lanes = worker.choose([])
    assert (main, started) == (["audits"], [True] * len(lanes))  # the parent is watched as well
