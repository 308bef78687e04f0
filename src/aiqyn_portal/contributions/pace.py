"""What follows a commit is done at once by a calm portal, and together by a busy one.

Sealing and grouping cost more than writing itself. Where somebody else has written by the same
process a moment ago, it is left to a worker, who looks once a second, so no writer waits for it;
the process does it itself only now and then, so that it is done without any worker too.
"""

from threading import Lock
from time import monotonic

from django.conf import settings

ITSELF = 10  # spans after which a busy process does it none the less
_last: dict[str, float] = {}
_asked: dict[str, float] = {}
_lock = Lock()


def is_due(what: str) -> bool:
    """Whether nobody has asked for a moment, or it was not done for long: the caller does it."""
    now, span = monotonic(), settings.CONTRIBUTIONS_PACE_S
    with _lock:
        is_calm = now - _asked.get(what, -span) >= span
        _asked[what] = now
        if not is_calm and now - _last.get(what, -span * ITSELF) < span * ITSELF:
            return False
        _last[what] = now
        return True


def done(what: str) -> None:
    """Note that it was done, by whoever asked for it."""
    with _lock:
        _last[what] = monotonic()
