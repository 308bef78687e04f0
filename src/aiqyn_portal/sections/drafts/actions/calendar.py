"""A day entered in the calendar moves the last day of discussions that run.

What people were told is never cut: a day taken back moves the legal term, and not the last day.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from aiqyn_portal.sections.drafts import telling, terms
from aiqyn_portal.sections.drafts.actions.discussions import restart_report
from aiqyn_portal.sections.drafts.actions.passports import subject_of
from aiqyn_portal.sections.drafts.models import Discussion, Draft
from aiqyn_portal.trail.actions import SYSTEM, record


def calendar_changed(sender: Any, *, reason: str, key: str, **_rest: Any) -> None:
    """Hear of it from the deadlines."""
    move_discussions(reason, key, at=timezone.now())


@transaction.atomic
def move_discussions(reason: str, key: str, *, at: datetime) -> list[Discussion]:
    """Reckon the terms of open discussions again; returns those whose last day has moved.

    `reason` says which day was entered and by what source; `key` names the entry.
    """
    rows = Discussion.objects.select_for_update(of=("self",), no_key=True).filter(
        draft__state=Draft.State.DISCUSSION,
        closed_at__isnull=True,
        closes_on__gte=timezone.localdate(at),
    )
    open_ones = rows.select_related("draft__body").order_by("pk")
    return [row for row in list(open_ones) if _moved(row, reason, key, at)]


def _moved(row: Discussion, reason: str, key: str, at: datetime) -> bool:
    due_on, was = terms.reckoned_again(row).due, row.closes_on
    if due_on is None or due_on == row.due_on:
        return False
    row.due_on, row.closes_on = due_on, max(was, due_on)
    if row.closes_on != was:
        restart_report(row.draft, row, at=at)
    row.save(update_fields=["due_on", "closes_on", "report_due_on"])
    details = {"was": was, "closes": row.closes_on, "term_ends": due_on, "reason": reason}
    record(SYSTEM, "draft.discussion_moved", subject_of(row.draft), details)
    if row.closes_on == was:
        return False
    telling.moved(row.draft, row, reason, key, at=at)
    return True
