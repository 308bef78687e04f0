"""What people make of sets: uses counted; and what a body has promised."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data.models import Approved, Dataset, Use
from aiqyn_portal.sections.open_data.permissions import may_moderate, may_see_drafts
from aiqyn_portal.sections.open_data.refusals import NotThisBody
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One line of the approved list."""

    title: Phrase
    source: str
    number: str = ""
    source_link: str = ""
    frequency: str = ""
    due: date | None = None


@transaction.atomic
def count_use(dataset: Dataset, kind: Use.Kind, *, day: date, times: int = 1) -> None:
    """Add to the count of the day, and to all uses of the set."""
    row = {"dataset": dataset, "day": day, "kind": kind}
    if not Use.objects.filter(**row).update(count=F("count") + times):
        _, is_new = Use.objects.get_or_create(**row, defaults={"count": times})
        if not is_new:  # another process was first
            Use.objects.filter(**row).update(count=F("count") + times)
    Dataset.objects.filter(pk=dataset.pk).update(used=F("used") + times)


@transaction.atomic
def add_approved(body: Body, promise: Promise, *, by: User, at: datetime) -> Approved:
    """Add a line to the approved list of a body; raises PermissionDenied."""
    if not may_moderate(by):
        raise PermissionDenied
    line = Approved.objects.create(
        body=body,
        number=promise.number,
        title=promise.title,
        frequency=promise.frequency,
        source=promise.source,
        source_link=promise.source_link,
        due=promise.due,
        added_at=at,
        added_by=by,
    )
    details = {"title": promise.title, "source": promise.source, "due": promise.due}
    record(by, "data.approved", f"body:{body.code}/approved:{line.pk}", details)
    return line


@transaction.atomic
def fulfil(line: Approved, dataset: Dataset | None, *, by: User) -> None:
    """Name the set that fulfils a line of the list; None takes the name away.

    Raises PermissionDenied, NotThisBody.
    """
    if not may_see_drafts(by, line.body):
        raise PermissionDenied
    if dataset is not None and dataset.body_id != line.body_id:
        raise NotThisBody
    line.dataset = dataset
    line.save(update_fields=["dataset"])
    subject = f"body:{line.body.code}/approved:{line.pk}"
    record(by, "data.fulfils", subject, {"set": dataset.name if dataset else ""})
