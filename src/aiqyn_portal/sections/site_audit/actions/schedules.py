"""Audits that come round by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.site_audit.models import Schedule
from aiqyn_portal.sections.site_audit.permissions import is_auditor
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often, and at what hour of the portal's own time."""

    every_days: int
    hour: int
    is_paused: bool


@transaction.atomic
def set_schedule(body: Body, rhythm: Rhythm, *, by: User, at: datetime) -> Schedule:
    """Have the site audited from the next such hour on.

    Raises PermissionDenied for anybody but evaluators and administrators.
    """
    if not is_auditor(by):
        raise PermissionDenied
    wanted = {
        "every_days": rhythm.every_days,
        "hour": rhythm.hour,
        "is_paused": rhythm.is_paused,
        "next_at": next_hour(at, rhythm.hour),
        "set_by": by,
        "set_at": at,
    }
    schedule, _ = Schedule.objects.update_or_create(body=body, defaults=wanted)
    details = {name: wanted[name] for name in ("every_days", "hour", "is_paused")}
    record(by, "audit.scheduled", f"body:{body.code}", details)
    return schedule


def next_hour(at: datetime, hour: int) -> datetime:
    """The next moment at which it is `hour` o'clock here."""
    today = _at(timezone.localdate(at), hour)
    return today if today > at else _at(timezone.localdate(at) + timedelta(days=1), hour)


def take_due(at: datetime) -> Iterator[Body]:
    """Bodies whose audit is due; each is set to its next day as it is taken, by one worker only."""
    due = Schedule.objects.filter(is_paused=False, next_at__lte=at).select_related("body")
    for schedule in due:
        coming = _at(timezone.localdate(at) + timedelta(days=schedule.every_days), schedule.hour)
        same = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
        if same.update(next_at=coming):
            yield schedule.body


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone())
