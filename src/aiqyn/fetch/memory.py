"""How a process that reads many pages holds its memory."""

import ctypes
import gc
from contextlib import suppress

# Objects made until Python looks for rings of them. A crawl makes hundreds of thousands, keeps
# most and ties hardly any into rings; to look every 700 costs a tenth of its time.
COLLECTED_AFTER = (50_000, 20, 20)
KEPT = 500_000_000  # bytes
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3  # <malloc.h>


def keep_memory() -> None:
    """Keep what a parser gives back for the next page, and look for rings less often.

    glibc returns a parser's memory after every page and faults it in again for the
    next; keeping it halves the cost of parsing. Other C libraries are left as they are.
    """
    gc.set_threshold(*COLLECTED_AFTER)
    gc.freeze()  # what is imported by now stays
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        for parameter, value in (
            (_TRIM_THRESHOLD, KEPT),
            (_MMAP_THRESHOLD, KEPT),
            (_TOP_PAD, 1 << 26),
        ):
            mallopt(parameter, value)
