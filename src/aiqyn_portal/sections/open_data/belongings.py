"""What a person has asked, told and made here, for the cabinet, the archive and for leaving."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.contributions.belongings import Belongings, Shown
from aiqyn_portal.sections.open_data.models import Problem, Request, Reuse, Vote
from aiqyn_portal.sections.open_data.wording import COLOURS


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat() if at else ""


def _requests(user: Any) -> QuerySet[Request]:
    return Request.objects.filter(asked_by=user).select_related("body", "dataset")


def _request(row: Request) -> Shown:
    return Shown(
        title=row.title,
        state=row.get_state_display(),
        colour=COLOURS[row.state],
        at=row.asked_at,
        href=reverse("open_data:request", args=[row.pk]),
        body=str(row.body),
        answer=row.answer,
    )


def _request_told(row: Request) -> Mapping[str, Any]:
    return {
        "number": row.pk,
        "body": row.body.code,
        "title": row.title,
        "text": row.text,
        "asked_at": _moment(row.asked_at),
        "state": row.state,
        "answer": row.answer,
        "set": row.dataset.name if row.dataset else "",
        "answered_at": _moment(row.answered_at),
    }


def _votes(user: Any) -> QuerySet[Vote]:
    return Vote.objects.filter(user=user).select_related("request").order_by("-pk")


def _vote_told(row: Vote) -> Mapping[str, Any]:
    return {"request": row.request_id, "title": row.request.title, "at": _moment(row.at)}


def _problems(user: Any) -> QuerySet[Problem]:
    return Problem.objects.filter(told_by=user).select_related("dataset__body")


def _problem(row: Problem) -> Shown:
    set_ = row.dataset
    return Shown(
        title=f"{set_}: {row.text}"[:200],
        state=row.get_state_display(),
        colour=COLOURS[row.state],
        at=row.told_at,
        href=reverse("open_data:set", args=[set_.name]),
        body=str(set_.body),
        answer=row.answer,
    )


def _problem_told(row: Problem) -> Mapping[str, Any]:
    return {
        "number": row.pk,
        "set": row.dataset.name,
        "version": row.version,
        "row": row.row,
        "text": row.text,
        "told_at": _moment(row.told_at),
        "state": row.state,
        "answer": row.answer,
        "answered_at": _moment(row.answered_at),
    }


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


ALL = (
    Belongings(
        code="data_requests",
        title=_("Requests for data"),
        of=_requests,
        shown=_request,
        told=_request_told,
    ),
    Belongings(
        code="data_problems",
        title=_("Mistakes in data I have told of"),
        of=_problems,
        shown=_problem,
        told=_problem_told,
    ),
    Belongings(
        code="data_reuses",
        title=_("What I have made of data"),
        of=_reuses,
        shown=_reuse,
        told=_reuse_told,
        erase=_forget_name,
    ),
    Belongings(
        code="data_votes", title=_("Votes for requests for data"), of=_votes, told=_vote_told
    ),
)
