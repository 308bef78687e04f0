"""A body disagrees with its preliminary result, and the evaluator answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import is_officer_of
from aiqyn_portal.evaluation import telling
from aiqyn_portal.evaluation.actions.answers import (
    Judgement,
    keep_attachment,
    keep_judgement,
    refuse_what_does_not_fit,
)
from aiqyn_portal.evaluation.actions.rows import (
    evaluator_or_refuse,
    locked,
    methodology_of,
    subject_of,
    write_down,
)
from aiqyn_portal.evaluation.models import Entry, Objection, Round
from aiqyn_portal.evaluation.refusals import (
    ObjectionAnswered,
    ObjectionIsOpen,
    ObjectionPeriodOver,
    ReasonIsMissing,
    RoundIsNotPreliminary,
    UnknownItem,
)
from aiqyn_portal.evaluation.standing import parts_of
from aiqyn_portal.evaluation.uploads import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What an officer objects to, before it is kept."""

    item: str  # code of a criterion, indicator or rule of the preliminary result
    text: str
    link: str = ""
    attachment: Attachment | None = None


@transaction.atomic
def file_objection(entry: Entry, complaint: Complaint, *, by: User, at: datetime) -> Objection:
    """Keep an objection; one unanswered objection to a part at a time.

    Raises PermissionDenied for other bodies' officers, RoundIsNotPreliminary,
    ObjectionPeriodOver, ReasonIsMissing, UnknownItem, ObjectionIsOpen.
    """
    if not is_officer_of(by, entry.body):
        raise PermissionDenied
    round_ = locked(entry.round)
    if round_.state != Round.State.PRELIMINARY:
        raise RoundIsNotPreliminary
    if round_.objections_until is not None and timezone.localdate(at) > round_.objections_until:
        raise ObjectionPeriodOver
    if not complaint.text.strip():
        raise ReasonIsMissing
    if complaint.item not in parts_of(methodology_of(round_)):
        raise UnknownItem(complaint.item)
    filed = _add(entry, complaint, by=by, at=at)
    write_down(
        by,
        "objection.filed",
        f"{subject_of(entry)}/objection:{filed.pk}",
        {"item": filed.item, "text": filed.text, "link": filed.link, "file": filed.file_sha256},
    )
    telling.objected(filed, by=by)
    return filed


def _add(entry: Entry, complaint: Complaint, *, by: User, at: datetime) -> Objection:
    file_sha256, file_name = keep_attachment(complaint.attachment)
    try:
        with transaction.atomic():
            return Objection.objects.create(
                entry=entry,
                item=complaint.item,
                text=complaint.text.strip(),
                link=complaint.link,
                file_sha256=file_sha256,
                file_name=file_name,
                filed_by=by,
                filed_at=at,
            )
    except IntegrityError:
        raise ObjectionIsOpen(complaint.item) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the evaluator says to an objection, and the answers it changes."""

    decision: Objection.Decision
    answer: str
    changes: Sequence[Judgement] = ()


@transaction.atomic
def answer_objection(
    objection: Objection, verdict: Verdict, *, by: User, at: datetime
) -> Objection:
    """Decide on an objection; accepted parts may change answers.

    Raises RoundIsNotPreliminary, ObjectionAnswered, ReasonIsMissing, and whatever
    `answer` raises for a change.
    """
    evaluator_or_refuse(by)
    entry = objection.entry
    round_ = locked(entry.round)
    if round_.state != Round.State.PRELIMINARY:
        raise RoundIsNotPreliminary
    objection = Objection.objects.select_related("entry__round", "entry__body").get(pk=objection.pk)
    if objection.decision:
        raise ObjectionAnswered
    if not verdict.answer.strip():
        raise ReasonIsMissing
    method = methodology_of(round_)
    for change in verdict.changes:
        keep_judgement(entry, change, method, by=by, at=at)
    refuse_what_does_not_fit(entry, method)
    objection.decision = verdict.decision
    objection.answer = verdict.answer.strip()
    objection.answered_by = by
    objection.answered_at = at
    objection.save(update_fields=["decision", "answer", "answered_by", "answered_at"])
    write_down(
        by,
        "objection.answered",
        f"{subject_of(entry)}/objection:{objection.pk}",
        {
            "decision": objection.decision,
            "answer": objection.answer,
            "changes": [change.rule for change in verdict.changes],
        },
    )
    telling.answered(objection, by=by)
    return objection
