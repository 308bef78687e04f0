"""What officers do: group, decide, pass on, say where it is reflected, finish."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace as _with
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import kinds, reasons, refusals
from aiqyn_portal.contributions.actions.changing import brought_up_to_date, change, locked
from aiqyn_portal.contributions.actions.steps import Act, Role, What, said
from aiqyn_portal.contributions.models import Contribution, Group
from aiqyn_portal.trail.actions import record

State, Outcome = Contribution.State, Contribution.Outcome
Words = str | Mapping[str, str]


@transaction.atomic
def register(contribution: Contribution, *, by: User | None = None) -> None:
    """Register by hand what does not register at once. Raises PermissionDenied, AlreadyDecided."""
    rows = _rows_of([contribution], by)
    if rows[0].state != State.RECEIVED:
        raise refusals.AlreadyDecided
    change(rows, _act(What.REGISTERED, by, rows[0]), {"state": State.REGISTERED})
    _done([contribution], rows, by, "contribution.registered", {})


@transaction.atomic
def group(
    contributions: Sequence[Contribution], *, by: User | None = None, method: str = "officer"
) -> Group:
    """Put contributions about one thing together; they get one decision.

    A group that one of them is in already takes in the others. `by` is None where the machine
    groups. Raises NothingChosen, DifferentThings, AlreadyDecided, PermissionDenied.
    """
    rows = _rows_of(contributions, by)
    if len({(row.kind, row.about_key, row.body_id) for row in rows}) > 1:
        raise refusals.DifferentThings
    _refuse_decided(rows)
    held = next((row.group for row in rows if row.group_id), None)
    made = held or Group.objects.create(
        kind=rows[0].kind, about_key=rows[0].about_key, method=method, made_at=timezone.now()
    )
    new = [row for row in rows if row.group_id != made.pk]
    if new:
        act = _act(What.GROUPED, by, rows[0], details={"group": made.pk, "method": method})
        change(new, act, {"group": made, "state": State.GROUPED})
    _done(contributions, rows, by, "contribution.grouped", {"group": made.pk})
    return made


@transaction.atomic
def ungroup(contribution: Contribution, *, by: User) -> None:
    """Take a contribution out of its group: it gets a decision of its own."""
    rows = _rows_of([contribution], by)
    _refuse_decided(rows)
    if rows[0].group_id:
        act = _act(What.UNGROUPED, by, rows[0], details={"group": rows[0].group_id})
        change(rows, act, {"group": None, "state": State.REGISTERED})
    _done([contribution], rows, by, "contribution.ungrouped", {})


@transaction.atomic
def decide(
    contributions: Iterable[Contribution],
    *,
    by: User,
    outcome: str,
    reason: str,
    words: Words,
    passed_to: Body | None = None,
) -> None:
    """Decide about contributions: one decision, with its reason and its words, for all of them.

    Raises NothingChosen, PermissionDenied, AlreadyDecided, NotPublic, OutcomeUnknown,
    ReasonMissing, WordsMissing, ReceiverMissing.
    """
    given = list(contributions)
    rows = _rows_of(given, by)
    _refuse_decided(rows)
    phrase = said(words)
    _refuse_unfit(rows, outcome, reason, phrase, passed_to)
    details: dict[str, Any] = {"decided_with": len(rows)}
    if passed_to and outcome == Outcome.PASSED_ON:  # else a choice left standing in the form
        details |= {"to": passed_to.code}
    act = _act(What.DECIDED, by, rows[0], details=details)
    act = _with(act, outcome=outcome, reason=reason, words=phrase)
    passing = [row for row in rows if outcome == Outcome.PASSED_ON and _waits_on(row)]
    if passing:
        _part(passing, by)
        change(passing, _with(act, what=What.PASSED_ON), {"body": passed_to})
    ending = [row for row in rows if row not in passing]
    if ending:
        fields = {
            "state": State.DECIDED,
            "outcome": outcome,
            "reason": reason,
            "decided_at": act.at,
        }
        change(ending, act, fields)
    _done(given, rows, by, "contribution.decided", {"outcome": outcome, "reason": reason})


@transaction.atomic
def reopen(contribution: Contribution, *, by: User | None, words: Words) -> None:
    """Take a decision back: another one is due. The one before stays among the steps.

    By an officer who was wrong, or by a section for an author whose question was not answered.
    Raises NotDecided, WordsMissing.
    """
    rows = locked([contribution])
    if not rows[0].is_decided:
        raise refusals.NotDecided
    phrase = said(words)
    if not phrase:
        raise refusals.WordsMissing
    fields = {"state": State.REGISTERED, "outcome": "", "reason": "", "decided_at": None}
    act = _with(_act(What.REOPENED, by, rows[0]), words=phrase)
    change(rows, act, fields)
    _done([contribution], rows, by, "contribution.reopened", {})


@transaction.atomic
def reflect(
    contribution: Contribution, *, by: User, where: Mapping[str, Any], words: Words = ""
) -> None:
    """Say where the contribution is reflected: {"version": "2", "article": "5-бап", "href": …}.

    Raises PermissionDenied, NotDecided.
    """
    rows = _rows_of([contribution], by)
    if rows[0].outcome not in (Outcome.ACCEPTED, Outcome.PARTLY):
        raise refusals.NotDecided
    act = _with(_act(What.REFLECTED, by, rows[0], details=where), words=said(words))
    change(rows, act, {"state": State.REFLECTED})
    _done([contribution], rows, by, "contribution.reflected", dict(where))


@transaction.atomic
def finish(contributions: Iterable[Contribution], *, by: User | None = None) -> None:
    """Close decided contributions; `by` is None where the section closes them all.

    Raises NotDecided, PermissionDenied.
    """
    given = list(contributions)
    rows = _rows_of(given, by)
    if not all(row.is_decided for row in rows):
        raise refusals.NotDecided
    change(rows, _act(What.DONE, by, rows[0]), {"state": State.DONE})
    _done(given, rows, by, "contribution.done", {})


def _rows_of(contributions: Iterable[Contribution], by: User | None) -> list[Contribution]:
    rows = locked(contributions)
    if by is not None:
        for row in rows:
            kind = kinds.get(row.kind)
            if kind is None or not kind.may_decide(by, row):
                raise PermissionDenied
    return rows


def _refuse_decided(rows: Sequence[Contribution]) -> None:
    if any(row.is_decided for row in rows):
        raise refusals.AlreadyDecided
    if not all(row.is_public for row in rows):
        raise refusals.NotPublic


def _refuse_unfit(
    rows: Sequence[Contribution],
    outcome: str,
    reason: str,
    words: Mapping[str, str],
    passed_to: Body | None,
) -> None:
    for row in rows:
        kind = kinds.get(row.kind)
        if kind is None or outcome not in kind.outcomes:
            raise refusals.OutcomeUnknown
        if reason not in reasons.fitting(outcome, row.kind):
            raise refusals.ReasonMissing
    if not words:
        raise refusals.WordsMissing
    if outcome == Outcome.PASSED_ON and (
        passed_to is None or passed_to.pk in {row.body_id for row in rows}
    ):
        raise refusals.ReceiverMissing


def _part(passing: Sequence[Contribution], by: User) -> None:
    """Whatever goes to another body leaves a group of which others stay."""
    groups = {row.group_id for row in passing} - {None}
    staying = Contribution.objects.filter(group__in=groups).exclude(
        pk__in=[row.pk for row in passing]
    )
    parted = set(staying.values_list("group", flat=True))
    for row in passing:
        if row.group_id in parted:
            ungroup(row, by=by)


def _waits_on(row: Contribution) -> bool:
    """Whether passing it on leaves it waiting, now for the other body."""
    kind = kinds.get(row.kind)
    return kind is not None and not kind.passing_ends


def _act(
    what: str, by: User | None, row: Contribution, details: Mapping[str, Any] | None = None
) -> Act:
    return Act(
        what=what,
        role=Role.OFFICER if by else Role.SYSTEM,
        at=timezone.now(),
        by=by,
        body=row.body if by else None,
        details=details or {},
    )


def _done(
    given: Iterable[Contribution],
    rows: Sequence[Contribution],
    by: User | None,
    action: str,
    details: Mapping[str, Any],
) -> None:
    """Show the change on the objects given, and enter the act of an officer in the trail."""
    brought_up_to_date(given, rows)
    if by is not None:
        numbers = [row.number for row in rows]
        subject = rows[0].subject if len(rows) == 1 else f"{rows[0].kind}:{rows[0].about_key}"
        record(by, action, subject[:200], {**details, "numbers": numbers})
