"""What the pages read about rounds, ratings and objections; each a constant number of queries."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from aiqyn.scoring.engine import rank
from aiqyn.scoring.methodology import Methodology
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.models import Answer, Entry, FigureNote, Objection, Rating, Round
from aiqyn_portal.evaluation.standing import (
    Standing,
    as_findings,
    rules_asked,
    standing,
)

PUBLISHED = (Rating.Stage.FINAL, Rating.Stage.CORRECTION)
HEAVY = ("findings", "replaced")
OTHER_TOTAL = "sum_does_not_follow"  # aiqyn.scoring.integrity: the printed total is not the sum


class LeagueRow(NamedTuple):
    """One line of a league table; `rank` is None while the total is not known."""

    rank: int | None
    body: Body
    rating: Rating  # the current one: final, or the newest correction; `tree` holds the criteria
    preliminary_points: Decimal | None  # before objections; None when there was no such stage

    @property
    def printed(self) -> Decimal | None:
        """The total its source printed, when that is not the rating's."""
        return other_total(getattr(self.rating, "printed_total", None), self.rating.points)


class Scores(NamedTuple):
    """Every score one body was given in one round, and what it objected to."""

    preliminary: Rating | None
    final: Rating | None
    corrections: list[Rating]  # oldest first
    objections: list[Objection]

    @property
    def current(self) -> Rating | None:
        """The score that counts today; None before publication."""
        return self.corrections[-1] if self.corrections else self.final


def published_rounds() -> QuerySet[Round]:
    """Rounds anybody may see, newest first."""
    return Round.objects.filter(state=Round.State.FINAL)


def printed_total() -> Subquery:
    """The total a rating's source printed, as text; NULL unless it is not the criteria's sum."""
    notes = FigureNote.objects.filter(entry=OuterRef("entry"), code=OTHER_TOTAL).order_by("pk")
    return Subquery(notes.values_list(KT("details__printed"))[:1])


def other_total(printed: str | None, points: Decimal | None) -> Decimal | None:
    """The printed total as a number; None when there is none or it is what we say anyway."""
    total = Decimal(printed) if printed else None
    return None if total == points else total


def current_ratings() -> QuerySet[Rating]:
    """Published ratings that no correction has replaced, without their findings.

    Each with `preliminary_points` and `printed_total`.
    """
    preliminary = Rating.objects.filter(
        entry=OuterRef("entry"), stage=Rating.Stage.PRELIMINARY
    ).values("points")[:1]
    return (
        Rating.objects.filter(stage__in=PUBLISHED, corrected_by__isnull=True)
        .defer(*HEAVY)
        .annotate(preliminary_points=Subquery(preliminary), printed_total=printed_total())
        .select_related("entry__body", "entry__round")
    )


def league(round_: Round) -> list[LeagueRow]:
    """The league table: best first, ties share a rank, bodies without a total last."""
    ratings = list(
        current_ratings().filter(entry__round=round_).prefetch_related("entry__body__names")
    )
    corrected = any(rating.stage == Rating.Stage.CORRECTION for rating in ratings)
    ranks = ranks_by_points(ratings) if corrected else {r.pk: r.rank for r in ratings}
    rows = [
        LeagueRow(ranks[r.pk], r.entry.body, r, getattr(r, "preliminary_points", None))
        for r in ratings
    ]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.body.code))


def ranks_by_points(ratings: Iterable[Rating]) -> dict[int, int | None]:
    """Rating id → competition rank (1, 2, 2, 4); None without a total."""
    listed = list(ratings)
    totals = [rating.points for rating in listed if rating.points is not None]
    return {
        rating.pk: None
        if rating.points is None
        else 1 + sum(1 for total in totals if total > rating.points)
        for rating in listed
    }


def ratings_of(body: Body) -> list[Rating]:
    """The current published ratings of one body, oldest round first."""
    return list(current_ratings().filter(entry__body=body).order_by("entry__round__until", "pk"))


def scores_of(entry: Entry) -> Scores:
    """Both scores of a body and its objections; two queries."""
    ratings = list(Rating.objects.filter(entry=entry).order_by("pk"))
    return Scores(
        preliminary=_newest(ratings, Rating.Stage.PRELIMINARY),
        final=_newest(ratings, Rating.Stage.FINAL),
        corrections=[r for r in ratings if r.stage == Rating.Stage.CORRECTION],
        objections=list(Objection.objects.filter(entry=entry).order_by("filed_at", "pk")),
    )


