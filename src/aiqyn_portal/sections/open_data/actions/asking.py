"""Requests for data, votes for them, problems told; and what a body answers.

The trail keeps what is done for the body. What people ask and tell stands in its own rows alone:
a name written into the trail could never be taken out again for whoever leaves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import comments, searching_people
from aiqyn_portal.sections.open_data.actions.passports import subject_of
from aiqyn_portal.sections.open_data.actions.telling import tell_of_problem, tell_of_request
from aiqyn_portal.sections.open_data.models import Dataset, Problem, Request, Vote
from aiqyn_portal.sections.open_data.permissions import may_prepare
from aiqyn_portal.sections.open_data.refusals import (
    AlreadyDecided,
    NotPublished,
    NotThisBody,
    ReasonMissing,
    SetMissing,
    TooManyToday,
)
from aiqyn_portal.trail.actions import record

A_DAY = 10  # requests and problems of one person


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a body answers to a request."""

    state: Request.State
    answer: str = ""
    dataset: Dataset | None = None


@transaction.atomic
def ask_for_data(body: Body, title: str, text: str, *, by: User, at: datetime) -> Request:
    """Ask a body to publish data; whoever asks also votes. Raises TooManyToday."""
    _refuse_too_many(by, at)
    request = Request.objects.create(body=body, title=title, text=text, asked_by=by, asked_at=at)
    vote(request, by=by, at=at)
    searching_people.enter_request(request)
    return request


def _refuse_too_many(by: User, at: datetime) -> None:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # they are counted one by one
    since = at - timedelta(days=1)
    asked = Request.objects.filter(asked_by=by, asked_at__gt=since).count()
    if asked + Problem.objects.filter(told_by=by, told_at__gt=since).count() >= A_DAY:
        raise TooManyToday


def vote(request: Request, *, by: User, at: datetime) -> None:
    """Say that one needs the same data."""
    Vote.objects.get_or_create(request=request, user=by, defaults={"at": at})


def take_vote_back(request: Request, *, by: User) -> None:
    Vote.objects.filter(request=request, user=by).delete()


@transaction.atomic
def answer_request(request: Request, reply: Reply, *, by: User, at: datetime) -> None:
    """Answer for the body: planned, published as a set, or refused with a reason.

    The last answer decides the comments that wait, too. Raises PermissionDenied, AlreadyDecided,
    ReasonMissing, SetMissing, NotThisBody.
    """
    if not may_prepare(by, request.body):
        raise PermissionDenied
    _refuse_unfit(request, reply)
    waiting = Request.objects.filter(
        pk=request.pk, state__in=[Request.State.OPEN, Request.State.PLANNED]
    )
    said = {"answer": reply.answer.strip(), "dataset": reply.dataset}
    if not waiting.update(state=reply.state, **said, answered_by=by, answered_at=at):
        raise AlreadyDecided
    subject = f"body:{request.body.code}/request:{request.pk}"
    details = {"state": reply.state.value, "answer": said["answer"]}
    record(by, "data.request_answered", subject, details)
    answered = Request.objects.select_related("dataset").get(pk=request.pk)
    searching_people.enter_request(answered)
    comments.decide_with(answered, by=by)
    tell_of_request(answered, at=at)


def _refuse_unfit(request: Request, reply: Reply) -> None:
    if reply.state == Request.State.PUBLISHED:
        if reply.dataset is None or reply.dataset.state != Dataset.State.PUBLISHED:
            raise SetMissing
        if reply.dataset.body_id != request.body_id:
            raise NotThisBody
    elif not reply.answer.strip():
        raise ReasonMissing


@transaction.atomic
def tell_problem(dataset: Dataset, row: str, text: str, *, by: User, at: datetime) -> Problem:
    """Say what is wrong with a published set. Raises NotPublished, TooManyToday."""
    if dataset.state != Dataset.State.PUBLISHED or dataset.newest is None:
        raise NotPublished
    _refuse_too_many(by, at)
    return Problem.objects.create(
        dataset=dataset,
        version=dataset.newest.number,
        row=row,
        text=text,
        told_by=by,
        told_at=at,
    )


@transaction.atomic
def answer_problem(
    problem: Problem, state: Problem.State, answer: str, *, by: User, at: datetime
) -> None:
    """Say that it is mended, or why it is none. Raises PermissionDenied, ReasonMissing,
    AlreadyDecided.
    """
    if not may_prepare(by, problem.dataset.body):
        raise PermissionDenied
    if not answer.strip():
        raise ReasonMissing
    waiting = Problem.objects.filter(pk=problem.pk, state=Problem.State.OPEN)
    said = {"answer": answer.strip(), "answered_by": by, "answered_at": at}
    if not waiting.update(state=state, **said):
        raise AlreadyDecided
    subject = f"{subject_of(problem.dataset)}/problem:{problem.pk}"
    details = {"state": state.value, "answer": answer.strip()}
    record(by, "data.problem_answered", subject, details)
    tell_of_problem(Problem.objects.select_related("dataset").get(pk=problem.pk), at=at)
