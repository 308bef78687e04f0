"""`manage.py audit_worker`: carry out the audits and rechecks people and schedules ask for."""

import logging
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from aiqyn_portal.sections.site_audit.tasks import AUDITS, RECHECKS, tick

logger = logging.getLogger(__name__)
POLL_S = 1.0
TICK_EVERY = 30  # polls


class Command(BaseCommand):
    help = "Carry out audits: one at a time, rechecks beside it. Start more for more at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the process that started this does"
        )
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django_tasks").setLevel(logging.WARNING)
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        tick(timezone.now())
        if options["once"]:
            for queue in (RECHECKS, AUDITS):
                worker(queue, is_batch=True).run()
            return
        audits = worker(AUDITS)
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda number, frame: stop(audits, number, frame))
        parent = os.getppid() if options["with_parent"] else None
        threading.Thread(target=beside, args=(parent,), daemon=True).start()
        audits.run()


def worker(queue: str, *, is_batch: bool = False) -> Worker:
    """The library's worker for one queue of ours."""
    return Worker(
        queue_names=[queue],
        interval=POLL_S,
        batch=is_batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def stop(audits: Worker, number: int, frame: FrameType | None) -> None:
    """End at once: a crawl under way is left to the next worker, which continues it."""
    audits.running = False
    sys.exit(0)


def beside(parent: int | None) -> None:
    """What goes on while an audit runs: rechecks, schedules, a look at who started us."""
    polls = 0
    pause = threading.Event()
    while not pause.wait(POLL_S):
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
        polls += 1
        try:
            if polls % TICK_EVERY == 0:
                tick(timezone.now())
            worker(RECHECKS, is_batch=True).run()
        except Exception:  # the next poll tries again: without it nothing lost is taken back
            logger.exception("the queue could not be read")
        finally:
            close_old_connections()