def _newest(ratings: list[Rating], stage: str) -> Rating | None:
    found = [rating for rating in ratings if rating.stage == stage]
    return found[-1] if found else None


def entries_with_answers(round_: Round) -> list[Entry]:
    """The bodies of a round with all their answers; two queries."""
    entries = round_.entries.select_related("body", "round").prefetch_related("answers")
    return list(entries.order_by("body__code"))


def rank_among(entry: Entry, points: Decimal | None) -> int | None:
    """The rank `points` would have among the other bodies' current ratings of the round."""
    if points is None:
        return None
    others = current_ratings().filter(entry__round=entry.round_id).exclude(entry=entry)
    return 1 + others.filter(points__gt=points).count()


class Progress(NamedTuple):
    """How far one body of a round is."""

    entry: Entry
    standing: Standing
    waiting: int  # objections without an answer

    @property
    def asked(self) -> int:
        return len(self.standing.needed)

    @property
    def settled(self) -> int:
        return self.asked - len(self.standing.open_rules)


def progress(round_: Round, method: Methodology) -> list[Progress]:
    """How far every body of the round is, by code; three queries.

    Raises ScoringError when a figure contradicts the methodology.
    """
    waiting = dict(
        Objection.objects.filter(entry__round=round_, decision="")
        .values_list("entry")
        .annotate(waiting=Count("pk"))
    )
    return [
        Progress(entry, standing_of(entry, method), waiting.get(entry.pk, 0))
        for entry in entries_with_answers(round_)
    ]


def standing_of(entry: Entry, method: Methodology) -> Standing:
    """How an entry stands now; its answers are read unless they were prefetched."""
    return standing(entry.body.code, as_findings(entry.gathered), entry.answers.all(), method)


def next_open(
    entries: Iterable[Progress], method: Methodology, after: tuple[str, str] = ("", "")
) -> tuple[str, str] | None:
    """(body code, rule) of the first open question behind `after`; from the top at the end."""
    order = {rule: place for place, rule in enumerate(rules_asked(method))}

    def place(question: tuple[str, str]) -> tuple[str, int]:
        return question[0], order.get(question[1], -1)

    questions = [(p.entry.body.code, rule) for p in entries for rule in p.standing.open_rules]
    questions.sort(key=place)
    later = [question for question in questions if place(question) > place(after)]
    return next(iter(later or questions), None)


def objections_waiting() -> QuerySet[Objection]:
    """Objections without an answer, the oldest first, with what a list shows."""
    return Objection.objects.filter(decision="").select_related(
        "entry__body", "entry__round", "filed_by"
    )


def rounds_of(bodies: Iterable[Body]) -> list[Entry]:
    """What officers of `bodies` may see: entries whose bodies have been shown a result."""
    shown = (Round.State.PRELIMINARY, Round.State.FINAL)
    entries = Entry.objects.filter(body__in=list(bodies), round__state__in=shown)
    return list(
        entries.select_related("body", "round")
        .annotate(waiting=Count("objections", filter=Q(objections__decision="")))
        .order_by("-round__until", "round__code", "body__code")
    )


def rounds_with_counts() -> list[Round]:
    """Every round with `bodies` and `waiting` (objections without an answer); one query."""
    waiting = Count("entries__objections", filter=Q(entries__objections__decision=""))
    return list(
        Round.objects.annotate(bodies=Count("entries", distinct=True), waiting=waiting).order_by(
            "-until", "code"
        )
    )


def answers_to(entry: Entry, rule: str) -> list[Answer]:
    """Every answer ever given to one question, the newest first."""
    given = Answer.objects.filter(entry=entry, rule=rule).select_related("answered_by")
    return list(given.order_by("-pk"))


def expected_league(
    lines: Iterable[Progress], method: Methodology
) -> list[tuple[int | None, Progress]]:
    """The league table as publishing now would make it."""
    by_body = {line.entry.body.code: line for line in lines}
    ratings = [line.standing.rating for line in by_body.values()]
    return [(place, by_body[rating.body]) for place, rating in rank(ratings, method)]
