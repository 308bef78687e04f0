"""What a worker takes from the queue, and what puts it there.

The queue is only a way to be called: the rows of `models.Job` say what is to be done and how
far it is. A task that is lost is put in again, one that comes twice finds nothing to do.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.sections.site_audit import actions
from aiqyn_portal.sections.site_audit.actions.rechecks import rechecks_left_behind
from aiqyn_portal.sections.site_audit.actions.runs import left_behind
from aiqyn_portal.sections.site_audit.actions.schedules import take_due
from aiqyn_portal.sections.site_audit.models import Job, Recheck, Run
from aiqyn_portal.trail.actions import SYSTEM, record

AUDITS, RECHECKS = "audits", "rechecks"
LOST_AFTER = timedelta(minutes=1)


@task(queue_name=AUDITS)
def audit(pk: int) -> None:
    """Carry out one run."""
    actions.carry_out(pk)


@task(queue_name=RECHECKS)
def read_again(pk: int) -> None:
    """Carry out one recheck."""
    actions.recheck(pk)


@transaction.atomic
def start_run(body: Body, *, by: User | None, at: datetime) -> Run:
    """Ask for an audit and put it in the queue; raises what `ask_for_run` raises."""
    run = actions.ask_for_run(body, by=by, at=at)
    _enqueue(run)
    return run


@transaction.atomic
def start_recheck(finding: FindingRow, *, by: User, at: datetime) -> Recheck:
    """Ask for a recheck and put it in the queue; raises what `ask_for_recheck` raises."""
    asked = actions.ask_for_recheck(finding, by=by, at=at)
    _enqueue(asked)
    return asked


def tick(at: datetime) -> None:
    """What a worker sees to between two jobs: what is due, what was left behind, what is lost."""
    for job in [*left_behind(at), *rechecks_left_behind(at), *_lost(at)]:
        _enqueue(job)
    for body in take_due(at):
        try:
            start_run(body, by=None, at=at)
        except ActionRefused as refusal:
            details = {"why": type(refusal).__name__}
            record(SYSTEM, "audit.skipped", f"body:{body.code}", details)


def remind(at: datetime) -> None:
    """What a worker sees to every hour: repairs that somebody has named a day for."""
    actions.remind(timezone.localdate(at))


def _enqueue(job: Job) -> None:
    if isinstance(job, Run):
        job.task = str(audit.enqueue(job.pk).id)
    else:
        job.task = str(read_again.enqueue(job.pk).id)
    job.save(update_fields=["task"])


def _lost(at: datetime) -> list[Job]:
    """Jobs that wait although nothing in the queue will call for them."""
    waiting = {"state": Job.State.QUEUED, "asked_at__lt": at - LOST_AFTER}
    jobs = [*Run.objects.filter(**waiting), *Recheck.objects.filter(**waiting)]
    ready = DBTaskResult.objects.ready().filter(id__in=[job.task for job in jobs if job.task])
    called_for = {str(each) for each in ready.values_list("id", flat=True)}
    return [job for job in jobs if job.task not in called_for]
