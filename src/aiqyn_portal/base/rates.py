"""How often one may: a count in the cache, begun anew when its time is over.

The cache is shared by the processes of one machine; a limit is meant to stop floods, not to
count exactly.
"""

from time import time

from django.core.cache import cache


def is_within(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more time that `who` does `what`; False once it is more than `most`."""
    key, now = f"rates:{what}:{who}", time()
    count, until = cache.get(key, (0, now + seconds))
    if now >= until:
        count, until = 0, now + seconds
    # not `incr`: a cache of files would begin the time anew with it
    cache.set(key, (count + 1, until), timeout=until - now)
    return bool(count < most)
