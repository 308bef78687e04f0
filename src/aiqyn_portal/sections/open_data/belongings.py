"""What a person has made of data, for the cabinet, the archive and for leaving."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.contributions.belongings import Belongings, Shown
from aiqyn_portal.sections.open_data.models import Reuse
from aiqyn_portal.sections.open_data.wording import COLOURS


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat() if at else ""


def _reuses(user: Any) -> QuerySet[Reuse]:
    return Reuse.objects.filter(told_by=user).prefetch_related("datasets")


def _reuse(row: Reuse) -> Shown:
    return Shown(
        title=row.title,
        state=row.get_state_display(),
        colour=COLOURS[row.state],
        at=row.told_at,
        href=reverse("open_data:reuse", args=[row.pk]),
        answer=row.reason,
    )


def _reuse_told(row: Reuse) -> Mapping[str, Any]:
    return {
        "number": row.pk,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "link": row.link,
        "display_name": row.display_name,
        "sets": [each.name for each in row.datasets.all()],
        "told_at": _moment(row.told_at),
        "state": row.state,
        "reason": row.reason,
        "decided_at": _moment(row.decided_at),
    }


def _forget_name(rows: QuerySet[Reuse]) -> None:
    """What is shown stays without the name; what waits is not looked at for nobody."""
    rows.filter(state=Reuse.State.WAITING).update(state=Reuse.State.TAKEN_BACK)
    rows.update(display_name="")


REUSES = Belongings(
    code="data_reuses",
    title=_("What I have made of data"),
    of=_reuses,
    shown=_reuse,
    told=_reuse_told,
    erase=_forget_name,
)
