"""What a worker does with the catalogues of others: takes one that is due, harvests, keeps.

A harvest is a row that has not ended, and a folder with its diary: a worker that is killed is
followed by another, which goes on with both.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Timer

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from aiqyn.fetch.limits import Limits
from aiqyn_portal.sections.open_data.actions.harvested import (
    end_harvest,
    keep_refused,
    keep_set,
)
from aiqyn_portal.sections.open_data.harvest_child import Asked, Ended, Seen, Told
from aiqyn_portal.sections.open_data.models import Harvest, Source

CHILD = "aiqyn_portal.sections.open_data.harvest_child"
TURN_S = 15 * 60  # a harvest that takes longer goes on at the next turn
LEFT_AFTER = timedelta(minutes=30)  # its worker is taken for dead
MOST_FRUITLESS = 3  # turns in a row that bring nothing
MOST_PAGES = 5_000
Talk = Callable[[Asked], Iterator[Told]]


def poll() -> None:
    """Harvest one catalogue that is due, if there is any."""
    harvest = take_up(timezone.now())
    if harvest is not None:
        carry_on(harvest)


def take_up(at: datetime) -> Harvest | None:
    """Take a harvest nobody is at any more, or begin one that is due; None: there is nothing."""
    return _left(at) or _due(at)


def _left(at: datetime) -> Harvest | None:
    waits = Q(ended_at__isnull=True, turn_at__lt=at - LEFT_AFTER)
    for row in Harvest.objects.filter(waits).select_related("source__body").order_by("turn_at"):
        if Harvest.objects.filter(waits, pk=row.pk).update(turn_at=at):
            row.turn_at = at
            return row
    return None


def _due(at: datetime) -> Harvest | None:
    due = Source.objects.filter(is_active=True, next_at__lte=at).select_related("body")
    for source in due.exclude(harvests__ended_at__isnull=True, harvests__isnull=False)[:5]:
        try:
            with transaction.atomic():
                return Harvest.objects.create(source=source, began_at=at, turn_at=at)
        except IntegrityError:
            continue  # another worker was quicker
    return None


def carry_on(harvest: Harvest, talk: Talk | None = None) -> None:
    """Go on with a harvest until it ends or its turn is over; `talk` asks in a process apart."""
    folder = Path(settings.VAR) / "harvests" / str(harvest.pk)
    folder.mkdir(parents=True, exist_ok=True)
    ended, kept = None, 0
    for told in (talk or talk_apart)(_question(harvest, folder)):
        if isinstance(told, Ended):
            ended = told
        elif isinstance(told, Seen):
            keep_set(harvest, told, at=timezone.now())
            kept += 1
        else:
            keep_refused(harvest, told.refused)
            kept += 1
    if ended is None:
        ended = _put_aside(harvest, is_fruitless=not kept)
    if ended is not None:
        end_harvest(harvest, ended, at=timezone.now())
        shutil.rmtree(folder)


def _put_aside(harvest: Harvest, *, is_fruitless: bool) -> Ended | None:
    """Leave the harvest for the next turn; one that breaks us again and again is given up."""
    harvest.attempts = harvest.attempts + 1 if is_fruitless else 0
    if harvest.attempts >= MOST_FRUITLESS:
        return Ended(failure="too_hard")
    harvest.turn_at = timezone.now() - LEFT_AFTER - timedelta(seconds=1)
    harvest.save(update_fields=["attempts", "turn_at"])
    return None


def _question(harvest: Harvest, folder: Path) -> Asked:
    source = harvest.source
    known = source.sets.filter(gone_at__isnull=True).values_list("identity", flat=True)
    return Asked(
        address=source.address,
        kind=source.kind,
        folder=str(folder),
        known=dict.fromkeys(known, ""),
        as_of=timezone.localdate(),
        limits=Limits(
            contact=settings.AUDIT_CONTACT,
            max_pages=MOST_PAGES,
            allowed_networks=tuple(settings.OPEN_DATA_NETWORKS),
        ),
    )


def talk_apart(asked: Asked) -> Iterator[Told]:
    """Yield what a process of its own says; asking for the next says that the last was kept."""
    command = [sys.executable, "-m", CHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:  # noqa: S603  our own module
        questions, answers = child.stdin, child.stdout
        assert questions is not None  # noqa: S101  pipes by construction
        assert answers is not None  # noqa: S101
        alarm = Timer(TURN_S, child.kill)
        alarm.start()
        try:
            questions.write(msgspec.json.encode(asked) + b"\n")
            questions.flush()
            while line := answers.readline():
                if not line.endswith(b"\n"):
                    return  # it was killed in the middle of a word
                yield msgspec.json.decode(line, type=Told)
                questions.write(b"\n")
                questions.flush()
        except BrokenPipeError:
            return  # it is gone; what it said before was kept
        finally:
            alarm.cancel()
            child.kill()
            with suppress(BrokenPipeError):
                questions.close()
