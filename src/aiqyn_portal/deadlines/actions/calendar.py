"""A day entered by an administrator moves every open due date it touches."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.actions.history import happened
from aiqyn_portal.deadlines.actions.telling import of_calendar
from aiqyn_portal.deadlines.models import Deadline, EnteredDay, Event
from aiqyn_portal.deadlines.refusals import DayEnteredAlready, DayIsWithdrawn
from aiqyn_portal.deadlines.signals import calendar_changed
from aiqyn_portal.trail.actions import SYSTEM, record


@transaction.atomic
def enter_day(fields: Mapping[str, Any], *, by: Any) -> tuple[EnteredDay, list[Deadline]]:
    """Enter a holiday, a moved day or that a day is none after all; returns what moved.

    `fields` are those of EnteredDay. Raises DayEnteredAlready.
    """
    if EnteredDay.objects.filter(day=fields["day"], withdrawn_at__isnull=True).exists():
        raise DayEnteredAlready
    row = EnteredDay.objects.create(
        **fields, entered_by=by.get_username(), entered_at=timezone.now()
    )
    moved = recompute(because=_said(row))
    _tell(moved, row, f"calendar:{row.pk}")
    record(by, "calendar.day_entered", f"day:{row.day}", _details(row, moved))
    return row, moved


@transaction.atomic
def withdraw_day(row: EnteredDay, *, by: Any) -> list[Deadline]:
    """Take back what was entered by mistake; the row stays. Raises DayIsWithdrawn."""
    held = EnteredDay.objects.select_for_update().get(pk=row.pk)
    if held.withdrawn_at is not None:
        raise DayIsWithdrawn
    held.withdrawn_at, held.withdrawn_by = timezone.now(), by.get_username()
    held.save()
    moved = recompute(because={**_said(held), "withdrawn": True})
    _tell(moved, held, f"calendar:{held.pk}:withdrawn")
    record(by, "calendar.day_withdrawn", f"day:{held.day}", _details(held, moved))
    return moved


@transaction.atomic
def recompute(
    deadlines: Iterable[Deadline] | None = None, *, because: Mapping[str, Any] | None = None
) -> list[Deadline]:
    """Reckon open due dates again by the calendar of now; returns those that moved.

    `because` is kept in the history: which day was entered, with its source.
    """
    rows = Deadline.objects.open().select_for_update(of=("self",)).filter(due_on__isnull=False)
    if deadlines is not None:
        rows = rows.filter(pk__in=[deadline.pk for deadline in deadlines])
    days, moved = queries.calendar(), []
    for row in rows.order_by("pk").select_related("body").prefetch_related("events"):
        due = queries.reckoning(row, days, list(row.events.all())).due
        if due != row.due_on:
            moved.append(_move(row, due, because or {}))
    return moved


def _tell(moved: list[Deadline], row: EnteredDay, key: str) -> None:
    """Bodies and followers hear what moved; other apps move what they reckon themselves."""
    of_calendar(moved, _reason(row), key)
    calendar_changed.send(EnteredDay, reason=_reason(row), key=key)


def _move(row: Deadline, due: date | None, because: Mapping[str, Any]) -> Deadline:
    event = happened(row, Event.What.RECOMPUTED, by=SYSTEM, details=because)
    row.due_on = event.due_after = due
    if row.lapsed_on and due and due >= event.on:
        row.lapsed_on = None
    row.sequence += 1
    row.save()
    event.save()
    return row


def _said(row: EnteredDay) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "kind": row.kind,
        "worked": row.worked.isoformat() if row.worked else "",
        "name": dict(row.name),
        "source": row.source,
        "address": row.address,
    }


def _reason(row: EnteredDay) -> str:
    return f"{row.day:%d.%m.%Y}, {row.source}"


def _details(row: EnteredDay, moved: list[Deadline]) -> dict[str, Any]:
    return {**_said(row), "verified": row.is_verified, "moved": len(moved)}
