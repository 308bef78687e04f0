"""A discussion: started with a notice, repeated, closed with its report."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from msgspec import to_builtins

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.deadlines import actions as clock
from aiqyn_portal.sections.drafts import searching, telling, terms
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.actions.versions import release
from aiqyn_portal.sections.drafts.models import Discussion, Draft
from aiqyn_portal.sections.drafts.queries.commenting import undecided
from aiqyn_portal.sections.drafts.queries.readiness import LANGUAGES, lacking, open_version
from aiqyn_portal.sections.drafts.refusals import (
    CommentsUndecided,
    DiscussionRuns,
    DiscussionTooShort,
    NoDiscussion,
    NotInPreparation,
    NotReady,
    NotReported,
    OpensInThePast,
    ReasonNeeded,
)
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """When a discussion is to run; without `closes_on` exactly the legal term."""

    opens_on: date
    closes_on: date | None = None
    term: str = terms.ORDINARY
    reason: Phrase = field(default_factory=Phrase)  # of a repeated one


@transaction.atomic
def start_discussion(draft: Draft, opening: Opening, *, by: User, at: datetime) -> Discussion:
    """Publish the notice and the first version; comments are taken from `opens_on`.

    Raises PermissionDenied, NotInPreparation, NotReady, OpensInThePast, DiscussionTooShort.
    """
    refuse_strangers(draft, by)
    if not Draft.objects.filter(pk=draft.pk, state=Draft.State.PREPARATION).exists():
        raise NotInPreparation
    return _open(draft, opening, by, at)


@transaction.atomic
def repeat_discussion(draft: Draft, opening: Opening, *, by: User, at: datetime) -> Discussion:
    """Discuss a reported draft once more; all who commented before are told.

    Raises PermissionDenied, DraftIsOver, NotReported, ReasonNeeded and as `start_discussion`.
    """
    refuse_strangers(draft, by)
    if draft.state != Draft.State.REPORTED:
        raise NotReported
    if not _in_both(opening.reason):
        raise ReasonNeeded
    return _open(draft, opening, by, at)


def _in_both(reason: Phrase) -> bool:
    return all(reason.get(language, "").strip() for language in LANGUAGES)


def _open(draft: Draft, opening: Opening, by: User, at: datetime) -> Discussion:
    if missing := lacking(draft):
        raise NotReady(", ".join(map(str, missing)))
    if opening.opens_on < timezone.localdate(at):
        raise OpensInThePast
    version = open_version(draft)
    if version is not None:
        release(draft, version, at=at)
    number = draft.discussions.count() + 1
    due_on = terms.reckoned(opening.term, opening.opens_on).due
    assert due_on is not None  # noqa: S101  no suspension: the clock does not stand
    closes_on = opening.closes_on or due_on
    if closes_on < due_on:
        raise DiscussionTooShort(due_on.isoformat())
    assert draft.newest is not None  # noqa: S101  it has a version: nothing is lacking
    discussion = Discussion.objects.create(
        draft=draft,
        number=number,
        version=draft.newest,
        term=opening.term,
        rule=to_builtins(terms.known(opening.term).rule()),
        noticed_at=at,
        noticed_by=by,
        opens_on=opening.opens_on,
        due_on=due_on,
        closes_on=closes_on,
        reason=opening.reason,
        report_due_on=clock_of_report(draft, number, closes_on),
    )
    draft.discussion, draft.state, draft.changed_at = discussion, Draft.State.DISCUSSION, at
    draft.save(update_fields=["discussion", "state", "changed_at"])
    searching.enter(draft)
    details = {"discussion": number, "opens": discussion.opens_on, "closes": closes_on}
    record(by, "draft.discussion_started", subject_of(draft), details)
    telling.started(draft, discussion, by=by, at=at)
    return discussion


def clock_of_report(draft: Draft, number: int, closes_on: date) -> date | None:
    """Start the term of the report; return the day it is due."""
    return clock.start(
        terms.report_subject(draft, number),
        term=terms.REPORT,
        body=draft.body,
        on=closes_on,
        href=terms.href(draft),
        title=telling.report_due(draft),
    ).due_on


def restart_report(draft: Draft, discussion: Discussion, *, at: datetime) -> None:
    """The last day has moved: the term of the report begins anew on the day it stands on now."""
    clock.withdraw(terms.report_subject(draft, discussion.number), at)
    discussion.report_due_on = clock_of_report(draft, discussion.number, discussion.closes_on)


@transaction.atomic
def extend_discussion(
    draft: Draft, closes_on: date, reason: Phrase, *, by: User, at: datetime
) -> Discussion:
    """Take comments longer. Raises PermissionDenied, NoDiscussion, ReasonNeeded,
    DiscussionTooShort.
    """
    refuse_strangers(draft, by)
    discussion = draft.discussion
    if draft.state != Draft.State.DISCUSSION or discussion is None:
        raise NoDiscussion
    if not _in_both(reason):
        raise ReasonNeeded
    if closes_on <= max(discussion.closes_on, timezone.localdate(at)):
        raise DiscussionTooShort((discussion.closes_on + timedelta(days=1)).isoformat())
    was, discussion.closes_on = discussion.closes_on, closes_on
    restart_report(draft, discussion, at=at)
    discussion.save(update_fields=["closes_on", "report_due_on"])
    details = {"was": was, "closes": closes_on, "reason": reason}
    record(by, "draft.discussion_extended", subject_of(draft), details)
    telling.extended(draft, discussion, reason, by=by, at=at)
    return discussion


@transaction.atomic
def close_discussion(draft: Draft, *, by: User, at: datetime) -> Discussion:
    """Publish the result report. Raises PermissionDenied, NoDiscussion, DiscussionRuns,
    CommentsUndecided.
    """
    refuse_strangers(draft, by)
    discussion = draft.discussion
    if draft.state != Draft.State.DISCUSSION or discussion is None:
        raise NoDiscussion
    if discussion.closes_on >= timezone.localdate(at):
        raise DiscussionRuns(discussion.closes_on.isoformat())
    if waiting := undecided(draft).count():
        raise CommentsUndecided(waiting)
    discussion.closed_at, discussion.closed_by = at, by
    discussion.save(update_fields=["closed_at", "closed_by"])
    draft.state, draft.changed_at = Draft.State.REPORTED, at
    draft.save(update_fields=["state", "changed_at"])
    clock.meet(terms.report_subject(draft, discussion.number), at)
    searching.enter(draft)
    record(by, "draft.reported", subject_of(draft), {"discussion": discussion.number})
    telling.reported(draft, discussion, by=by, at=at)
    return discussion
