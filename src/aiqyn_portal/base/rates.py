"""How often one may: a count in the cache, begun anew when its time is over.

The cache is shared by the processes of one machine; a limit is meant to stop floods, not to
count exactly.
"""

from django.core.cache import cache


def is_within(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more time that `who` does `what`; False once it is more than `most`."""
    key = f"rate:{what}:{who}"
    if cache.add(key, 1, timeout=seconds):
        return most >= 1
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # its time was over a moment ago
        return most >= 1
