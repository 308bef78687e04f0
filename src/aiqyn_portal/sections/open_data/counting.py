"""Views and downloads, counted in memory and written down together a moment later.

A page that waited for the database to count its reader would be slower than the reading.
What a process has not written when it is killed is lost: a few seconds of counts.
"""

import re
from collections import Counter
from datetime import date
from threading import Lock, Timer

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest
from django.utils import timezone

from aiqyn_portal.sections.open_data.actions import count_use
from aiqyn_portal.sections.open_data.models import Dataset, Use

# programs that read for themselves; a person's own script is counted as its person
ROBOTS = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|monitor|headless|lighthouse|facebookexternalhit"
    r"|archiver|scan|uptime|pingdom|feedfetcher",
    re.IGNORECASE,
)
Key = tuple[int, str, date]
_waiting: Counter[Key] = Counter()
_lock = Lock()


def is_robot(request: HttpRequest) -> bool:
    """Whether a program reads for itself, as far as it says so; no name at all is a program's."""
    agent = request.headers.get("User-Agent", "")
    return not agent or ROBOTS.search(agent) is not None


def note(request: HttpRequest, dataset: int, kind: Use.Kind) -> None:
    """Count one use of a set (its primary key); not a robot's, nor asking for headers alone."""
    if request.method != "GET" or is_robot(request):
        return
    key = (dataset, kind.value, timezone.localdate())
    with _lock:
        is_first = not _waiting
        _waiting[key] += 1
    if not settings.OPEN_DATA_COUNT_S:
        write_down()
    elif is_first:
        timer = Timer(settings.OPEN_DATA_COUNT_S, _write_aside)
        timer.daemon = True
        timer.start()


def write_down() -> None:
    """Write what has been counted so far."""
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
    for (pk, kind, day), times in counted.items():
        count_use(Dataset(pk=pk), Use.Kind(kind), day=day, times=times)


def _write_aside() -> None:
    try:
        write_down()
    except DatabaseError:  # counts are not worth an alarm; the next are written again
        return
    finally:
        close_old_connections()
