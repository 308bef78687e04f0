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
from django.db.models import F, Q
from django.utils import timezone

from aiqyn.fetch.limits import Limits
from aiqyn.harvest import Before
from aiqyn_portal.sections.open_data.actions.harvested import (
    STOPPED,
    end_harvest,
    forget_gone,
    keep_refused,
    keep_set,
)
from aiqyn_portal.sections.open_data.harvest_child import BUSY, Asked, Ended, Told, Unread
from aiqyn_portal.sections.open_data.models import Harvest, Source

CHILD = "aiqyn_portal.sections.open_data.harvest_child"
TURN_S = 15 * 60  # a harvest that takes longer goes on at the next turn
LEFT_AFTER = timedelta(minutes=30)  # its worker is taken for dead
MOST_TURNS = 96  # a whole day of asking: the next harvest is due by then, at the shortest rhythm
MOST_FRUITLESS = 3  # turns in a row that bring nothing
MOST_PAGES = 5_000
_LEFT = Q(ended_at__isnull=True)
_IS_TAKEN = Q(harvests__ended_at__isnull=True, harvests__isnull=False)
Talk = Callable[[Asked], Iterator[Told]]


def poll() -> None:
    """Harvest one catalogue that is due, if there is any."""
    harvest = take_up(timezone.now())
    if harvest is not None:
        carry_on(harvest)


def take_up(at: datetime) -> Harvest | None:
    """Take what has waited longest: a harvest nobody is at any more, or a source that is due.

    A harvest put aside waits from then on, so a slow catalogue keeps nobody from their turn.
    None: there is nothing.
    """
    left = Harvest.objects.filter(_LEFT, turn_at__lt=at - LEFT_AFTER).order_by("turn_at").first()
    due = Source.objects.filter(is_active=True, next_at__lte=at).exclude(_IS_TAKEN)
    first = due.order_by("next_at").values_list("next_at", flat=True).first()
    if left and (first is None or left.turn_at + LEFT_AFTER < first):
        return _left(at) or _due(at)
    return _due(at) or _left(at)


def _left(at: datetime) -> Harvest | None:
    waits = _LEFT & Q(turn_at__lt=at - LEFT_AFTER)
    for row in Harvest.objects.filter(waits).select_related("source__body").order_by("turn_at"):
        if Harvest.objects.filter(waits, pk=row.pk).update(turn_at=at, turns=F("turns") + 1):
            row.refresh_from_db(fields=["turn_at", "turns"])
            return row
    return None


def _due(at: datetime) -> Harvest | None:
    due = Source.objects.filter(is_active=True, next_at__lte=at).exclude(_IS_TAKEN)
    for source in due.select_related("body").order_by("next_at", "pk")[:5]:
        try:
            with transaction.atomic():
                return Harvest.objects.create(source=source, began_at=at, turn_at=at)
        except IntegrityError:
            continue  # another worker was quicker
    return None


def carry_on(harvest: Harvest, talk: Talk | None = None) -> None:
    """Go on with a harvest until it ends or its turn is over; `talk` asks in a process apart."""
    folder = _folder(harvest)
    folder.mkdir(parents=True, exist_ok=True)
    if harvest.turns > MOST_TURNS:
        ended: Ended | None = Ended(failure="too_slow")
    else:
        ended, kept = _heard((talk or talk_apart)(_question(harvest, folder)), harvest)
        if ended and ended.failure == BUSY:
            return  # its worker was only slow; should it die, this turn is followed by another
        ended = ended or _put_aside(harvest, is_fruitless=not kept)
    if ended is not None:
        end_harvest(harvest, ended, at=timezone.now())
        shutil.rmtree(folder)


def _folder(harvest: Harvest) -> Path:
    return Path(settings.VAR) / "harvests" / str(harvest.pk)


def _heard(said: Iterator[Told], harvest: Harvest) -> tuple[Ended | None, int]:
    """Keep what is told; return how it ended, None where it did not, and how much was kept."""
    kept = 0
    for told in said:
        if isinstance(told, Ended):
            return told, kept
        if isinstance(told, Unread):
            keep_refused(harvest, told.refused)
        elif not keep_set(harvest, told, at=timezone.now()):
            return Ended(failure=STOPPED), kept
        kept += 1
    return None, kept


def _put_aside(harvest: Harvest, *, is_fruitless: bool) -> Ended | None:
    """Leave the harvest for the next turn; one that breaks us again and again is given up."""
    harvest.attempts = harvest.attempts + 1 if is_fruitless else 0
    if harvest.attempts >= MOST_FRUITLESS:
        return Ended(failure="too_hard")
    harvest.turn_at = timezone.now() - LEFT_AFTER - timedelta(seconds=1)
    harvest.save(update_fields=["attempts", "turn_at"])
    return None


def forget(at: datetime) -> None:
    """Free the room of sets long gone, and of the diaries of harvests that were stopped."""
    forget_gone(at)
    for harvest in Harvest.objects.filter(ended_at__isnull=False, failure=STOPPED):
        if harvest.ended_at and harvest.ended_at < at - LEFT_AFTER:
            shutil.rmtree(_folder(harvest), ignore_errors=True)


def _question(harvest: Harvest, folder: Path) -> Asked:
    source = harvest.source
    known = source.sets.filter(gone_at__isnull=True).values_list("identity", flat=True)
    return Asked(
        address=source.address,
        kind=source.kind,
        folder=str(folder),
        known=dict.fromkeys(known, ""),
        before=_before(source),
        as_of=timezone.localdate(),
        limits=Limits(
            contact=settings.AUDIT_CONTACT,
            max_pages=MOST_PAGES,
            allowed_networks=tuple(settings.OPEN_DATA_NETWORKS),
        ),
    )


def _before(source: Source) -> Before:
    """What the last harvest that came to its end was refused, and which sets it did not see."""
    last = source.harvests.filter(ended_at__isnull=False, summary__isnull=False).first()
    if last is None:
        return Before()
    unseen = source.sets.filter(gone_at__isnull=True, last_seen__lt=last.began_at)
    return Before(
        refused=frozenset(each["id"] for each in last.refused if each["id"]),
        unseen=frozenset(unseen.values_list("identity", flat=True)),
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
