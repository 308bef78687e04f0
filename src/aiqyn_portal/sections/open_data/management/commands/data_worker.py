"""`manage.py data_worker`: read the files people upload or name by an address."""

import logging
import os
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from aiqyn_portal.sections.open_data.tasks import QUEUE, tick

logger = logging.getLogger(__name__)
POLL_S = 1.0
TICK_EVERY = 30  # polls


class Command(BaseCommand):
    help = "Read and grade the files of data sets, one at a time. Start more for more at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the process that started this does"
        )
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(logging.WARNING)
        tick(timezone.now())
        if options["once"]:
            worker().run()
            return
        work(os.getppid() if options["with_parent"] else None)


def worker() -> Worker:
    """The library's worker: it reads what waits, then ends."""
    return Worker(
        queue_names=[QUEUE],
        interval=POLL_S,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def work(parent: int | None) -> None:
    """Read what comes until `parent`, if one is given, is gone."""
    polls = 0
    pause = threading.Event()
    while parent is None or os.getppid() == parent:
        polls += 1
        try:
            if polls % TICK_EVERY == 0:
                tick(timezone.now())
            worker().run()
        except Exception:  # the next poll tries again
            logger.exception("the queue could not be read")
        finally:
            close_old_connections()
        pause.wait(POLL_S)
