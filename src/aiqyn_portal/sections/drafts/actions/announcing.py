"""Where a body has told of a discussion; and categories that people hold to be wrong."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.sections.drafts import searching, vocabulary
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.models import Announcement, CategoryReport, Draft
from aiqyn_portal.sections.drafts.permissions import may_prepare
from aiqyn_portal.sections.drafts.refusals import (
    AnnouncedTwice,
    CategoryTheSame,
    DecidedAlready,
    LinkElsewhere,
    NoDiscussion,
    ReasonNeeded,
    ReportedAlready,
    TooManyReports,
)
from aiqyn_portal.trail.actions import record

A_DAY = 20  # reports of one person


@transaction.atomic
def add_announcement(
    draft: Draft, channel: str, link: str, *, told_on: date, by: User, at: datetime
) -> Announcement:
    """Note a post about the newest discussion.

    Raises PermissionDenied, DraftIsOver, NoDiscussion, LinkElsewhere, AnnouncedTwice.
    """
    refuse_strangers(draft, by)
    if draft.discussion is None:
        raise NoDiscussion
    host = vocabulary.channels()[channel].host
    if host and not vocabulary.is_on(urlsplit(link).hostname or "", host):
        raise LinkElsewhere
    told = Announcement(
        discussion=draft.discussion,
        channel=channel,
        link=link,
        told_on=told_on,
        added_at=at,
        added_by=by,
    )
    try:
        with transaction.atomic():
            told.save()
    except IntegrityError:
        raise AnnouncedTwice from None
    record(by, "draft.announced", subject_of(draft), {"channel": channel, "link": link})
    return told


@transaction.atomic
def report_category(
    draft: Draft, meant: str, text: str, *, by: User, at: datetime
) -> CategoryReport:
    """Say that a draft belongs elsewhere.

    Raises CategoryTheSame, ReportedAlready, TooManyReports.
    """
    if meant == draft.category:
        raise CategoryTheSame
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # they are counted one by one
    since = at - timedelta(days=1)
    if CategoryReport.objects.filter(told_by=by, told_at__gt=since).count() >= A_DAY:
        raise TooManyReports
    report = CategoryReport(
        draft=draft, said=draft.category, meant=meant, text=text, told_at=at, told_by=by
    )
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        raise ReportedAlready from None
    return report


@transaction.atomic
def decide_category(
    report: CategoryReport, *, agrees: bool, answer: str, by: User, at: datetime
) -> None:
    """Change the category, or say why it stays.

    Raises PermissionDenied, ReasonNeeded, DecidedAlready.
    """
    draft = report.draft
    if not may_prepare(by, draft.body):
        raise PermissionDenied
    if not agrees and not answer.strip():
        raise ReasonNeeded
    state = CategoryReport.State.AGREED if agrees else CategoryReport.State.KEPT
    waiting = CategoryReport.objects.filter(pk=report.pk, state=CategoryReport.State.OPEN)
    said = {"answer": answer.strip(), "decided_at": at, "decided_by": by}
    if not waiting.update(state=state, **said):
        raise DecidedAlready
    details = {"from": draft.category, "to": report.meant, "agrees": agrees}
    if agrees:
        draft.category, draft.changed_at = report.meant, at
        draft.save(update_fields=["category", "changed_at"])
        searching.enter(draft)
    record(by, "draft.category", subject_of(draft), details)
