"""A set begun by mistake is deleted before anybody but its body has seen it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.sections.open_data.actions.files import take_out
from aiqyn_portal.sections.open_data.actions.passports import (
    locked_set,
    refuse_under_review,
    subject_of,
)
from aiqyn_portal.sections.open_data.models import Dataset, File
from aiqyn_portal.sections.open_data.permissions import may_prepare
from aiqyn_portal.sections.open_data.refusals import WasPublished
from aiqyn_portal.trail.actions import record


@transaction.atomic
def discard(row: Dataset, *, by: User) -> None:
    """Delete a set that was never published, with its passport and files; the journal stays.

    A line of the approved list it was to fulfil waits for another. Raises PermissionDenied,
    SetIsGone, WasPublished, UnderReview.
    """
    if not may_prepare(by, row.body):
        raise PermissionDenied
    row = locked_set(row.pk)
    if row.published_at:
        raise WasPublished
    refuse_under_review(row)
    for version in row.versions.select_for_update(no_key=True):
        for file in File.objects.select_for_update().filter(version=version):
            take_out(file, row, by=by)
        version.delete()
    details = {"title": row.title, "state": row.state}
    record(by, "data.discarded", subject_of(row), details)
    row.delete()
