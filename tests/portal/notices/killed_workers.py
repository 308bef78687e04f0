"""Workers that send letters and are killed at the worst moments; says what came of it as JSON.

Each worker is a fork of this process. The mail server is a file: a line for each letter it took.
"""

import json
import os
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django
from django.core.mail.backends.base import BaseEmailBackend

READERS = 12
BOOK = Path(os.environ.get("AIQYN_VAR", "")) / "taken-letters"
FATAL = {"moment": "", "after": 0}  # where this worker dies, and after how many letters


def die(moment):
    if FATAL["moment"] == moment:
        if FATAL["after"] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        FATAL["after"] -= 1


class Book(BaseEmailBackend):
    def send_messages(self, messages):
        die("being handed")
        with BOOK.open("a") as book:
            for message in messages:
                book.write(f"{message.extra_headers['Message-ID']} {message.to[0]}\n")
        die("taken")
        return len(messages)


def work(moment, after, later):
    """One worker's life; returns the signal it died of."""
    from django.db import connections  # noqa: PLC0415  after django.setup()

    connections.close_all()
    child = os.fork()
    if child:
        return child
    FATAL.update(moment=moment, after=after)
    _work(later)
    os._exit(0)


def _work(later):
    from django.utils import timezone  # noqa: PLC0415  after django.setup()

    from aiqyn_portal.notices import actions  # noqa: PLC0415
    from aiqyn_portal.notices.actions import gathering, posting  # noqa: PLC0415

    made, written = gathering.new_letter, posting.letters.write

    def new_letter(*args, **kwargs):
        letter = made(*args, **kwargs)
        die("gathering")
        return letter

    def write(*args):
        die("claimed")
        return written(*args)

    gathering.new_letter, posting.letters.write = new_letter, write
    at = timezone.now() + later
    actions.gather(at)
    actions.Postman(clock=lambda: at).post()


def end_of(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main():
    django.setup()
    from django.conf import settings  # noqa: PLC0415  after django.setup()
    from django.utils.translation import gettext, override  # noqa: PLC0415

    from aiqyn_portal.notices.actions import Notice, tell  # noqa: PLC0415
    from aiqyn_portal.notices.models import Delivery, Letter  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    for language in ("kk", "ru"):  # read once, before the forks
        with override(language):
            gettext("Notices")
    settings.EMAIL_BACKEND = f"{Book.__module__}.Book"
    people = [factories.UserFactory(username=f"reader-{n}") for n in range(READERS)]
    tell(Notice(code="trial", key="trial", title={"kk": "Хабар"}, to=people))
    soon, later = timedelta(seconds=1), timedelta(minutes=11)
    moments = [("gathering", 5), ("claimed", 0), ("being handed", 1), ("taken", 1)]
    ends = [end_of(work(moment, after, soon)) for moment, after in moments]
    ends += [end_of(child) for child in [work("", 0, later) for _ in range(2)]]
    taken = [line.split()[1] for line in BOOK.read_text().splitlines()]
    told = {
        "ends": ends,
        "letters": dict(Counter(Letter.objects.values_list("state", flat=True))),
        "taken": len(taken),
        "taken_twice": len(taken) - len(set(taken)),
        "in_cabinets": Delivery.objects.count(),
        "not_in_a_letter": Delivery.objects.filter(letter=None).count(),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    sys.modules["tests.portal.notices.killed_workers"] = sys.modules["__main__"]
    main()
