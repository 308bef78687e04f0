"""Commitments: made from an answer, moved with a reason, told of, kept or given up."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.actions.steps import said as phrase_of
from aiqyn_portal.deadlines import actions as deadlines
from aiqyn_portal.deadlines import queries as clocks
from aiqyn_portal.sections.dialogue import telling
from aiqyn_portal.sections.dialogue.models import (
    Commitment,
    CommitmentStep,
    Conference,
    Question,
)
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.refusals import (
    DayNotAhead,
    Ended,
    PromiseMissing,
    ProofMissing,
    WhyMissing,
)
from aiqyn_portal.trail.actions import record

What, State = CommitmentStep.What, Commitment.State
TERM = "commitment"  # a code of deadlines/terms.yaml
SENT_TWICE = timedelta(minutes=10)  # a button pressed again, a page sent again


@transaction.atomic
def promise(
    made_in: Question | Conference, *, text: Mapping[str, str], due_on: date, by: User
) -> Commitment:
    """Enter what was promised in an answer or at a conference; sent twice it is one promise.

    A question passed on is the other body's, and so is what is promised in its answer.
    Raises PermissionDenied, PromiseMissing, DayNotAhead.
    """
    body = made_in.contribution.body if isinstance(made_in, Question) else made_in.head.body
    _refuse_strangers(body, by)
    words, today = phrase_of(text), timezone.localdate()
    if not words:
        raise PromiseMissing
    if due_on <= today:
        raise DayNotAhead
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)  # promises are entered one by one
    known = made_in.commitments.filter(due_on=due_on, state=State.OPEN)
    twin = next((each for each in known if dict(each.text) == words), None)
    if twin:
        return twin
    commitment = Commitment.objects.create(
        body=body,
        head=made_in.head if made_in.head.body_id == body.pk else None,
        question=made_in if isinstance(made_in, Question) else None,
        conference=made_in if isinstance(made_in, Conference) else None,
        text=words,
        made_on=today,
        due_on=due_on,
        first_due_on=due_on,
    )
    with override("kk"):
        href = reverse("dialogue:commitment", args=[commitment.pk])
    deadlines.start(
        commitment.subject,
        term=TERM,
        body=body,
        title=words,
        count=(due_on - today).days,
        href=href,
    )
    _step(commitment, What.MADE, by, {})
    return commitment


@transaction.atomic
def move(commitment: Commitment, *, due_on: date, why: Mapping[str, str], by: User) -> None:
    """Name another day; the first one stays on the page.

    Raises PermissionDenied, Ended, WhyMissing, DayNotAhead.
    """
    row = _open(commitment, by)
    words = phrase_of(why)
    if not words:
        raise WhyMissing
    if due_on <= max(row.due_on, timezone.localdate()):
        raise DayNotAhead
    row.due_on = due_on  # before its clock moves: `follow` has nothing left to do then
    row.save(update_fields=["due_on"])
    for clock in clocks.of([row.subject])[row.subject]:
        if clock.is_open and clock.due_on:
            days = (due_on - clock.due_on).days
            deadlines.extend(clock, days=days, reason=next(iter(words.values())), by=by)
    _step(row, What.MOVED, by, words)
    commitment.due_on = due_on


@transaction.atomic
def follow(pk: int, due_on: date, why: str, by: User) -> None:
    """Its clock was moved from the office of due dates: the promise says so as if moved here."""
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    row = rows.filter(pk=pk, state=State.OPEN).exclude(due_on=due_on).first()
    if row is None:
        return
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    _step(row, What.MOVED, by, dict.fromkeys(("kk", "ru"), why) if why else {})


@transaction.atomic
def tell_news(
    commitment: Commitment, *, words: Mapping[str, str], by: User, link: str = ""
) -> None:
    """Say how far it has come; the same sent again within SENT_TWICE is one step.

    Raises PermissionDenied, Ended, ProofMissing.
    """
    row, said = _open(commitment, by), phrase_of(words)
    if not said:
        raise ProofMissing
    last = row.steps.filter(at__gt=timezone.now() - SENT_TWICE).last()
    if last and (last.what, dict(last.words), last.link) == (What.TOLD, said, link):
        return
    _step(row, What.TOLD, by, said, link)


@transaction.atomic
def keep(commitment: Commitment, *, words: Mapping[str, str], by: User, link: str = "") -> None:
    """Say that it is kept, and how one sees it. Raises PermissionDenied, Ended, ProofMissing."""
    row = _open(commitment, by)
    if not phrase_of(words):
        raise ProofMissing
    _end(row, State.KEPT)
    deadlines.meet(row.subject, timezone.now())
    _step(row, What.KEPT, by, phrase_of(words), link)
    commitment.state, commitment.ended_on = row.state, row.ended_on


@transaction.atomic
def drop(commitment: Commitment, *, why: Mapping[str, str], by: User) -> None:
    """Give it up, saying why; it counts as not kept. Raises PermissionDenied, Ended, WhyMissing."""
    row = _open(commitment, by)
    if not phrase_of(why):
        raise WhyMissing
    _end(row, State.DROPPED)
    deadlines.withdraw(row.subject, timezone.now())
    _step(row, What.DROPPED, by, phrase_of(why))
    commitment.state, commitment.ended_on = row.state, row.ended_on


def _open(commitment: Commitment, by: User) -> Commitment:
    """The row as it stands now, nobody else changing it."""
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    row = rows.get(pk=commitment.pk)
    _refuse_strangers(row.body, by)
    if row.state != State.OPEN:
        raise Ended
    return row


def _refuse_strangers(body: Body, by: User) -> None:
    if not may_answer(by, body):
        raise PermissionDenied


def _end(row: Commitment, state: Commitment.State) -> None:
    row.state, row.ended_on = state, timezone.localdate()
    row.save(update_fields=["state", "ended_on"])


def _step(
    row: Commitment, what: CommitmentStep.What, by: User, words: Mapping[str, str], link: str = ""
) -> None:
    step = CommitmentStep.objects.create(
        commitment=row,
        what=what,
        words=dict(words),
        link=link,
        due_on=row.due_on,
        at=timezone.now(),
        by=by,
    )
    record(by, f"commitment.{what}", f"body:{row.body.code}/{row.subject}", {"step": step.pk})
    telling.promised(row, step.pk, by=by)
