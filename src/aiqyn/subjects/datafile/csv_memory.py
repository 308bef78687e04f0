"""Memory of one part of a file serves the next, instead of going back to the system between them.

The allocator of glibc hands large blocks back at once, and the system fills every page of new
ones with zeros: a tenth of the time a large file takes.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

KEPT = 256 << 20  # bytes of memory a process keeps for its next part
LARGEST = 32 << 20  # bytes of a block that is kept; glibc takes no more in some versions
_KEPT, _LARGEST = -1, -3  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD


@contextmanager
def kept_memory() -> Iterator[None]:
    """Keep memory while parts are read, and give it back afterwards; glibc only."""
    library = ctypes.CDLL(None)
    choose = getattr(library, "mallopt", None)
    give_back = getattr(library, "malloc_trim", None)
    if choose is None or give_back is None:
        yield
        return
    choose(_KEPT, KEPT)
    choose(_LARGEST, LARGEST)
    try:
        yield
    finally:
        choose(_KEPT, 2 * LARGEST)  # where glibc itself ends that frees a large block
        give_back(0)
