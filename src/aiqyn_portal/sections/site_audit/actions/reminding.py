"""Officers are reminded of the repairs they have named a day for."""

from datetime import date, timedelta

from django.utils import timezone

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.site_audit import telling
from aiqyn_portal.sections.site_audit.models import Reply
from aiqyn_portal.sections.site_audit.promises import UNCHECKED, WAITING, Promise, promises
from aiqyn_portal.sections.site_audit.queries import lines_of

AHEAD = timedelta(days=3)  # so long before the day, and after it, one is reminded


def remind(today: date) -> None:
    """Tell of every promise that comes near, is due or has passed unseen; each stage once."""
    named = Reply.objects.filter(fix_by__gte=today - AHEAD, fix_by__lte=today + AHEAD)
    for body in Body.objects.filter(pk__in=named.values("finding__body")):
        newest = body.audits.counting().first()
        if newest is None:
            continue
        for promise in promises(body, newest, lines_of(newest), today):
            stage = _stage_of(promise, today)
            if stage:
                telling.repair_due(promise, stage)


def _stage_of(promise: Promise, today: date) -> str:
    """What is to be told: "soon", "today", "passed"; "" for nothing."""
    day = promise.day
    if abs(day - today) > AHEAD:
        return ""
    if promise.state == UNCHECKED and day < today:
        return "passed"
    if promise.state != WAITING:
        return ""
    if day == today:
        return "today"
    is_old = timezone.localdate(promise.reply.replied_at) < day - AHEAD
    return "soon" if is_old else ""
