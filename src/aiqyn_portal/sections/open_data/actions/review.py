"""From preparation to publication: submitted, held, returned with a reason, released."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.sections.open_data import searching
from aiqyn_portal.sections.open_data.actions.passports import locked_set, subject_of
from aiqyn_portal.sections.open_data.deadlines import next_due
from aiqyn_portal.sections.open_data.models import Dataset, File, Hold, Version
from aiqyn_portal.sections.open_data.permissions import (
    may_decide_hold,
    may_moderate,
    may_prepare,
)
from aiqyn_portal.sections.open_data.queries import missing_in_passport
from aiqyn_portal.sections.open_data.refusals import (
    AlreadyDecided,
    ChangedSince,
    FileCannotBeRead,
    FilesAreBeingRead,
    NoFiles,
    NotPublished,
    NotUnderReview,
    PassportIncomplete,
    PersonalDataUndecided,
    ReasonMissing,
    VersionIsClosed,
)
from aiqyn_portal.trail.actions import record

UNPUBLISHED = (Dataset.State.DRAFT, Dataset.State.REVIEW, Dataset.State.RETURNED)


@transaction.atomic
def submit(version: Version, *, by: User, at: datetime) -> None:
    """Hand a version in for review.

    Raises PermissionDenied, VersionIsClosed, NoFiles, FilesAreBeingRead, FileCannotBeRead,
    PersonalDataUndecided, PassportIncomplete, NotPublished (the set has been withdrawn).
    """
    if not may_prepare(by, version.dataset.body):
        raise PermissionDenied
    row = locked_set(version.dataset_id)
    Version.objects.select_for_update(no_key=True).get(pk=version.pk)  # no file comes meanwhile
    _refuse_unready(row, version)
    open_ = Version.objects.filter(pk=version.pk, state__in=Version.OPEN)
    if not open_.update(state=Version.State.REVIEW, submitted_at=at, reason=""):
        raise VersionIsClosed
    _move(row, Dataset.State.REVIEW)
    record(by, "data.submitted", subject_of(row), {"version": version.number})


def _refuse_unready(row: Dataset, version: Version) -> None:
    if row.state == Dataset.State.WITHDRAWN:
        raise NotPublished
    files = list(version.files.select_related("hold"))
    if not files:
        raise NoFiles
    if any(file.is_live for file in files):
        raise FilesAreBeingRead
    if failed := [file.name for file in files if file.state == File.State.FAILED]:
        raise FileCannotBeRead(", ".join(failed))
    if held := [file.name for file in files if _is_held(file)]:
        raise PersonalDataUndecided(", ".join(held))
    if missing := missing_in_passport(row):
        raise PassportIncomplete(", ".join(map(str, missing)))


def _is_held(file: File) -> bool:
    hold: Hold | None = getattr(file, "hold", None)
    return hold is not None and hold.keeps


def _move(row: Dataset, state: Dataset.State, reason: str = "") -> None:
    """Take a set that has not been published along with its first version."""
    Dataset.objects.filter(pk=row.pk, state__in=UNPUBLISHED).update(state=state, reason=reason)


@transaction.atomic
def release(version: Version, *, by: User, at: datetime, seen: int | None = None) -> None:
    """Publish a version under review; it becomes the one readers are shown.

    `seen` is the edition of the passport the moderator looked at. Raises PermissionDenied,
    NotUnderReview, ChangedSince, and what keeps a version from being submitted.
    """
    if not may_moderate(by):
        raise PermissionDenied
    row = locked_set(version.dataset_id)
    _refuse_unready(row, version)
    waiting = Version.objects.filter(pk=version.pk, state=Version.State.REVIEW)
    stars = max(version.files.values_list("stars", flat=True), default=0)
    released = {"state": Version.State.RELEASED, "released_at": at, "released_by": by}
    if not waiting.update(**released, stars=stars):
        raise NotUnderReview
    if seen is not None and seen != row.edition:
        raise ChangedSince
    version.refresh_from_db()
    row.newest = version
    row.state, row.reason = Dataset.State.PUBLISHED, ""
    row.published_at = row.published_at or at
    row.next_due = next_due(row.frequency, timezone.localdate(at))
    row.save()
    searching.enter(row)
    record(by, "data.released", subject_of(row), {"version": version.number, "stars": stars})


@transaction.atomic
def send_back(version: Version, reason: str, *, by: User, at: datetime) -> None:
    """Return a version under review to its officer.

    Raises PermissionDenied, ReasonMissing, NotUnderReview.
    """
    if not may_moderate(by):
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    row = locked_set(version.dataset_id)
    waiting = Version.objects.filter(pk=version.pk, state=Version.State.REVIEW)
    if not waiting.update(state=Version.State.RETURNED, reason=reason):
        raise NotUnderReview
    _move(row, Dataset.State.RETURNED, reason)
    details = {"version": version.number, "reason": reason}
    record(by, "data.returned", subject_of(row), details)


@transaction.atomic
def uncover(file: File, shown: range, *, by: User) -> None:
    """Keep in the journal who sees which rows with personal data as they are.

    Raises PermissionDenied.
    """
    dataset = file.version.dataset
    if not may_decide_hold(by, dataset.body):
        raise PermissionDenied
    details = {
        "version": file.version.number,
        "file": file.name,
        "key": file.pk,
        "rows": f"{shown[0]}–{shown[-1]}" if shown else "",
    }
    record(by, "data.exact_values_seen", subject_of(dataset), details)


@transaction.atomic
def decide_hold(
    hold: Hold, decision: Hold.Decision, reason: str, *, by: User, at: datetime
) -> None:
    """Say whether a file with personal data may be published, and why.

    Raises PermissionDenied, ReasonMissing, AlreadyDecided.
    """
    dataset = hold.file.version.dataset
    if not may_decide_hold(by, dataset.body):
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    waiting = Hold.objects.filter(pk=hold.pk, decision=Hold.Decision.OPEN)
    if not waiting.update(decision=decision, reason=reason, decided_by=by, decided_at=at):
        raise AlreadyDecided
    details = {"file": hold.file.name, "decision": decision.value, "reason": reason}
    record(by, "data.hold_decided", subject_of(dataset), details)
