"""Writing the ledger: every action says here what it did, in its own transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from aiqyn.ledger import commitments
from aiqyn.text import LANGUAGES
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import sealing
from aiqyn_portal.contributions.models import Contribution, Erasable, Pending, Step

What, Role = Step.What, Step.Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What happened, before it is known to whose contribution."""

    what: str
    role: str
    at: datetime
    by: Any = None  # a user; None: the platform itself
    body: Body | None = None  # for which an officer acted
    outcome: str = ""
    reason: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


def said(words: str | Mapping[str, str]) -> dict[str, str]:
    """Return words as a phrase; a bare text is taken to be in the active language."""
    if isinstance(words, str):
        code = (get_language() or "")[:2]
        words = {code if code in LANGUAGES else LANGUAGES[0]: words}
    return {code: text.strip() for code, text in words.items() if text.strip()}


def write(contributions: Sequence[Contribution], act: Act) -> list[Step]:
    """Add one step to each of `contributions`; their rows are locked, or new.

    Counts `steps_made` up on the objects given; the caller saves it with what else changes.
    """
    return write_with((each, act, {}) for each in contributions)


def write_with(
    entries: Iterable[tuple[Contribution, Act, Mapping[str, Any]]],
) -> list[Step]:
    """As `write`, with values that are committed to but not kept in the step: {"text": …}."""
    steps, erasables = [], []
    for contribution, act, values in entries:
        contribution.steps_made += 1
        step, erasable = _step(contribution, act, values)
        steps.append(step)
        if erasable:
            erasables.append(erasable)
    Step.objects.bulk_create(steps, batch_size=500)
    Erasable.objects.bulk_create(erasables, batch_size=500)
    Pending.objects.bulk_create([Pending(step=step) for step in steps], batch_size=500)
    transaction.on_commit(sealing.seal_soon, robust=True)
    return steps


def _step(
    contribution: Contribution, act: Act, values: Mapping[str, Any]
) -> tuple[Step, Erasable | None]:
    opened = {name: value for name, value in values.items() if value}
    if act.by is not None:
        opened["by"] = act.by.get_username()
    if act.words:
        opened["words"] = dict(act.words)
    salts = {name: commitments.new_salt() for name in opened}
    step = Step(
        contribution=contribution,
        number=contribution.steps_made,
        at=act.at,
        what=act.what,
        role=act.role,
        body=act.body,
        outcome=act.outcome,
        reason=act.reason,
        details=dict(act.details),
        commitments={
            name: commitments.commit(salts[name], value) for name, value in opened.items()
        },
    )
    if not opened:
        return step, None
    return step, Erasable(step=step, by=act.by, words=dict(act.words), salts=salts)
