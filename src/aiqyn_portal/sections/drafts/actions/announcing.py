"""Where a body has told of a discussion."""

from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.sections.drafts import vocabulary
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.models import Announcement, Draft
from aiqyn_portal.sections.drafts.refusals import AnnouncedTwice, LinkElsewhere, NoDiscussion
from aiqyn_portal.trail.actions import record


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
