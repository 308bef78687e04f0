"""What workers do, and how an app gives them something to do.

Three ways, said in AppConfig.ready:

    every("contributions.root", hours=24, run=roots.publish)   # now and then, by one worker
    lane("letters", poll=post)                                 # all the time, by every worker
    @task(queue_name="data")                                   # when asked: Django's tasks

`run` is called with the moment, and may be the dotted name of a callable. It may come twice: a
worker that dies in the middle is followed by another, so it does what is due and not yet done.
Periods count from local midnight; a period nobody was there for is not made up for.
"""

import logging
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from aiqyn_portal.base.models import Turn

logger = logging.getLogger(__name__)
Run = Callable[[datetime], object]
LONGEST = timedelta(minutes=10)
AGAIN_AFTER = timedelta(minutes=1)  # a job that failed
DAY_S = 24 * 60 * 60


@dataclass(frozen=True)
class Job:
    """Something done once in every period, by whichever worker comes first."""

    code: str
    seconds: int  # of the period
    run: Run | str
    longest: timedelta  # after so long without an end its worker is taken for dead

    def period(self, at: datetime) -> int:
        """Return the number of the period `at` is in."""
        local = timezone.localtime(at)
        midnight = local.toordinal() * DAY_S
        return (midnight + local.hour * 3600 + local.minute * 60 + local.second) // self.seconds


@dataclass(frozen=True)
class Lane:
    """Something every worker does in a thread of its own."""

    code: str
    poll: Callable[[], object]  # does what waits, then returns
    is_finished_first: bool = False  # a worker asked to stop lets it return, if it is quick


_JOBS: dict[str, Job] = {}
_LANES: dict[str, Lane] = {}


def every(
    code: str, *, run: Run | str, seconds: int = 0, hours: int = 0, longest: timedelta = LONGEST
) -> None:
    """Have `run` called once in every period of so many seconds or hours."""
    _JOBS[code] = Job(code, seconds + hours * 3600, run, longest)


def lane(code: str, *, poll: Callable[[], object], is_finished_first: bool = False) -> None:
    """Have `poll` called once a second by every worker."""
    _LANES[code] = Lane(code, poll, is_finished_first)


def lanes() -> list[Lane]:
    return list(_LANES.values())


def run_due(at: datetime) -> list[str]:
    """Do the jobs that are due and that no other worker is doing; return their codes."""
    turns = {turn.code: turn for turn in Turn.objects.filter(code__in=_JOBS)}
    done = []
    for job in list(_JOBS.values()):
        turn = turns.get(job.code)
        if (turn is None or _is_free(turn, job, at)) and _take(job, at):
            _do(job, at)
            done.append(job.code)
    return done


def _is_free(turn: Turn, job: Job, at: datetime) -> bool:
    if turn.done_at is None:
        return turn.began_at < at - job.longest
    return turn.period < job.period(at)


def _take(job: Job, at: datetime) -> bool:
    """Take the job of this period; False when another worker was quicker."""
    Turn.objects.bulk_create(
        [Turn(code=job.code, period=0, began_at=at, done_at=at)], ignore_conflicts=True
    )
    is_done = Q(done_at__isnull=False, period__lt=job.period(at))
    is_left = Q(done_at__isnull=True, began_at__lt=at - job.longest)
    mine = {"period": job.period(at), "began_at": at, "done_at": None, "worker": _who()}
    return bool(Turn.objects.filter(is_done | is_left, code=job.code).update(**mine))


def _do(job: Job, at: datetime) -> None:
    held = Turn.objects.filter(code=job.code, began_at=at, worker=_who())
    try:
        run = import_string(job.run) if isinstance(job.run, str) else job.run
        run(at)
    except Exception:  # one job that fails keeps no other from its turn
        logger.exception("%s failed and will be tried again", job.code)
        held.update(began_at=at - job.longest + AGAIN_AFTER)
    else:
        held.update(done_at=timezone.now())


def _who() -> str:
    return f"{platform.node()[:40]}:{os.getpid()}"
