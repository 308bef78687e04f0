"""Categories that people hold to be wrong: said by anybody, answered by the body."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from aiqyn_portal.accounts.acting import one_by_one
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import texts
from aiqyn_portal.sections.drafts import searching, telling
from aiqyn_portal.sections.drafts.actions.passports import subject_of
from aiqyn_portal.sections.drafts.models import CategoryReport, Draft
from aiqyn_portal.sections.drafts.permissions import may_prepare
from aiqyn_portal.sections.drafts.queries.desk import alike
from aiqyn_portal.sections.drafts.refusals import (
    CategoryMoved,
    CategoryTheSame,
    DecidedAlready,
    ReasonNeeded,
    ReportedAlready,
    TooManyReports,
)
from aiqyn_portal.trail.actions import record

A_DAY = 20  # reports of one person
State = CategoryReport.State


@transaction.atomic
def report_category(
    draft: Draft, meant: str, text: str, *, by: User | None, at: datetime
) -> CategoryReport:
    """Say that a draft belongs elsewhere; `by` is None for somebody who is not signed in.

    Such people together say the same of a draft once, whatever the body answers.
    Raises CategoryTheSame, ReportedAlready, TooManyReports.
    """
    if meant == draft.category:
        raise CategoryTheSame
    if by is not None:
        _refuse_too_many(by, at)
    said = texts.masked(texts.clean(text))
    report = CategoryReport(
        draft=draft, said=draft.category, meant=meant, text=said[:500], told_at=at, told_by=by
    )
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        raise ReportedAlready from None
    return report


def _refuse_too_many(by: User, at: datetime) -> None:
    one_by_one(by)
    since = at - timedelta(days=1)
    if CategoryReport.objects.filter(told_by=by, told_at__gt=since).count() >= A_DAY:
        raise TooManyReports


@transaction.atomic
def decide_category(
    report: CategoryReport, *, agrees: bool, answer: str, by: User, at: datetime
) -> None:
    """Change the category, or say why it stays: one answer for all who said the same of it.

    Nobody is agreed with who spoke of a category that has been changed to a third one since.
    Raises PermissionDenied, ReasonNeeded, DecidedAlready, CategoryMoved.
    """
    held = Draft.objects.select_for_update(of=("self",), no_key=True)  # others decide after us
    draft = held.select_related("body").get(pk=report.draft_id)
    if not may_prepare(by, draft.body):
        raise PermissionDenied
    words = texts.clean(answer)[:500]
    if not agrees and not texts.has_words(words):
        raise ReasonNeeded
    rows = list(
        alike(report).select_for_update(of=("self",), no_key=True).select_related("told_by")
    )
    if report.pk not in {row.pk for row in rows}:
        raise DecidedAlready
    if agrees and draft.category not in {report.said, report.meant}:
        raise CategoryMoved
    for row in rows:
        row.state = State.AGREED if agrees else State.KEPT
        row.answer, row.decided_at, row.decided_by = words, at, by
    CategoryReport.objects.bulk_update(rows, ["state", "answer", "decided_at", "decided_by"])
    details = {"from": draft.category, "to": report.meant, "agrees": agrees}
    if agrees:
        draft.category, draft.changed_at = report.meant, at
        draft.save(update_fields=["category", "changed_at"])
        searching.enter(draft)
    report.refresh_from_db(fields=["state", "answer", "decided_at", "decided_by"])
    to = [row.told_by for row in rows if row.told_by is not None]
    telling.category_answered(draft, report, to=to, by=by, at=at)
    record(by, "draft.category", subject_of(draft), details)
