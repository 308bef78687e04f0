"""Work nobody waits for gives way to people who wait for a page."""

import os
from contextlib import suppress
from pathlib import Path

GENTLY = 10  # of 19
SHARE_OF_THE_SESSION = Path("/proc/self/autogroup")


def give_way() -> None:
    """Take a smaller share of the processors from here on.

    Linux may share them out among sessions first, so that niceness counts only inside each:
    whoever leads a session lowers its share too. Among services of systemd neither counts
    (docs/operate.md).
    """
    os.nice(GENTLY)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # another system, or one that shares out otherwise
            SHARE_OF_THE_SESSION.write_text(str(GENTLY))
