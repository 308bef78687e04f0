"""Public contributions as JSON, for programs."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aiqyn_portal.contributions import queries
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.contributions.views.acting import contribution_or_404

MOST = 100
FREE = {"Access-Control-Allow-Origin": "*"}


@require_safe
def listing(request: HttpRequest) -> JsonResponse:
    """`?kind=…&about=…&before=…`: newest first, 100 at once; `next` is the address of the rest."""
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ("kind", "about")}
    rows = Contribution.objects.public().select_related("body").order_by("-pk")
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["about"]:
        rows = rows.filter(about_key=asked["about"])
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 16:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[:MOST])
    rest = request.GET.copy()
    rest["before"] = str(found[-1].pk) if found else ""
    onward = f"{request.path}?{rest.urlencode()}" if len(found) == MOST else None
    told = {"contributions": [_told(row) for row in found], "next": onward}
    return JsonResponse(told, headers=FREE)


@require_safe
def one(request: HttpRequest, number: str) -> JsonResponse:
    """One contribution with its steps; of a removed one only that it was."""
    row = contribution_or_404(number)
    steps = [
        {
            "number": told.step.number,
            "at": timezone.localtime(told.at).isoformat(),
            "what": told.step.what,
            "role": told.step.role,
            "outcome": told.step.outcome,
            "reason": told.step.reason,
            "words": dict(told.words) if told.step.role != "author" else {},
            "details": told.step.details,
            "link": told.step.link,
        }
        for told in queries.life(row)
    ]
    return JsonResponse(_told(row) | {"steps": steps}, headers=FREE)


def _told(row: Contribution) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "about": row.about_key,
        "anchor": row.anchor,
        "body": row.body.code,
        "made_at": timezone.localtime(row.made_at).isoformat(),
        "language": row.language,
        "display_name": row.display_name if row.is_public else "",
        "text": row.text if row.is_public else "",
        "wording": row.wording if row.is_public else "",
        "stance": row.stance,
        "shown": row.shown,
        "state": row.state,
        "outcome": row.outcome,
        "reason": row.reason,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "votes_for": row.votes_for,
        "votes_against": row.votes_against,
    }
