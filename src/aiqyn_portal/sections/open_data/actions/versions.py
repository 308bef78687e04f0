"""Versions of a set after its first, and the end of a set."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.sections.open_data import searching
from aiqyn_portal.sections.open_data.actions.passports import locked_set, subject_of
from aiqyn_portal.sections.open_data.actions.telling import tell_of_withdrawal
from aiqyn_portal.sections.open_data.models import Dataset, Version
from aiqyn_portal.sections.open_data.permissions import may_moderate, may_prepare
from aiqyn_portal.sections.open_data.refusals import (
    NotPublished,
    ReasonMissing,
    VersionInPreparation,
    VersionIsClosed,
)
from aiqyn_portal.trail.actions import record


@transaction.atomic
def start_version(row: Dataset, *, by: User, at: datetime) -> Version:
    """Begin the next version of a published set.

    Raises PermissionDenied, NotPublished, VersionInPreparation.
    """
    if not may_prepare(by, row.body):
        raise PermissionDenied
    row = locked_set(row.pk)
    if row.state != Dataset.State.PUBLISHED:
        raise NotPublished
    last = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            version = Version.objects.create(
                dataset=row, number=last + 1, created_at=at, created_by=by
            )
    except IntegrityError:
        raise VersionInPreparation from None
    record(by, "data.version_started", subject_of(row), {"version": version.number})
    return version


@transaction.atomic
def set_note(version: Version, note: Phrase, *, by: User) -> None:
    """Say what is new in a version that may still be changed.

    Raises PermissionDenied, VersionIsClosed.
    """
    if not may_prepare(by, version.dataset.body):
        raise PermissionDenied
    if not Version.objects.filter(pk=version.pk, state__in=Version.OPEN).update(note=note):
        raise VersionIsClosed
    record(by, "data.version_note", subject_of(version.dataset), {"version": version.number})


@transaction.atomic
def withdraw(row: Dataset, reason: str, *, by: User, at: datetime) -> None:
    """Take a set out of the catalogue and tell who follows it; its page stays and says why.

    Raises PermissionDenied, NotPublished, ReasonMissing.
    """
    if not (may_prepare(by, row.body) or may_moderate(by)):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonMissing
    offered = Dataset.objects.filter(pk=row.pk, state=Dataset.State.PUBLISHED)
    ended = {"state": Dataset.State.WITHDRAWN, "withdrawn_at": at, "next_due": None}
    if not offered.update(**ended, reason=reason.strip(), changed_at=at, changed_by=by):
        raise NotPublished
    row.refresh_from_db()
    searching.enter(row)
    tell_of_withdrawal(row, by=by, at=at)
    record(by, "data.withdrawn", subject_of(row), {"reason": reason.strip()})
