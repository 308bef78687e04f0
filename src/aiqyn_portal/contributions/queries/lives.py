"""The life of one contribution, as a page and a receipt tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from aiqyn_portal.base import formats
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import reasons
from aiqyn_portal.contributions.kinds import said_of
from aiqyn_portal.contributions.models import Contribution, Erasable, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One step as people read it."""

    step: Step
    label: Any  # "Declined", "Passed on to another body"
    reason: Mapping[str, str] | None
    words: Mapping[str, str]
    to: Body | None  # to which it was passed on
    where: list[tuple[str, str]]  # where it is reflected: (what, words)
    href: str
    at: datetime
    happened_at: datetime | None  # before there was a place for it in the ledger


def steps_of(contribution: Contribution) -> QuerySet[Step]:
    found = contribution.steps.select_related("body", "erasable", "seal")
    return found.order_by("number")


def life(contribution: Contribution) -> list[Told]:
    """Everything that happened to a contribution, in order."""
    steps = list(steps_of(contribution))
    receivers = Body.objects.in_bulk(
        [step.details["to"] for step in steps if "to" in step.details], field_name="code"
    )
    return [_told(step, receivers, contribution.kind) for step in steps]


WHERE = ("version", "article", "answer", "budget_line", "commitment", "data")


def _told(step: Step, receivers: Mapping[str, Body], kind: str) -> Told:
    label: StrOrPromise = step.get_what_display()
    if step.outcome:  # in the kind's own word: an accepted question is an answered one
        label = said_of(kind, step.outcome) or Contribution.Outcome(step.outcome).label
    happened = step.details.get("happened_at", "")
    where = step.details if step.what == Step.What.REFLECTED else {}
    return Told(
        step=step,
        label=label,
        reason=_reason(step.reason),
        words=step.words,
        to=receivers.get(step.details.get("to", "")),
        where=[(name, formats.say_phrase(where[name])) for name in WHERE if where.get(name)],
        href=_safe(str(where.get("href", ""))),
        at=step.at,
        happened_at=datetime.fromisoformat(happened) if happened else None,
    )


def _reason(code: str) -> Mapping[str, str] | None:
    if code in reasons.reasons():
        return reasons.reasons()[code].title
    return reasons.rules()[code].title if code in reasons.rules() else None


def _safe(href: str) -> str:
    """Only addresses of the portal itself are linked."""
    return href if href.startswith("/") and not href.startswith("//") else ""


def answers(contributions: Iterable[Contribution]) -> dict[int, Mapping[str, str]]:
    """What was said with the last decision on each that is decided: {contribution's id: words}."""
    decided = [each.pk for each in contributions if each.is_decided]
    said = Erasable.objects.filter(step__contribution__in=decided, step__what=Step.What.DECIDED)
    return dict(said.order_by("step").values_list("step__contribution", "words"))


def removal_of(contribution: Contribution) -> Told | None:
    """Why a contribution was removed; None where it was not."""
    removed = [told for told in life(contribution) if told.step.what == Step.What.MODERATED]
    return removed[-1] if removed else None


def may_be_appealed(contribution: Contribution) -> bool:
    """Whether it is removed, and the author has not said yet what speaks against that."""
    if contribution.shown != Contribution.Shown.REMOVED:
        return False
    removals = contribution.steps.filter(what=Step.What.MODERATED)
    return removals.order_by("number").values_list("appeal", flat=True).last() is None


def reasons_of(contributions: Iterable[Contribution]) -> dict[int, Mapping[str, str]]:
    """For removed ones, the rule that each broke: {contribution's id: title}; one query."""
    hidden = [each.pk for each in contributions if each.shown == Contribution.Shown.REMOVED]
    if not hidden:
        return {}
    rows = Step.objects.filter(contribution__in=hidden, what=Step.What.MODERATED)
    found = {}
    for pk, code in rows.order_by("number").values_list("contribution_id", "reason"):
        title = _reason(code)
        if title:
            found[pk] = title
    return found
