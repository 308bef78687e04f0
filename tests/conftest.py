"""What holds for every test: no clock decides, and nobody leaves this machine."""

import functools
import gc
import ipaddress
import os
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

pytest_plugins = ["tests.side_by_side"]
settings.register_profile("aiqyn", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("aiqyn")
# looking for circles after every 700 objects is up to a tenth of a run, for 80 MB a process
gc.set_threshold(10_000, 20, 10)


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Begin with the file that takes longest, then with those whose tests start processes.

    They wait more than they work, and at the end nothing would run beside them.
    """
    waiting = {item.path for item in items if "environment_of_a_process" in item.fixturenames}
    items.sort(key=lambda item: (item.path.name != "test_everywhere.py", item.path not in waiting))


@pytest.fixture
def ctrl_c_heard() -> Iterator[None]:
    """Tests started in the background have it ignored, and so do the programs they start."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, before)


class LeftTheMachine(RuntimeError):
    """A test tried to reach an address outside loopback."""


def stay(connect: Callable[..., Any]) -> Callable[..., Any]:
    """Let a socket connect to loopback and unix sockets only.

    Not an audit hook: written in Python it lets threads take turns while CPython 3.11
    installs a trace function, which two may not do at once.
    """

    @functools.wraps(connect)
    def connect_here(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and not ipaddress.ip_address(address[0]).is_loopback:
            raise LeftTheMachine(str(address))
        return connect(self, address)

    return connect_here


socket.socket.connect = stay(socket.socket.connect)  # type: ignore[method-assign]
socket.socket.connect_ex = stay(socket.socket.connect_ex)  # type: ignore[method-assign]
