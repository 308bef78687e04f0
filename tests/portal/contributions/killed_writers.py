"""Processes killed with SIGKILL while they take in what people say; tells what came of it as JSON.

Each is a fork of this process. Whoever wrote loses the connection, and sends the same form again.
"""

import json
import os
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django

MOMENTS = {  # where the process dies → what it runs there
    "before commit": ("actions.counting", "move"),
    "committed": ("grouping.actions", "place"),
    "placed, not sealed": ("sealing", "_seal_batch"),
    "while sealing": ("searching", "enter"),
    "never": None,
}
PEOPLE = 4  # who write at once, none of them killed
TEXT = "Жолды жөндеу керек, көшеде жарық жоқ"


def write(number, moment, *, kind):
    """One process takes in one form; returns its child's id."""
    from django.db import connections  # noqa: PLC0415  after django.setup()

    connections.close_all()
    child = os.fork()
    if child:
        return child
    place = MOMENTS[moment]
    if place:
        die_at(*place)
    said = receive(number, kind)
    with Path(os.environ["ACKNOWLEDGED"]).open("a") as book:
        book.write(f"{number} {said.number}\n")
    os._exit(0)


def die_at(module, name):
    """End this process there, as the kernel does."""
    from importlib import import_module  # noqa: PLC0415

    found = import_module(f"aiqyn_portal.contributions.{module}")
    setattr(found, name, lambda *_args: os.kill(os.getpid(), signal.SIGKILL))


def receive(number, kind):
    from aiqyn_portal.accounts.models import User  # noqa: PLC0415
    from tests.portal.contributions.voices import said  # noqa: PLC0415

    author = User.objects.get(username=f"writer-{number}")
    return said(author, f"{TEXT} {number}", kind=kind, form_key=f"form-{number}")


def end_of(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def told():
    """What is kept, counted by somebody who did not write it."""
    from aiqyn_portal.contributions import receipts  # noqa: PLC0415
    from aiqyn_portal.contributions.grouping.models import Member  # noqa: PLC0415
    from aiqyn_portal.contributions.models import (  # noqa: PLC0415
        Contribution,
        Count,
        Pending,
        Seal,
        Step,
    )
    from aiqyn_portal.deadlines.models import Deadline  # noqa: PLC0415
    from aiqyn_portal.search.models import Entry  # noqa: PLC0415

    numbers = dict(Contribution.objects.values_list("form_key", "number"))
    lines = Path(os.environ["ACKNOWLEDGED"]).read_text().split("\n")
    book = [line.split() for line in lines if line]
    return {
        "acknowledged and not so": [
            line for line in book if numbers.get(f"form-{line[0]}") != line[1]
        ],
        "forms": Counter(Contribution.objects.values_list("form_key", flat=True)),
        "steps": Step.objects.count(),
        "seals": Seal.objects.count(),
        "pending": Pending.objects.count(),
        "ledger": receipts.first_broken(),
        "clocks": Deadline.objects.values("subject").distinct().count(),
        "clocks in all": Deadline.objects.count(),
        "in folds": Member.objects.count(),
        "in the search": Entry.objects.filter(kind="contribution").count(),
        "counted": dict(Count.objects.values_list("kind", "total")),
    }


def main():
    django.setup()
    from django.utils import timezone  # noqa: PLC0415  after django.setup()

    from aiqyn_portal.contributions import tasks  # noqa: PLC0415
    from aiqyn_portal.contributions.grouping.tasks import place_left  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415
    from tests.portal.contributions.voices import KIND, QUESTION, offer_kinds  # noqa: PLC0415

    offer_kinds()
    factories.BodyFactory(code="kz-akm-shymkent")
    people = len(MOMENTS) + PEOPLE
    for number in range(people):
        factories.UserFactory(username=f"writer-{number}")
    ends = [end_of(write(n, moment, kind=QUESTION)) for n, moment in enumerate(MOMENTS)]
    # everybody sends again: those who were cut off, and at once those who were not
    again = [write(n, "never", kind=QUESTION) for n in range(len(MOMENTS))]
    once = [write(n, "never", kind=KIND) for n in range(len(MOMENTS), people) for _ in range(2)]
    ends += sorted({end_of(child) for child in (*again, *once)})
    at = timezone.now() + timedelta(minutes=1)
    tasks.seal()
    place_left(at)
    json.dump({"ends": ends, **told()}, sys.stdout)


if __name__ == "__main__":
    main()
