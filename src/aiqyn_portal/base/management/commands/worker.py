"""`manage.py worker`: everything the portal does when nobody waits for a page.

Each queue of tasks and each lane has a thread; periodic jobs have one together. Audits are done
in the main thread: a browser that draws pages wants it.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from aiqyn_portal.base import working
from aiqyn_portal.base.working import Lane

logger = logging.getLogger(__name__)
POLL_S = 1.0
PERIODIC = "periodic"
PATIENCE_S = 25.0  # how long a lane that is to be finished first may take


class Command(BaseCommand):
    help = "Carry out tasks, letters and periodic jobs. Start more for more at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lanes", nargs="*", help="only these; all without any")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the process that started this does"
        )
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(logging.WARNING)
        chosen = choose(options["lanes"])
        if options["once"]:
            for lane in chosen:
                lane.poll()
            return
        work(chosen, os.getppid() if options["with_parent"] else None)


def choose(codes: list[str]) -> list[Lane]:
    """Return the lanes of these codes. Raises CommandError for one there is not."""
    queues = settings.TASKS["default"]["QUEUES"]
    known = [
        Lane(PERIODIC, lambda: working.run_due(timezone.now())),
        *(Lane(queue, partial(run_queue, queue)) for queue in queues),
        *working.lanes(),
    ]
    unknown = set(codes) - {lane.code for lane in known}
    if unknown:
        raise CommandError(f"no such lane: {', '.join(sorted(unknown))}")
    return [lane for lane in known if not codes or lane.code in codes]


def run_queue(queue: str) -> None:
    """Carry out what waits in one queue, by the library's own worker."""
    Worker(
        queue_names=[queue],
        interval=POLL_S,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()


def work(chosen: list[Lane], parent: int | None) -> None:
    """Go on until a signal comes, or `parent` is gone."""
    is_over = threading.Event()
    first = next((lane for lane in chosen if lane.code == "audits"), chosen[0])
    threads = {
        lane: threading.Thread(target=keep_polling, args=(lane, is_over), daemon=True)
        for lane in chosen
        if lane is not first
    }
    last = [thread for lane, thread in threads.items() if lane.is_finished_first]
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, partial(stop, is_over, last))
    for thread in threads.values():
        thread.start()
    if parent is not None:
        threading.Thread(target=watch, args=(parent, is_over), daemon=True).start()
    keep_polling(first, is_over)


def stop(
    is_over: threading.Event, last: list[threading.Thread], number: int, frame: FrameType | None
) -> None:
    """End soon: letters in hand leave, all else is left to the next worker, which continues it."""
    is_over.set()
    for thread in last:
        thread.join(PATIENCE_S)
    sys.exit(0)


def keep_polling(lane: Lane, is_over: threading.Event) -> None:
    while not is_over.is_set():
        attempt(lane.code, lane.poll)
        is_over.wait(POLL_S)


def attempt(code: str, poll: Callable[[], object]) -> None:
    """Poll once; what goes wrong is tried again at the next poll."""
    try:
        close_old_connections()
        poll()
    except Exception:
        logger.exception("lane %s: what waits could not be done", code)
    finally:
        close_old_connections()


def watch(parent: int, is_over: threading.Event) -> None:
    """Stop this process when the one that started it is gone."""
    while not is_over.wait(POLL_S):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
