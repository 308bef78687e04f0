"""Categories a person held to be wrong: for the cabinet and the archive."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.contributions.belongings import Belongings, Shown
from aiqyn_portal.sections.drafts.models import CategoryReport
from aiqyn_portal.sections.drafts.wording import category_said

COLOURS = {"open": "grey", "agreed": "green", "kept": "red"}


def _of(user: Any) -> QuerySet[CategoryReport]:
    mine = CategoryReport.objects.filter(told_by=user).order_by("-told_at", "-pk")
    return mine.select_related("draft__body")


def _shown(row: CategoryReport) -> Shown:
    return Shown(
        title=f"{row.draft}: {category_said(row.meant)}"[:200],
        state=row.get_state_display(),
        colour=COLOURS[row.state],
        at=row.told_at,
        href=reverse("drafts:report_category", args=[row.draft.slug]),
        body=str(row.draft.body),
        answer=row.answer,
    )


def _told(row: CategoryReport) -> Mapping[str, Any]:
    return {
        "draft": row.draft.slug,
        "said": row.said,
        "meant": row.meant,
        "text": row.text,
        "told_at": timezone.localtime(row.told_at).isoformat(),
        "state": row.state,
        "answer": row.answer,
        "decided_at": timezone.localtime(row.decided_at).isoformat() if row.decided_at else "",
    }


def _forget_words(rows: QuerySet[CategoryReport]) -> None:
    """Why somebody thought so is read by the body alone; it goes with the person."""
    rows.update(text="")


CATEGORY_REPORTS = Belongings(
    code="category_reports",
    title=_("Categories of drafts I held to be wrong"),
    of=_of,
    shown=_shown,
    told=_told,
    erase=_forget_words,
)
