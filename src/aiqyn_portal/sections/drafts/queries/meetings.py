"""Meetings that are still to come."""

from datetime import datetime

from django.db.models import QuerySet

from aiqyn_portal.sections.drafts.models import Meeting

MOST = 10


def coming(now: datetime) -> QuerySet[Meeting]:
    """The next meetings over public drafts, the nearest first."""
    standing = Meeting.objects.filter(ends_at__gte=now, called_off="")
    return standing.exclude(draft__state="preparation").select_related("draft__body")[:MOST]
