"""A survey of the demand for data: begun by the body, ended with published results."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.open_data.models import Request, Survey
from aiqyn_portal.sections.open_data.permissions import may_prepare
from aiqyn_portal.sections.open_data.refusals import (
    AlreadyDecided,
    ReasonMissing,
    SurveyInThePast,
    SurveyRuns,
    SurveysOverlap,
)
from aiqyn_portal.trail.actions import record

STATES = Request.STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a body asks, and when."""

    title: Phrase
    text: Phrase
    opens_on: date
    closes_on: date  # not before it opens


@transaction.atomic
def start_survey(body: Body, asked: Question, *, by: User, at: datetime) -> Survey:
    """Ask people which data they need; the body's followers hear of it.

    Raises PermissionDenied, SurveyInThePast, SurveysOverlap.
    """
    if not may_prepare(by, body):
        raise PermissionDenied
    if asked.opens_on < timezone.localdate(at):
        raise SurveyInThePast
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)  # one survey after another
    others = body.data_surveys.filter(opens_on__lte=asked.closes_on, closes_on__gte=asked.opens_on)
    if others.exists():
        raise SurveysOverlap
    row = Survey.objects.create(
        body=body,
        title=asked.title,
        text=asked.text,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        started_at=at,
        started_by=by,
    )
    days = {"opens_on": asked.opens_on, "closes_on": asked.closes_on}
    record(by, "data.survey_started", f"body:{body.code}/survey:{row.pk}", days)
    _tell(row, "started", row.title, at)
    return row


@transaction.atomic
def publish_results(row: Survey, results: Phrase, *, by: User, at: datetime) -> None:
    """Say what follows from a survey that has ended, with its numbers as they stand.

    Raises PermissionDenied, SurveyRuns, ReasonMissing (no words), AlreadyDecided.
    """
    if not may_prepare(by, row.body):
        raise PermissionDenied
    if timezone.localdate(at) <= row.closes_on:
        raise SurveyRuns
    if not (results.get("kk") and results.get("ru")):
        raise ReasonMissing
    waiting = Survey.objects.filter(pk=row.pk, published_at__isnull=True)
    counted = count(row)
    said = {"results": results, "counted": counted, "published_at": at, "published_by": by}
    if not waiting.update(**said):
        raise AlreadyDecided
    row.results = results
    record(by, "data.survey_published", f"body:{row.body.code}/survey:{row.pk}", counted)
    _tell(row, "published", row.title, at)


def count(row: Survey) -> dict[str, int]:
    """How many requests it brought, with how many votes, and what became of them."""
    asked = row.requests()
    states = {code: Count("pk", filter=condition) for code, (_, condition) in STATES.items()}
    votes = Sum("contribution__votes_for", default=0)
    counted = asked.aggregate(asked=Count("pk"), votes=votes, **states)
    return counted | {"votes": counted["votes"] + counted["asked"]}  # who asks needs them, too


def _tell(row: Survey, what: str, title: Phrase, at: datetime) -> None:
    notice = Notice(
        code=f"survey.{what}",
        key=f"survey.{what}:{row.pk}",
        title=dict(title),
        text=dict(row.results if what == "published" else row.text),
        topics=[f"body:{row.body.code}"],
        view="open_data:demand",
        arguments={"code": row.body.code},
    )
    tell(notice, at=at)
