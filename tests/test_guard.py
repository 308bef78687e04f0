import socket

import pytest

from tests.conftest import LeftTheMachine


@pytest.mark.parametrize("ask", ["connect", "connect_ex"])
def test_no_test_leaves_this_machine(ask):
    with socket.socket() as anywhere, pytest.raises(LeftTheMachine, match=r"203\.0\.113\.5"):
        getattr(anywhere, ask)(("203.0.113.5", 80))
