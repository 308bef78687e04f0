"""Reminders before, on and after a due date; after it, its head hears of it too.

Everything told leaves a row: a run that comes twice, or two at once, tell nothing twice. A run
that was missed is made up for by the last stage only: nobody hears "in three days" a day late.
"""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aiqyn.calendar import Calendar
from aiqyn_portal.accounts.models import User
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.actions.clock import lapse
from aiqyn_portal.deadlines.actions.telling import of_stage
from aiqyn_portal.deadlines.models import Deadline, Reminder
from aiqyn_portal.deadlines.wording import Stage, stages


def watch(on: date) -> int:
    """Mark what lapsed and tell what has to be told on the day `on`; returns how many notices."""
    lapse(on)
    days = queries.calendar()
    last = list(stages())[-1]
    horizon = days.worked_days_later(on, -min(stage.at for stage in stages().values()))
    waiting = Deadline.objects.filter(
        state=Deadline.State.RUNNING, due_on__lte=horizon, starts_on__lt=on
    ).exclude(reminders__stage=last, reminders__due_on=F("due_on"))
    return sum(_remind(pk, on, days) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, on: date, days: Calendar) -> int:
    """Tell of the newest stage of one date, to officers and to the head."""
    row = Deadline.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
    if row.state != Deadline.State.RUNNING or row.due_on is None:
        return 0  # done while the others were told
    due = row.due_on
    told = set(row.reminders.filter(due_on=due).values_list("stage", flat=True))
    reached = {
        code: stage
        for code, stage in stages().items()
        if code not in told and row.starts_on < _day(due, stage, days) <= on
    }
    now = timezone.now()
    Reminder.objects.bulk_create(
        [Reminder(deadline=row, due_on=due, stage=code, at=now) for code in reached],
        ignore_conflicts=True,
    )
    newest = {stage.to_head: code for code, stage in reached.items()}
    for to_head, code in newest.items():
        of_stage(code, reached[code].letter, row, _listeners(row, to_head=to_head))
    return len(newest)


def _day(due: date, stage: Stage, days: Calendar) -> date:
    return days.worked_days_later(due, stage.at)


def _listeners(deadline: Deadline, *, to_head: bool) -> list[User]:
    """The officer named, or all of the body; above them its head, or administrators."""
    if to_head:
        head = queries.head_of(deadline.body)
        return [head] if head else queries.administrators()
    if deadline.officer and deadline.officer.is_active:
        return [deadline.officer]
    return queries.officers_of(deadline.body)
