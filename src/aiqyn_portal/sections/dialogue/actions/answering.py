"""Answering: one answer to a question, or to all that ask the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.attached import ENDINGS, media_type, plain_name
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.actions.steps import said as phrase_of
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.dialogue.models import Answer, AnswerFile, Question
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.refusals import (
    AnswerMissing,
    FileNotTaken,
    ResponsibleMissing,
)

MEGABYTES, MOST_FILES = 10, 5
Outcome = Contribution.Outcome
REASONS = {
    Outcome.ACCEPTED: "answered",
    Outcome.PARTLY: "answered",
    Outcome.DECLINED: "cannot_tell",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an officer wrote."""

    text: Mapping[str, str]  # by language
    responsible: Mapping[str, str]  # name and post of who prepared it
    outcome: str = Outcome.ACCEPTED  # accepted: answered; partly; declined: may not be told
    files: Sequence[File] = ()
    is_template: bool = False  # what the check before sending said


@transaction.atomic
def answer(questions: Sequence[Question], reply: Reply, *, by: User) -> Answer:
    """Publish one answer to all of `questions` and to those folded together with them.

    Raises PermissionDenied, AnswerMissing, ResponsibleMissing, FileNotTaken and what
    `contributions.actions.decide` raises, e.g. AlreadyDecided.
    """
    text, responsible = phrase_of(reply.text), phrase_of(reply.responsible)
    if not text:
        raise AnswerMissing
    if not responsible:
        raise ResponsibleMissing
    if len(reply.files) > MOST_FILES:
        raise FileNotTaken(f"> {MOST_FILES}")
    asked = _with_folded(questions)
    _held(asked)
    contributions.decide(
        [each.contribution for each in asked],
        by=by,
        outcome=reply.outcome,
        reason=REASONS[Outcome(reply.outcome)],
        words=text,
    )
    now = timezone.now()
    made = Answer.objects.create(
        text=text,
        outcome=reply.outcome,
        responsible=responsible,
        made_at=now,
        by=by,
        is_template=reply.is_template,
    )
    for file in reply.files:
        _attach(made, file, asked[0], at=now)
    made.questions.set(asked)
    _answered(asked, at=now)
    return made


def _with_folded(questions: Sequence[Question]) -> list[Question]:
    """The questions and all that wait in their groups: one answer for everybody who asked."""
    groups = {each.contribution.group_id for each in questions} - {None}
    keys = {each.pk for each in questions}
    rows = Question.objects.select_related("contribution", "contribution__body")
    folded = rows.filter(
        contribution__group__in=groups, contribution__outcome="", contribution__shown="public"
    )
    found = {each.pk: each for each in (*rows.filter(pk__in=keys), *folded)}
    return [found[key] for key in sorted(found)]


def _held(questions: Sequence[Question]) -> list[Contribution]:
    """What was asked, as it stands now, nobody else changing it.

    Without its body: PostgreSQL drops a row whose joined row has changed while it waited.
    """
    keys = [each.contribution_id for each in questions]
    return list(
        Contribution.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    )


def _answered(asked: Sequence[Question], *, at: datetime) -> None:
    """A new answer waits for a new mark; the first one is remembered."""
    Question.objects.filter(pk__in=[each.pk for each in asked]).update(
        answered_at=at,
        first_answered_at=Coalesce("first_answered_at", at),
        said=Question.Said.NOTHING,
        satisfaction=None,
    )


def _attach(made: Answer, file: File, question: Question, *, at: datetime) -> None:
    name = plain_name(file.name)
    told = media_type(file.name, file.content)
    if not told:
        raise FileNotTaken(f"{name}: {', '.join(ENDINGS)}")
    if len(file.content) > MEGABYTES * 1024 * 1024:
        raise FileNotTaken(f"{name}: > {MEGABYTES} MB")
    seen = keep(
        file.content,
        body=question.contribution.body,
        origin=Snapshot.Origin.UPLOAD,
        address=f"question:{question.contribution.number}/{name}",
        taken_at=at,
        media_type=told,
    )
    if made.files.filter(name=name).exists():
        raise FileNotTaken(name)
    AnswerFile.objects.create(
        answer=made, name=name, sha256=seen.sha256, size=len(file.content), media_type=told
    )


@transaction.atomic
def pass_on(question: Question, *, to: Body, by: User, words: Mapping[str, str]) -> None:
    """Hand a question over to the body it belongs to; its clock says how.

    Raises PermissionDenied and what `contributions.actions.decide` raises.
    """
    [row] = _held([question])
    if not may_answer(by, row.body):
        raise PermissionDenied
    contributions.decide(
        [row],
        by=by,
        outcome=Outcome.PASSED_ON,
        reason="other_body",
        words=words,
        passed_to=to,
    )
