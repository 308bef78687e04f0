"""A round from its opening to its publication."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from aiqyn import chain
from aiqyn.errors import ScoringError
from aiqyn.scoring.engine import rank
from aiqyn.scoring.methodology import Methodology, digest, methodology, methodology_ids
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.sections import sections
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import telling
from aiqyn_portal.evaluation.actions.evidence import make_public
from aiqyn_portal.evaluation.actions.rows import (
    evaluator_or_refuse,
    frozen_row,
    locked,
    methodology_of,
    write_down,
)
from aiqyn_portal.evaluation.models import Entry, Objection, Rating, Round
from aiqyn_portal.evaluation.queries import entries_with_answers
from aiqyn_portal.evaluation.refusals import (
    BodyNotInForce,
    DeadlineIsPast,
    FindingsDoNotFit,
    MethodologyCompares,
    MethodologyNotInForce,
    NoBodies,
    ObjectionPeriodRuns,
    ObjectionsUnanswered,
    PeriodIsWrong,
    PeriodStillRuns,
    QuestionsStillOpen,
    RoundCodeTaken,
    RoundIsNotOpen,
    RoundIsNotPreliminary,
)
from aiqyn_portal.evaluation.standing import (
    Standing,
    as_builtins,
    as_findings,
    standing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """What an evaluator says to open a round."""

    code: str
    title: Phrase
    methodology: str
    since: date
    until: date  # both days belong to the period
    bodies: Sequence[Body]
    is_example: bool = False


@transaction.atomic
def open_round(plan: RoundPlan, *, by: User, at: datetime) -> Round:
    """Open a round and gather what the sections already know about its bodies.

    Raises PeriodIsWrong, NoBodies, BodyNotInForce, MethodologyNotInForce,
    MethodologyCompares, RoundCodeTaken.
    """
    evaluator_or_refuse(by)
    _check_plan(plan, today=timezone.localdate(at))
    try:
        with transaction.atomic():
            round_ = Round.objects.create(
                code=plan.code,
                title=plan.title,
                methodology=plan.methodology,
                methodology_sha256=digest(plan.methodology),
                since=plan.since,
                until=plan.until,
                is_example=plan.is_example,
            )
    except IntegrityError:
        raise RoundCodeTaken(plan.code) from None
    Entry.objects.bulk_create([Entry(round=round_, body=body) for body in plan.bodies])
    write_down(
        by,
        "round.opened",
        f"round:{round_.code}",
        {
            "methodology": round_.methodology,
            "methodology_sha256": round_.methodology_sha256,
            "since": round_.since.isoformat(),
            "until": round_.until.isoformat(),
            "bodies": [body.code for body in plan.bodies],
        },
    )
    gather(round_, by=by, at=at)
    return round_


def _check_plan(plan: RoundPlan, *, today: date) -> None:
    if plan.until < plan.since or plan.since > today:
        raise PeriodIsWrong
    if not plan.bodies:
        raise NoBodies
    if plan.methodology not in methodology_ids():
        raise MethodologyNotInForce(plan.methodology)
    method = methodology(plan.methodology)
    if method.relative:  # a spread over all bodies would move under a body when another answers
        raise MethodologyCompares(plan.methodology)
    ended = method.in_force_until is not None and plan.since >= method.in_force_until
    if ended or plan.until < method.in_force_from:
        raise MethodologyNotInForce(f"{method.in_force_from} – {method.in_force_until or ''}")
    absent = [str(body) for body in plan.bodies if not _existed(body, plan.since, plan.until)]
    if absent:
        raise BodyNotInForce(", ".join(absent))


def _existed(body: Body, since: date, until: date) -> bool:
    return (body.valid_from or since) <= until and (body.valid_to or until) >= since


@transaction.atomic
def gather(round_: Round, *, by: User, at: datetime) -> None:
    """Ask every section what it knows about every body of the period, and keep it.

    Raises RoundIsNotOpen once the bodies have been shown their result: what they
    were shown must not move under them.
    """
    evaluator_or_refuse(by)
    round_ = locked(round_)
    if round_.state != Round.State.OPEN:
        raise RoundIsNotOpen
    entries = list(round_.entries.select_related("body"))
    for entry in entries:
        entry.gathered = as_builtins(_findings_of_sections(entry.body, round_))
        entry.gathered_at = at
    Entry.objects.bulk_update(entries, ["gathered", "gathered_at"])
    details = {entry.body.code: len(entry.gathered) for entry in entries}
    write_down(by, "evidence.gathered", f"round:{round_.code}", {"findings": details})


def _findings_of_sections(body: Body, round_: Round) -> list[chain.Finding]:
    found = [
        finding
        for section in sections()
        for finding in section.findings(body, since=round_.since, until=round_.until)
    ]
    return sorted(found, key=lambda finding: finding.rule)


@transaction.atomic
def send_to_bodies(
    round_: Round,
    *,
    objections_until: date,
    by: User,
    at: datetime,
    despite_open_questions: bool = False,
) -> list[Rating]:
    """Show every body its preliminary result; objections are taken until that day's end.

    Raises RoundIsNotOpen, PeriodStillRuns, DeadlineIsPast, QuestionsStillOpen.
    """
    evaluator_or_refuse(by)
    round_ = locked(round_)
    if round_.state != Round.State.OPEN:
        raise RoundIsNotOpen
    today = timezone.localdate(at)
    if round_.until > today:
        raise PeriodStillRuns(round_.until.isoformat())
    if objections_until < today:
        raise DeadlineIsPast
    method = methodology_of(round_)
    stood = standings(round_, method)
    _refuse_open_questions(stood, despite_open_questions)
    made = _keep(round_, stood, method, stage=Rating.Stage.PRELIMINARY, at=at)
    round_.state = Round.State.PRELIMINARY
    round_.objections_until = objections_until
    round_.save(update_fields=["state", "objections_until"])
    write_down(
        by,
        "preliminary.sent",
        f"round:{round_.code}",
        {"objections_until": objections_until.isoformat(), "ratings": _digests(made)},
    )
    telling.shown(round_, made, by=by)
    return made


@transaction.atomic
def publish(
    round_: Round, *, by: User, at: datetime, despite_open_questions: bool = False
) -> list[Rating]:
    """Freeze the final ratings of a round and show them to everybody.

    The final result rests on what the bodies were shown, with the answers given to
    their objections laid over it: `gather` is refused since the day they were shown it.
    Raises RoundIsNotPreliminary, ObjectionPeriodRuns, ObjectionsUnanswered,
    QuestionsStillOpen.
    """
    evaluator_or_refuse(by)
    round_ = locked(round_)
    _refuse_early(round_, today=timezone.localdate(at))
    method = methodology_of(round_)
    stood = standings(round_, method)
    _refuse_open_questions(stood, despite_open_questions)
    made = _keep(round_, stood, method, stage=Rating.Stage.FINAL, at=at)
    round_.state = Round.State.FINAL
    round_.published_at = at
    round_.save(update_fields=["state", "published_at"])
    make_public(round_)
    write_down(by, "rating.published", f"round:{round_.code}", {"ratings": _digests(made)})
    telling.published(round_, made, by=by)
    return made


def standings(round_: Round, method: Methodology) -> list[tuple[Entry, Standing]]:
    """What would be frozen now; the page that asks for confirmation shows the same.

    Raises FindingsDoNotFit naming the body whose figures contradict the methodology.
    """
    return [(entry, _stand(entry, method)) for entry in entries_with_answers(round_)]


def _refuse_early(round_: Round, *, today: date) -> None:
    if round_.state != Round.State.PRELIMINARY:
        raise RoundIsNotPreliminary
    if round_.objections_until is not None and today <= round_.objections_until:
        raise ObjectionPeriodRuns(round_.objections_until.isoformat())
    waiting = Objection.objects.filter(entry__round=round_, decision="").count()
    if waiting:
        raise ObjectionsUnanswered(waiting)


def _stand(entry: Entry, method: Methodology) -> Standing:
    gathered = as_findings(entry.gathered)
    try:
        return standing(entry.body.code, gathered, entry.answers.all(), method)
    except ScoringError as problem:
        raise FindingsDoNotFit(f"{entry.body}: {problem}") from problem


def _refuse_open_questions(stood: Iterable[tuple[Entry, Standing]], deliberately: bool) -> None:
    """Bodies without a total are published only when the evaluator says so on purpose."""
    unknown = [str(entry.body) for entry, stands in stood if stands.rating.points is None]
    if unknown and not deliberately:
        raise QuestionsStillOpen(", ".join(unknown))


def _keep(
    round_: Round,
    stood: list[tuple[Entry, Standing]],
    method: Methodology,
    *,
    stage: Rating.Stage,
    at: datetime,
) -> list[Rating]:
    ranks = {
        rating.body: place for place, rating in rank([stands.rating for _, stands in stood], method)
    }
    return [
        frozen_row(
            entry,
            stands.rating,
            stands.known,
            made_at=at,
            stage=stage,
            rank=ranks[entry.body.code],
        )
        for entry, stands in stood
    ]


def _digests(made: Iterable[Rating]) -> dict[str, str]:
    return {rating.entry.body.code: rating.tree_sha256 for rating in made}
