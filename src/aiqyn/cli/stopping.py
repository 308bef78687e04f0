"""A command that is told to end, by systemd, Docker or a closed terminal, ends as by Ctrl-C."""

import os
import signal
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

ENDING = (signal.SIGTERM, signal.SIGHUP)
KEY = "stopped_by"  # number of the signal, in what contexts of click share
OF_SIGNALS = 128  # what shells add to the number of the signal that ended a program


@contextmanager
def stopped_like_ctrl_c(shared: MutableMapping[str, Any]) -> Iterator[None]:
    """Have ENDING do what Ctrl-C does just then, and `shared` say which of them it was.

    What is ignored, as under nohup, stays ignored. Outside the main thread nothing is heard. Once
    told, the program hears of no other: its end is not torn apart by whoever tells it twice.
    """
    own = os.getpid()

    def end(number: int, frame: FrameType | None) -> None:
        if os.getpid() != own:  # forked off: it holds nothing that was to be left in order
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        elif KEY not in shared:  # told twice, it is still leaving things in order
            shared[KEY] = number
            ctrl_c = signal.getsignal(signal.SIGINT)
            if not callable(ctrl_c):  # ignored, as in the background of a script
                raise KeyboardInterrupt
            ctrl_c(signal.SIGINT, frame)

    heard = [each for each in ENDING if signal.getsignal(each) == signal.SIG_DFL]
    with suppress(ValueError):  # not the main thread
        for each in heard:
            signal.signal(each, end)
    try:
        yield
    finally:
        with suppress(ValueError):
            for each in heard if KEY not in shared else ():
                signal.signal(each, signal.SIG_DFL)


def code_of_stop(shared: MutableMapping[str, Any]) -> int:
    """Return what shells say of a program stopped so: 130 by Ctrl-C, 143 by SIGTERM."""
    return OF_SIGNALS + int(shared.get(KEY, signal.SIGINT))
