"""`python -m aiqyn_portal.server`: Granian, whose processes are forked off one that has read the
portal.

Takes Granian's own options. By itself Granian lets every process read the whole portal, some two
seconds of processor time in the middle of a crowd each time one was killed; forked off, a new one
answers at once, and pages of memory that none has written to are shared by all. What is read is
read once: after an upgrade the whole server is started again (a hang-up signal is not enough).
"""

import atexit
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from importlib import import_module

from granian.cli import cli

APPLICATION = "aiqyn_portal.project.wsgi"
# Granian gives up when one process dies twice within six seconds; what has been read stays here
GIVEN_UP = 1
TOO_SOON_S = 2.0  # whoever gives up so soon has a reason that stays: a taken port, a broken portal
OURS = [
    *("--interface", "wsgi", "--log-level", "warning"),
    # a process that is killed is started again; without this all of them would end
    *("--respawn-failed-workers", "--respawn-interval", "0.1"),
    "--factory",
]


def main(options: Sequence[str] | None = None) -> None:
    """Read the portal, then serve it with Granian's `options`; ours stand before them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    multiprocessing.set_start_method("fork")
    os.register_at_fork(after_in_child=end_when_told)
    _read()
    given = list(sys.argv[1:] if options is None else options)
    while True:
        began = time.monotonic()
        code = _serve(given)
        if code != GIVEN_UP or time.monotonic() - began < TOO_SOON_S:
            sys.exit(code)


def end_when_told() -> None:
    """Let a process forked off end at SIGTERM until it listens to signals itself.

    It has the handler of the one it was forked off, which only takes note: told to end while it
    draws ahead, it would stay for ever.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _serve(given: Sequence[str]) -> str | int | None:
    """Let Granian serve until it is told to end, or gives up; return its exit code."""
    try:
        cli([*OURS, *given, f"{APPLICATION}:begun"], prog_name="aiqyn_portal.server")
    except SystemExit as end:
        return end.code
    return 0


def _read() -> None:
    """Import the portal; leave nothing open that two processes must not share."""
    import_module(APPLICATION).read_ahead()
    from django.db import connections  # noqa: PLC0415 - an open one would be read by all processes

    connections.close_all()
    gc.collect()
    gc.freeze()  # else the collector would write to every page of memory that is shared
    atexit.register(gc.unfreeze)


if __name__ == "__main__":
    main()
