"""Requests for data and mistakes in data, told on the common floor; what a body answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext, override

from aiqyn.text import LANGUAGES, Text, say
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.actions.changing import locked
from aiqyn_portal.contributions.actions.receiving import Said
from aiqyn_portal.contributions.actions.steps import said as phrase_of
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.open_data import addresses, comments
from aiqyn_portal.sections.open_data.asked import PROBLEM, REQUEST
from aiqyn_portal.sections.open_data.models import Dataset, Problem, Request
from aiqyn_portal.sections.open_data.permissions import may_prepare
from aiqyn_portal.sections.open_data.refusals import (
    AlreadyDecided,
    NotPublished,
    NotThisBody,
    SetMissing,
)

Outcome = Contribution.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a body answers to requests."""

    outcome: str
    reason: str  # of reasons.yaml
    words: str | Mapping[str, str] = ""
    dataset: Dataset | None = None  # where the data are published; None: they will be, or not
    passed_to: Body | None = None


@transaction.atomic
def ask_for_data(
    body: Body, title: str, *, by: User, form_key: str, **given: Unpack[Said]
) -> Request:
    """Ask a body to publish data. Raises what `contributions.actions.receive` raises."""
    given["text"] = f"{title}\n\n{given['text']}"
    made = contributions.receive(REQUEST, body.code, author=by, form_key=form_key, **given)
    return Request.objects.get(contribution=made)


@transaction.atomic
def tell_problem(
    dataset: Dataset, row: str, *, by: User, form_key: str, **given: Unpack[Said]
) -> Problem:
    """Say what is wrong with a published set, or with one row of it.

    Raises NotPublished and what `contributions.actions.receive` raises.
    """
    if dataset.state != Dataset.State.PUBLISHED or dataset.newest is None:
        raise NotPublished
    given["text"] = of_row(row, given["text"], given["language"])
    made = contributions.receive(PROBLEM, dataset.name, author=by, form_key=form_key, **given)
    return Problem.objects.get(contribution=made)


def of_row(row: str, text: str, language: str) -> str:
    """What is wrong, with the row it stands in on a line before it."""
    if not row.strip():
        return text
    with override(language):
        return gettext("Row: %(row)s") % {"row": row.strip()} + f"\n\n{text}"


@transaction.atomic
def answer_requests(requests: Sequence[Request], reply: Reply, *, by: User) -> None:
    """Give requests one answer: published as a set, to be published, refused, passed on.

    What is to be published may be answered once more; it is decided anew, unless a set is all that
    is new. The last answer decides the comments that wait, too. Raises PermissionDenied,
    AlreadyDecided, SetMissing, NotThisBody and what `contributions.actions.decide` raises.
    """
    rows = locked(each.contribution for each in requests)
    held = Request.objects.filter(contribution__in=rows)
    asked = list(held.select_related("contribution__body").order_by("pk"))
    _refuse_unfit(asked, reply, by)
    words = phrase_of(reply.words) or (_published(reply.dataset) if reply.dataset else {})
    passed_to = reply.passed_to if reply.outcome == Outcome.PASSED_ON else None
    planned = [each.contribution for each in asked if each.contribution.is_decided]
    standing = [row for row in planned if reply.dataset and _says(row, reply)]
    waiting = [each.contribution for each in asked if each.contribution not in standing]
    for row in waiting:
        if row in planned:
            contributions.reopen(row, by=by, words=words)
    if waiting:
        contributions.decide(
            waiting,
            by=by,
            outcome=reply.outcome,
            reason=reply.reason,
            words=words,
            passed_to=passed_to,
        )
    for each in asked:
        if reply.dataset:
            _lead(each, reply.dataset, words if each.contribution in standing else {}, by=by)
        comments.decide_with(each, by=by, words=words, passed_to=passed_to)


def _says(row: Contribution, reply: Reply) -> bool:
    """Whether it has been decided as the reply decides."""
    return (row.outcome, row.reason) == (reply.outcome, reply.reason)


def _refuse_unfit(asked: Sequence[Request], reply: Reply, by: User) -> None:
    if not all(may_prepare(by, each.body) for each in asked):
        raise PermissionDenied
    if not all(each.is_open for each in asked):
        raise AlreadyDecided
    if reply.dataset is None:
        return
    if reply.outcome not in (Outcome.ACCEPTED, Outcome.PARTLY):
        raise SetMissing
    if reply.dataset.state != Dataset.State.PUBLISHED:
        raise SetMissing
    if any(reply.dataset.body_id != each.body.pk for each in asked):
        raise NotThisBody


def _lead(request: Request, dataset: Dataset, words: Mapping[str, str], *, by: User) -> None:
    """Say which set a request has ended in."""
    request.dataset = dataset
    request.save(update_fields=["dataset"])
    where = {"data": dict(dataset.title), "href": addresses.of_set(dataset)}
    contributions.reflect(request.contribution, by=by, where=where, words=words)


def _published(dataset: Dataset) -> dict[str, str]:
    """Where no other words are given."""
    words = {}
    for code in LANGUAGES:
        with override(code):
            title = say(Text(dataset.title), code)
            words[code] = gettext("The data are published: “%(set)s”.") % {"set": title}
    return words
