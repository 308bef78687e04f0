"""The life of one due date: it begins, changes, and ends."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

import msgspec
from django.db import IntegrityError, transaction

from aiqyn.calendar import Unit, local_date
from aiqyn.calendar.days import DAY
from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import is_officer_of
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.actions.history import (
    close,
    happened,
    held,
    moment_of,
    publish,
    said_reason,
    settle,
)
from aiqyn_portal.deadlines.models import Deadline, Event
from aiqyn_portal.deadlines.refusals import (
    AlreadyOfThisBody,
    ClockRuns,
    ClockStands,
    DayIsBefore,
    NotAnOfficerOfTheBody,
    TermIsOver,
)
from aiqyn_portal.trail.actions import SYSTEM

What, State = Event.What, Deadline.State


class Own(TypedDict, total=False):
    """What one matter may have for itself."""

    count: int  # instead of the term's number: a draft discussed longer than the law asks
    is_public: bool
    officer: User  # who answers for it


@transaction.atomic
def start(
    subject: str,
    *,
    term: str,
    body: Body,
    title: Mapping[str, str],
    on: date | None = None,
    href: str = "",
    **own: Unpack[Own],
) -> Deadline:
    """Start the clock of `term` (a code of terms.yaml) for `subject`.

    `on` is the day the matter came, today by default; `own` is what this matter has for itself.
    A subject whose clock of that term is running gets that one back: a form sent twice starts
    nothing.
    """
    open_ones = Deadline.objects.open().filter(subject=subject, term=term)
    running = open_ones.first()
    if running is not None:
        return running
    _now, day = moment_of(on)
    rule = queries.terms()[term].rule()
    if "count" in own:
        rule = msgspec.structs.replace(rule, count=own["count"])
    deadline = Deadline(
        subject=subject,
        term=term,
        rule=msgspec.to_builtins(rule),
        body=body,
        officer=own.get("officer"),
        title=Phrase(title),
        href=href,
        is_public=own.get("is_public", True),
        starts_on=day,
    )
    days = queries.calendar()
    deadline.due_on = queries.reckoning(deadline, days, []).due
    try:
        with transaction.atomic():
            deadline.save()
    except IntegrityError:  # another process was quicker by a moment
        return open_ones.get()
    event = happened(deadline, What.STARTED, by=SYSTEM, on=day)
    event.due_before, event.due_after = None, deadline.due_on
    event.save()
    return deadline


@transaction.atomic
def extend(
    deadline: Deadline,
    *,
    days: int,
    reason: str,
    by: Any,
    unit: Unit | None = None,
    on: date | None = None,
) -> Deadline:
    """Add `days` of the term's own unit, or of `unit`.

    Raises DeadlineIsClosed, ClockStands, ReasonIsMissing, DayIsBefore or TooLong.
    """
    row = _running(deadline)
    details = {"count": days, "unit": unit or queries.rule_of(row).unit}
    event = happened(row, What.EXTENDED, by=by, on=on, reason=said_reason(reason), details=details)
    return _done(row, event, by)


@transaction.atomic
def suspend(deadline: Deadline, *, reason: str, by: Any, on: date | None = None) -> Deadline:
    """Stop the clock: from `on`, today by default, no day is counted.

    Raises DeadlineIsClosed, ClockStands, TermIsOver, ReasonIsMissing or DayIsBefore.
    """
    row = _running(deadline)
    if row.due_on is not None and moment_of(on)[1] > row.due_on:
        raise TermIsOver
    row.state = State.SUSPENDED
    event = happened(row, What.SUSPENDED, by=by, on=on, reason=said_reason(reason))
    return _done(row, event, by)


@transaction.atomic
def resume(deadline: Deadline, *, by: Any, reason: str = "", on: date | None = None) -> Deadline:
    """Let the clock go on; `on` is the first day counted again. Raises ClockRuns, DayIsBefore."""
    row = held(deadline)
    if row.state != State.SUSPENDED:
        raise ClockRuns
    row.state = State.RUNNING
    event = happened(row, What.RESUMED, by=by, on=on, reason=reason[:1000])
    return _done(row, event, by)


@transaction.atomic
def hand_over(
    deadline: Deadline, to_body: Body, *, by: Any, reason: str = "", on: date | None = None
) -> Deadline:
    """Another body answers from now on; its term goes on or begins anew, as the term says.

    Raises DeadlineIsClosed, ClockStands, AlreadyOfThisBody or DayIsBefore.
    """
    row = _running(deadline)
    if row.body_id == to_body.pk:
        raise AlreadyOfThisBody
    details = {"from": row.body.code, "to": to_body.code, "name": dict(to_body.name)}
    row.body, row.officer = to_body, None
    event = happened(row, What.HANDED_OVER, by=by, on=on, reason=reason[:1000], details=details)
    return _done(row, event, by)


@transaction.atomic
def assign(deadline: Deadline, officer: User, *, by: Any) -> Deadline:
    """Name who answers for it. Raises NotAnOfficerOfTheBody."""
    row = held(deadline)
    if not is_officer_of(officer, row.body):
        raise NotAnOfficerOfTheBody
    row.officer = officer
    event = happened(row, What.ASSIGNED, by=by, details={"officer": officer.get_username()})
    close(row, event)
    publish(by, row, event)
    return row


def meet(subject: str, at: datetime, *, term: str | None = None) -> list[Deadline]:
    """What was due is done: every open clock of the subject, or that of `term`, stops for good."""
    return _finish(subject, term, State.MET, What.MET, at=at)


def withdraw(subject: str, at: datetime, *, term: str | None = None) -> list[Deadline]:
    """What was due is no longer needed (a question taken back): its clocks stop, nobody is late."""
    return _finish(subject, term, State.WITHDRAWN, What.WITHDRAWN, at=at)


@transaction.atomic
def lapse(on: date) -> int:
    """Mark what was due before `on` and is not done; returns how many. Again marks nothing."""
    late = Deadline.objects.filter(state=State.RUNNING, due_on__lt=on, lapsed_on__isnull=True)
    rows = list(late.select_for_update())
    for row in rows:
        row.lapsed_on = on
        close(row, happened(row, What.LAPSED, by=SYSTEM, on=on))
    return len(rows)


@transaction.atomic
def _finish(
    subject: str, term: str | None, state: str, what: str, *, at: datetime
) -> list[Deadline]:
    rows = Deadline.objects.open().select_for_update().filter(subject=subject)
    found = list(rows.filter(term=term) if term else rows)
    for row in found:
        row.state = state
        row.met_at = at if state == State.MET else None
        if state == State.MET and row.due_on and local_date(at) > row.due_on:
            row.lapsed_on = row.lapsed_on or row.due_on + DAY  # done before anybody looked
        close(row, happened(row, what, by=SYSTEM, on=local_date(at)))
    return found


def _running(deadline: Deadline) -> Deadline:
    row = held(deadline)
    if row.state == State.SUSPENDED:
        raise ClockStands
    return row


def _done(row: Deadline, event: Event, by: Any) -> Deadline:
    """Write the event, its date and its line in the trail."""
    last = row.events.order_by("-number").values_list("on", flat=True).first()
    if last is not None and event.on < last:
        raise DayIsBefore(last)
    settle(row, event, queries.calendar())
    publish(by, row, event)
    return row
