"""Files beside the text: attached and taken away while the draft lives."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base import attached
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.models import Attachment, Draft
from aiqyn_portal.sections.drafts.refusals import (
    AttachmentKindUnknown,
    AttachmentTwice,
    FileEmpty,
    FileTooBig,
    NotInPreparation,
    TooManyAttachments,
)
from aiqyn_portal.trail.actions import record

MEGABYTES, MOST = 10, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it was sent."""

    kind: str  # a value of Attachment.Kind
    title: str
    name: str
    content: bytes
    language: str = ""


@transaction.atomic
def attach(draft: Draft, file: File, *, by: User, at: datetime) -> Attachment:
    """Keep a file beside the draft.

    Raises PermissionDenied, DraftIsOver, FileEmpty, FileTooBig, AttachmentKindUnknown,
    TooManyAttachments, AttachmentTwice.
    """
    if file.kind != Attachment.Kind.MINUTES:  # minutes may come after the act
        refuse_strangers(draft, by)
    media_type = _judged(file)
    if draft.attachments.count() >= MOST:
        raise TooManyAttachments(MOST)
    name = attached.plain_name(file.name)
    seen = keep(
        file.content,
        body=draft.body,
        origin=Snapshot.Origin.UPLOAD,
        address=f"draft:{draft.slug}/{name}",
        taken_at=at,
        media_type=media_type,
    )
    attachment = Attachment(
        draft=draft,
        kind=file.kind,
        language=file.language,
        title=file.title or name,
        name=name,
        sha256=seen.sha256,
        size=len(file.content),
        media_type=media_type,
        added_at=at,
        added_by=by,
    )
    try:
        with transaction.atomic():
            attachment.save()
    except IntegrityError:
        raise AttachmentTwice from None
    record(by, "draft.attached", subject_of(draft), {"file": name, "sha256": seen.sha256})
    return attachment


def _judged(file: File) -> str:
    """The media type by the bytes; what is nothing a reader opens is refused."""
    if not file.content:
        raise FileEmpty
    if len(file.content) > MEGABYTES * 1024 * 1024:
        raise FileTooBig(MEGABYTES)
    media_type = attached.media_type(file.name, file.content)
    if not media_type:
        raise AttachmentKindUnknown(", ".join(attached.ENDINGS))
    return media_type


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> None:
    """Take a file away before the discussion; what was published stays.

    Raises PermissionDenied, DraftIsOver, NotInPreparation.
    """
    draft = attachment.draft
    refuse_strangers(draft, by)
    if draft.is_public:
        raise NotInPreparation
    details = {"file": attachment.name, "sha256": attachment.sha256}
    attachment.delete()
    record(by, "draft.detached", subject_of(draft), details)
