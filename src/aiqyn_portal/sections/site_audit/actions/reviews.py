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
    """One aspect: "good", "bad", "both", or "" for no opinion; None leaves what was said."""

    mark: str | None = None
    remark: str | None = None


@transaction.atomic
def save_review(
    audit: Audit, marks: Mapping[str, Opinion], *, by: User, at: datetime, publish: bool = False
) -> Review:
    """Keep `marks` in a draft only its author sees, or publish the form for good.

    Aspects `marks` does not name stay as they were: the form is filled in part by part.
    Raises PermissionDenied, ReviewPublished, MarksAreMissing.
    """
    if not is_auditor(by):
        raise PermissionDenied
    kept = Review.objects.select_for_update()
    review, _ = kept.get_or_create(audit=audit, expert=by, defaults={"saved_at": at})
    if review.published_at is not None:
        raise ReviewPublished
    review.marks |= {code: _said(each, review.marks.get(code, {})) for code, each in marks.items()}
    review.marks = {code: said for code, said in review.marks.items() if any(said.values())}
    if publish and not any(said["mark"] for said in review.marks.values()):
        raise MarksAreMissing
    review.saved_at = at
    review.published_at = at if publish else None
    review.save()
    if publish:
        subject = f"body:{audit.body.code}/audit:{audit.pk}"
        record(by, "review.published", subject, {"marks": review.marks})
    return review


def _said(now: Opinion, before: Mapping[str, str]) -> dict[str, str]:
    mark = before.get("mark", "") if now.mark is None else now.mark
    remark = before.get("remark", "") if now.remark is None else now.remark.strip()
    return {"mark": mark, "remark": remark}
