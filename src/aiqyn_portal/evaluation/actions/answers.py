"""An evaluator decides what only a person can judge."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import transaction

from aiqyn.chain import Outcome
from aiqyn.errors import ScoringError
from aiqyn.scoring.methodology import Methodology
from aiqyn_portal.accounts.models import User
from aiqyn_portal.evaluation.actions.rows import (
    evaluator_or_refuse,
    locked,
    methodology_of,
    subject_of,
    write_down,
)
from aiqyn_portal.evaluation.models import Answer, Entry, Round
from aiqyn_portal.evaluation.refusals import (
    EvidenceIsMissing,
    FigureIsWrong,
    FindingsDoNotFit,
    ReasonIsMissing,
    RoundIsNotOpen,
    UnknownRule,
)
from aiqyn_portal.evaluation.standing import as_findings, may_be_answered, plain, standing
from aiqyn_portal.evaluation.uploads import Attachment, media_type_of, plain_name
from aiqyn_portal.evidence.store import store

LARGEST_FIGURE = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an evaluator says about one rule, before it is kept."""

    rule: str
    outcome: Outcome
    reason: str
    good: int | None = None  # with `of`: a counted fact, 62 600 of 65 700
    of: int | None = None
    value: Decimal | None = None
    link: str = ""
    attachment: Attachment | None = None


@transaction.atomic
def answer(entry: Entry, judgement: Judgement, *, by: User, at: datetime) -> Answer:
    """Keep an answer; the newest one counts, older ones stay.

    Raises RoundIsNotOpen, UnknownRule, ReasonIsMissing, EvidenceIsMissing,
    FigureIsWrong, FindingsDoNotFit, or a refusal of the file.
    """
    evaluator_or_refuse(by)
    round_ = locked(entry.round)
    if round_.state != Round.State.OPEN:
        raise RoundIsNotOpen
    method = methodology_of(round_)
    kept = keep_judgement(entry, judgement, method, by=by, at=at)
    refuse_what_does_not_fit(entry, method)
    return kept


def keep_judgement(
    entry: Entry, judgement: Judgement, method: Methodology, *, by: User, at: datetime
) -> Answer:
    """Check a judgement by itself and add it as a row; the caller holds the round's lock.

    The same judgement sent twice (a double click, a repeated request) is kept once.
    """
    check(judgement, method)
    file_sha256, file_name = keep_attachment(judgement.attachment)
    given = entry.answers.filter(rule=judgement.rule).order_by("-pk").first()
    if given is not None and says_the_same(given, judgement, file_sha256):
        return given
    kept = Answer(
        entry=entry,
        rule=judgement.rule,
        outcome=judgement.outcome.value,
        count_good=judgement.good,
        count_of=judgement.of,
        value=judgement.value,
        reason=judgement.reason.strip(),
        link=judgement.link,
        file_sha256=file_sha256,
        file_name=file_name,
        answered_by=by,
        answered_at=at,
    )
    kept.record_sha256 = store().put(record_of(kept))
    kept.save()
    write_down(
        by,
        "question.answered",
        f"{subject_of(entry)}/rule:{judgement.rule}",
        {"outcome": kept.outcome, "reason": kept.reason, "record": kept.record_sha256},
    )
    return kept


def says_the_same(given: Answer, judgement: Judgement, file_sha256: str) -> bool:
    """Whether the newest answer to the rule already is this judgement."""
    return (
        given.outcome == judgement.outcome.value
        and given.reason == judgement.reason.strip()
        and (given.count_good, given.count_of) == (judgement.good, judgement.of)
        and given.value == judgement.value
        and (given.link, given.file_sha256) == (judgement.link, file_sha256)
    )


def check(judgement: Judgement, method: Methodology) -> None:
    """Refuse a judgement that is incomplete or impossible whatever else is known."""
    if judgement.rule not in may_be_answered(method):
        raise UnknownRule(judgement.rule)
    if not judgement.reason.strip():
        raise ReasonIsMissing
    is_decided = judgement.outcome is not Outcome.CANNOT_TELL
    if is_decided and not judgement.link and judgement.attachment is None:
        raise EvidenceIsMissing
    _check_count(judgement.good, judgement.of)
    if judgement.value is not None and not _is_possible(judgement.value):
        raise FigureIsWrong(judgement.value)


def _check_count(good: int | None, of: int | None) -> None:
    if good is None and of is None:
        return
    if good is None or of is None or not 0 <= good <= of:
        raise FigureIsWrong(f"{'?' if good is None else good} / {'?' if of is None else of}")


def _is_possible(value: Decimal) -> bool:
    return value.is_finite() and 0 <= value < LARGEST_FIGURE


def refuse_what_does_not_fit(entry: Entry, method: Methodology) -> None:
    """Score the entry with all its answers; a contradiction undoes the transaction."""
    try:
        standing(entry.body.code, as_findings(entry.gathered), entry.answers.all(), method)
    except ScoringError as problem:
        raise FindingsDoNotFit(problem) from problem


def keep_attachment(attachment: Attachment | None) -> tuple[str, str]:
    """Put a file into the evidence store; its SHA-256 and its name, empty when there is none."""
    if attachment is None:
        return "", ""
    media_type_of(attachment.content)
    return store().put(attachment.content), plain_name(attachment.name)


def record_of(kept: Answer) -> bytes:
    """The decision as bytes a rating can rest on; it names no person."""
    return msgspec.json.encode(
        {
            "round": kept.entry.round.code,
            "body": kept.entry.body.code,
            "rule": kept.rule,
            "outcome": kept.outcome,
            "good": kept.count_good,
            "of": kept.count_of,
            "value": None if kept.value is None else str(plain(kept.value)),
            "reason": kept.reason,
            "link": kept.link,
            "file_sha256": kept.file_sha256,
            "answered_at": kept.answered_at,
        }
    )
