"""Hours of online discussion and hearings: announced, called off, their minutes attached."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.streams import hosts, is_stream
from aiqyn_portal.sections.drafts import telling
from aiqyn_portal.sections.drafts.actions.attachments import File, attach
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.models import Draft, Meeting
from aiqyn_portal.sections.drafts.permissions import may_prepare
from aiqyn_portal.sections.drafts.refusals import (
    MeetingInThePast,
    NoDiscussion,
    ReasonNeeded,
    StreamNotAllowed,
)
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Where and when people meet."""

    kind: str  # a value of Meeting.Kind
    starts_at: datetime
    ends_at: datetime
    place: Phrase
    stream: str = ""


@transaction.atomic
def announce_meeting(draft: Draft, said: Invitation, *, by: User, at: datetime) -> Meeting:
    """Invite everybody. Raises PermissionDenied, DraftIsOver, NoDiscussion, MeetingInThePast,
    StreamNotAllowed.
    """
    refuse_strangers(draft, by)
    if not draft.is_public:
        raise NoDiscussion
    if said.starts_at <= at:
        raise MeetingInThePast
    if said.stream and not is_stream(said.stream):
        raise StreamNotAllowed(", ".join(hosts()))
    meeting = Meeting.objects.create(
        draft=draft,
        kind=said.kind,
        starts_at=said.starts_at,
        ends_at=said.ends_at,
        place=said.place,
        stream=said.stream,
        announced_at=at,
        announced_by=by,
    )
    record(by, "draft.meeting", subject_of(draft), {"starts": said.starts_at, "kind": said.kind})
    telling.meeting(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def call_off(meeting: Meeting, reason: str, *, by: User, at: datetime) -> None:
    """Say that it does not take place. Raises PermissionDenied, ReasonNeeded, MeetingInThePast."""
    if not may_prepare(by, meeting.draft.body):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonNeeded
    if meeting.starts_at <= at:
        raise MeetingInThePast
    meeting.called_off = reason.strip()
    meeting.save(update_fields=["called_off"])
    record(by, "draft.meeting_off", subject_of(meeting.draft), {"reason": reason})
    telling.meeting_off(meeting, by=by, at=at)


@transaction.atomic
def add_minutes(meeting: Meeting, file: File, *, by: User, at: datetime) -> None:
    """Attach what was said there. Raises PermissionDenied and what `attach` raises."""
    if not may_prepare(by, meeting.draft.body):
        raise PermissionDenied
    meeting.minutes = attach(meeting.draft, file, by=by, at=at)
    meeting.save(update_fields=["minutes"])
