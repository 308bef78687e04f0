"""A published rating is never changed: a correction is a new row that names the old one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from aiqyn.errors import ScoringError
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.evaluation import telling
from aiqyn_portal.evaluation.actions.answers import Judgement, keep_judgement
from aiqyn_portal.evaluation.actions.evidence import publish_answers
from aiqyn_portal.evaluation.actions.rows import (
    evaluator_or_refuse,
    frozen_row,
    locked,
    methodology_of,
    subject_of,
    write_down,
)
from aiqyn_portal.evaluation.models import Answer, Entry, Rating, Round
from aiqyn_portal.evaluation.queries import PUBLISHED, rank_among
from aiqyn_portal.evaluation.refusals import (
    FindingsDoNotFit,
    NothingChanges,
    RatingNotPublished,
    RatingReplaced,
    ReasonIsMissing,
    RoundIsNotFinal,
)
from aiqyn_portal.evaluation.standing import as_findings, standing


@transaction.atomic
def correct(
    rating: Rating, changes: Sequence[Judgement], *, reason: Phrase, by: User, at: datetime
) -> Rating:
    """Publish a corrected rating beside the old one.

    It rests on the findings the old rating was frozen with, with `changes` laid over
    them: what the sections have found since is another round's matter.
    Raises RoundIsNotFinal, RatingNotPublished, RatingReplaced, ReasonIsMissing,
    NothingChanges, and whatever `answer` raises for a change.
    """
    evaluator_or_refuse(by)
    entry = Entry.objects.select_related("round", "body").get(pk=rating.entry_id)
    round_ = locked(entry.round)
    _refuse_wrong_state(round_, rating)
    if not any(phrase.strip() for phrase in reason.values()):
        raise ReasonIsMissing
    if not changes:
        raise NothingChanges
    method = methodology_of(round_)
    kept = [keep_judgement(entry, change, method, by=by, at=at) for change in changes]
    made = _new_row(entry, rating, kept, reason=reason, at=at)
    publish_answers(kept)
    write_down(
        by,
        "rating.corrected",
        subject_of(entry),
        {
            "corrects": rating.tree_sha256,
            "tree": made.tree_sha256,
            "points": None if made.points is None else str(made.points),
            "reason": dict(reason),
        },
    )
    telling.corrected(made, by=by)
    return made


def _refuse_wrong_state(round_: Round, rating: Rating) -> None:
    if round_.state != Round.State.FINAL:
        raise RoundIsNotFinal
    if rating.stage not in PUBLISHED:
        raise RatingNotPublished
    if Rating.objects.filter(corrects=rating).exists():
        raise RatingReplaced


def _new_row(
    entry: Entry, rating: Rating, kept: Sequence[Answer], *, reason: Phrase, at: datetime
) -> Rating:
    old_findings = as_findings(rating.findings)
    try:
        stands = standing(entry.body.code, old_findings, kept, methodology_of(entry.round))
    except ScoringError as problem:
        raise FindingsDoNotFit(problem) from problem
    if stands.known.findings == old_findings:
        raise NothingChanges
    return frozen_row(
        entry,
        stands.rating,
        stands.known,
        made_at=at,
        stage=Rating.Stage.CORRECTION,
        rank=rank_among(entry, stands.rating.points),
        corrects=rating,
        reason=reason,
    )
