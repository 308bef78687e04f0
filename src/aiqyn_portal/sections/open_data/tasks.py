"""What a worker takes from the queue, and what puts it there; the rows of File say how far it is.

A task that is lost is put in again, one that comes twice finds nothing to do.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from aiqyn_portal.accounts.models import User
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.actions import forgetting
from aiqyn_portal.sections.open_data.models import File, Version

QUEUE = "data"
LOST_AFTER = timedelta(minutes=1)
DEAD_AFTER = timedelta(minutes=10)  # twice as long as reading one file may take
MOST_ATTEMPTS = 2


@task(queue_name=QUEUE)
def read(pk: int) -> None:
    """Read one file."""
    actions.read_file(pk)


@transaction.atomic
def release(version: Version, *, by: User, at: datetime, seen: int | None = None) -> None:
    """Release a version and tell those who follow it; raises what `actions.release` raises."""
    actions.release(version, by=by, at=at, seen=seen)
    actions.tell_followers(version, by=by, at=at)


@transaction.atomic
def upload(version: Version, name: str, content: bytes, *, by: User, at: datetime) -> File:
    """Add a file and put it in the queue; raises what `add_upload` raises."""
    file = actions.add_upload(version, name, content, by=by, at=at)
    enqueue(file)
    return file


@transaction.atomic
def link(version: Version, address: str, *, by: User, at: datetime) -> File:
    """Add a link and put it in the queue; raises what `add_link` raises."""
    file = actions.add_link(version, address, by=by, at=at)
    enqueue(file)
    return file


@transaction.atomic
def carry(file: File, version: Version, *, by: User, at: datetime) -> File:
    """Take a file over into another version and put it in the queue; raises as `carry_file`."""
    carried = actions.carry_file(file, version, by=by, at=at)
    enqueue(carried)
    return carried


def enqueue(file: File) -> None:
    """Have a worker read the file."""
    file.task = str(read.enqueue(file.pk).id)
    file.save(update_fields=["task"])


def tick(at: datetime) -> None:
    """What a worker sees to between two files: what was left behind, what is lost."""
    for file in _left_behind(at):
        enqueue(file)
    for file in _lost(at):  # those above are in the queue by now
        enqueue(file)


def forget_removed(at: datetime) -> None:
    """Free the room of files taken out long ago."""
    forgetting.forget_removed(at)


def _left_behind(at: datetime) -> list[File]:
    """Take back files whose worker is gone; one that took two workers along is given up."""
    dead = File.objects.filter(state=File.State.READING, began_at__lt=at - DEAD_AFTER)
    taken = []
    for file in dead:
        same = File.objects.filter(pk=file.pk, state=File.State.READING, began_at=file.began_at)
        if file.attempts + 1 >= MOST_ATTEMPTS:
            same.update(state=File.State.FAILED, failure="too_hard")
        elif same.update(state=File.State.WAITING, attempts=file.attempts + 1):
            file.state = File.State.WAITING
            taken.append(file)
    return taken


def _lost(at: datetime) -> list[File]:
    """Files that wait although nothing in the queue will call for them."""
    files = list(File.objects.filter(state=File.State.WAITING, added_at__lt=at - LOST_AFTER))
    ready = DBTaskResult.objects.ready().filter(id__in=[each.task for each in files if each.task])
    called_for = {str(each) for each in ready.values_list("id", flat=True)}
    return [file for file in files if file.task not in called_for]
