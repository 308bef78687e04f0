"""Who holds a job, and whether it still lives.

A process is known by its machine, its number and the moment it began: in a container every
worker has the same number, and elsewhere numbers are given out anew.
"""

import os
import platform
from datetime import datetime, timedelta
from pathlib import Path

from aiqyn_portal.sections.site_audit.models import Job

SILENT_FOR = timedelta(minutes=10)  # after which a worker of another machine counts as dead
_BEGAN = 19  # place of "starttime" in /proc/PID/stat behind the name of the program


class Unwanted(Exception):
    """Whoever does the job has to stop: nobody wants it any more, or not from this worker."""


def this_process() -> str:
    """Who holds a job: "machine:process:began", the last in ticks of the machine's clock."""
    return f"{platform.node()}:{os.getpid()}:{_began(os.getpid())}"


def is_dead(job: Job, at: datetime) -> bool:
    """Whether whoever holds the job has let go, has died, or has been silent for long."""
    if not job.held_by:
        return True
    host, process, began = f"{job.held_by}::".split(":")[:3]
    if host == platform.node():
        return not _lives(int(process)) or (bool(began) and began != _began(int(process)))
    return job.beat_at is None or at - job.beat_at > SILENT_FOR


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _began(process: int) -> str:
    """When the process began; "" where the system does not say."""
    try:
        said = Path(f"/proc/{process}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return ""
    return said.rpartition(")")[2].split()[_BEGAN]
