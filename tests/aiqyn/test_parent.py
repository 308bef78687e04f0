"""Processes of a pool do not outlive a command that was killed, however they were begun."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from aiqyn import parent

# A command with two helpers that have work for an hour.
COMMAND = """
import sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from aiqyn.parent import end_with_parent

pool = ProcessPoolExecutor(2, get_context(sys.argv[1]), initializer=end_with_parent)
pool.submit(int).result()
work = [pool.submit(time.sleep, 3_600) for _ in range(2)]
print("at work", flush=True)
work[0].result()
"""


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_helpers_of_a_killed_command_end(way):
    command = subprocess.Popen(
        [sys.executable, "-c", COMMAND, way], stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        assert command.stdout.readline() == b"at work\n"
        command.kill()
        # The helpers hold the same pipe: its end is reached when the last of them is gone.
        rest, _ = command.communicate(timeout=60)
    finally:
        if command.returncode is None:
            os.killpg(command.pid, 9)

    assert rest == b""


def test_process_ends_when_the_other_end_is_closed(monkeypatch):
    ended = []
    reading, writing = os.pipe()
    monkeypatch.setattr(parent, "parent_process", lambda: SimpleNamespace(sentinel=reading))
    monkeypatch.setattr(parent.os, "_exit", ended.append)
    monkeypatch.setattr(parent.threading, "Thread", AtOnce)

    os.close(writing)
    parent.end_with_parent()
    os.close(reading)

    assert ended == [1]


def test_command_itself_follows_nobody(monkeypatch):
    monkeypatch.setattr(parent, "parent_process", lambda: None)
    monkeypatch.setattr(parent, "_follow", None)

    assert parent.end_with_parent() is None


class AtOnce:
    """A thread whose work is done where it is started."""

    def __init__(self, target, args, daemon):
        self.start = lambda: target(*args)
