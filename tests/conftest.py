"""What holds for every test: no clock decides, and nobody leaves this machine."""

import ipaddress
import os
import sys
from typing import Any

from hypothesis import settings

settings.register_profile("aiqyn", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("aiqyn")


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Begin with the file that takes longest: at the end nothing would run beside it."""
    items.sort(key=lambda item: item.path.name != "test_everywhere.py")


class LeftTheMachine(RuntimeError):
    """A test tried to reach an address outside loopback."""


def refuse_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: let a socket connect to loopback and unix sockets only."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not ipaddress.ip_address(address[0]).is_loopback:
        raise LeftTheMachine(str(address))


sys.addaudithook(refuse_the_network)
