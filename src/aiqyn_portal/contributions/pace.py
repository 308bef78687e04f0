"""What follows a commit is done at once by a calm portal, and together by a busy one.

Sealing and grouping cost more than writing itself. Where a process has just done so for another
writer, it leaves the next one to a worker, who looks once a second, so nobody waits for it.
"""

import time
from threading import Lock

from django.conf import settings

_last: dict[str, float] = {}
_lock = Lock()


def is_due(what: str) -> bool:
    """Whether this process has not done it for a moment; if so, the caller does it now."""
    now = time.monotonic()
    with _lock:
        if now - _last.get(what, -settings.CONTRIBUTIONS_PACE_S) < settings.CONTRIBUTIONS_PACE_S:
            return False
        _last[what] = now
        return True


def done(what: str) -> None:
    """Note that it was done, by whoever asked for it."""
    with _lock:
        _last[what] = time.monotonic()
