"""Helper processes end with the command that started them, however that one ended."""

import os
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait


def end_with_parent() -> None:
    """End this process once the one that started it is gone: nobody waits for its work.

    A pool tells its processes when it is shut down, but a command that was killed tells nothing.
    In a process that `multiprocessing` did not start this does nothing.
    """
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
