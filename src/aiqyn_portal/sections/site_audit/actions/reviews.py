"""An expert fills in the form, aspect by aspect, and publishes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit.models import Review
from aiqyn_portal.sections.site_audit.permissions import is_auditor
from aiqyn_portal.sections.site_audit.refusals import MarksAreMissing, ReviewPublished
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True)
class Opinion:
    """One aspect: "good", "bad", "both", or "" for no opinion."""

    mark: str
    remark: str = ""


@transaction.atomic
def save_review(
    audit: Audit, marks: Mapping[str, Opinion], *, by: User, at: datetime, publish: bool = False
) -> Review:
    """Keep the form as a draft only its author sees, or publish it for good.

    Raises PermissionDenied, ReviewPublished, MarksAreMissing.
    """
    if not is_auditor(by):
        raise PermissionDenied
    review = Review.objects.filter(audit=audit, expert=by).first() or Review(audit=audit, expert=by)
    if review.published_at is not None:
        raise ReviewPublished
    said = {code: each for code, each in marks.items() if each.mark or each.remark.strip()}
    if publish and not any(each.mark for each in said.values()):
        raise MarksAreMissing
    review.marks = {
        code: {"mark": each.mark, "remark": each.remark.strip()} for code, each in said.items()
    }
    review.saved_at = at
    review.published_at = at if publish else None
    review.save()
    if publish:
        subject = f"body:{audit.body.code}/audit:{audit.pk}"
        record(by, "review.published", subject, {"marks": review.marks})
    return review
