"""Writing what happened, and the date that follows from it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from aiqyn.calendar import Calendar, local_date
from aiqyn.errors import InputError
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.actions.telling import of_change
from aiqyn_portal.deadlines.models import Deadline, Event
from aiqyn_portal.deadlines.refusals import DeadlineIsClosed, ReasonIsMissing, TooLong
from aiqyn_portal.trail.actions import SYSTEM, record

LONGEST_REASON = 1000


def held(deadline: Deadline) -> Deadline:
    """The row, locked until the transaction ends; raises DeadlineIsClosed when it is not open."""
    found = Deadline.objects.select_for_update().select_related(None).get(pk=deadline.pk)
    if not found.is_open:
        raise DeadlineIsClosed
    return found


def said_reason(reason: str) -> str:
    """The reason, trimmed; raises ReasonIsMissing for an empty one."""
    trimmed = " ".join(reason.replace("\0", "").split())[:LONGEST_REASON]
    if not trimmed:
        raise ReasonIsMissing
    return trimmed


def moment_of(on: date | None) -> tuple[datetime, date]:
    """Now, and the day an act counts from: `on`, or today in Kazakhstan."""
    now = timezone.now()
    return now, on or local_date(now)


def happened(
    deadline: Deadline,
    what: str,
    *,
    by: Any,
    on: date | None = None,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> Event:
    """Add one event without touching the date; `settle` writes the row afterwards."""
    now, day = moment_of(on)
    return Event(
        deadline=deadline,
        number=deadline.events.count() + 1,
        what=what,
        at=now,
        on=day,
        by=by if isinstance(by, str) else by.get_username(),
        reason=reason,
        details=dict(details or {}),
        due_before=deadline.due_on,
    )


def settle(deadline: Deadline, event: Event, days: Calendar) -> Deadline:
    """Write `event` with the date that follows from everything until now.

    Raises TooLong when that date lies beyond what a term may be.
    """
    events = [*deadline.events.order_by("number"), event]
    try:
        deadline.due_on = queries.reckoning(deadline, days, events).due
    except InputError as problem:
        raise TooLong from problem
    if deadline.due_on and deadline.lapsed_on and deadline.due_on >= event.on:
        deadline.lapsed_on = None
    deadline.sequence += 1
    event.due_after = deadline.due_on
    deadline.save()
    event.save()
    return deadline


def close(deadline: Deadline, event: Event) -> Deadline:
    """Write `event` that ends or marks the clock; the date stays as it was."""
    deadline.sequence += 1
    event.due_after = deadline.due_on
    deadline.save()
    event.save()
    return deadline


def publish(by: Any, deadline: Deadline, event: Event) -> None:
    """Tell whom it concerns; an officer's act goes to the trail, the portal's own does not."""
    of_change(deadline, event)
    if by == SYSTEM:
        return
    record(
        by,
        f"deadline.{event.what}",
        f"deadline:{deadline.pk}/{deadline.subject}"[:200],
        {
            "reason": event.reason,
            "due_before": event.due_before,
            "due_after": event.due_after,
            **event.details,
        },
    )
