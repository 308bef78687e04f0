"""Versions of a draft that is public already: begun, noted, published, given up."""

from datetime import datetime

from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.sections.drafts import searching, telling
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.models import Draft, Version
from aiqyn_portal.sections.drafts.queries.readiness import lacking, open_version
from aiqyn_portal.sections.drafts.refusals import NotReady, VersionMissing, VersionOpen
from aiqyn_portal.trail.actions import record


@transaction.atomic
def start_version(draft: Draft, *, by: User, at: datetime) -> Version:
    """Begin the next version. Raises PermissionDenied, DraftIsOver, VersionOpen."""
    refuse_strangers(draft, by)
    if open_version(draft) is not None:
        raise VersionOpen
    last = draft.versions.latest("number")
    version = Version.objects.create(
        draft=draft, number=last.number + 1, created_at=at, created_by=by
    )
    record(by, "draft.version_started", subject_of(draft), {"version": version.number})
    return version


@transaction.atomic
def set_note(version: Version, note: Phrase, *, by: User) -> None:
    """Say what is new. Raises PermissionDenied, DraftIsOver, VersionMissing."""
    refuse_strangers(version.draft, by)
    mine = Version.objects.filter(pk=version.pk, published_at__isnull=True)
    if not mine.update(note=note):
        raise VersionMissing


@transaction.atomic
def publish_version(draft: Draft, *, by: User, at: datetime) -> Version:
    """Show the version in preparation to everybody; comments follow their paragraphs.

    Raises PermissionDenied, DraftIsOver, VersionMissing, NotReady.
    """
    refuse_strangers(draft, by)
    version = open_version(draft)
    if version is None:
        raise VersionMissing
    if missing := lacking(draft):
        raise NotReady(", ".join(map(str, missing)))
    release(draft, version, at=at)
    record(by, "draft.version", subject_of(draft), {"version": version.number})
    telling.new_version(draft, version, by=by, at=at)
    searching.enter(draft)
    return version


def release(draft: Draft, version: Version, *, at: datetime) -> None:
    """Make a version the one readers are shown."""
    version.published_at = at
    version.save(update_fields=["published_at"])
    draft.newest, draft.changed_at = version, at
    draft.save(update_fields=["newest", "changed_at"])


@transaction.atomic
def give_up_version(draft: Draft, *, by: User) -> None:
    """Take away the version in preparation of a public draft; its files stay in the store.

    Raises PermissionDenied, DraftIsOver, VersionMissing.
    """
    refuse_strangers(draft, by)
    version = open_version(draft)
    if version is None or not draft.is_public:
        raise VersionMissing
    number = version.number
    version.delete()
    record(by, "draft.version_given_up", subject_of(draft), {"version": number})
