"""What the pages read about rounds, ratings and objections; each a constant number of queries."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.models import Entry, Objection, Rating, Round

PUBLISHED = (Rating.Stage.FINAL, Rating.Stage.CORRECTION)
HEAVY = ("findings", "replaced")


class LeagueRow(NamedTuple):
    """One line of a league table; `rank` is None while the total is not known."""

    rank: int | None
    body: Body
    rating: Rating  # the current one: final, or the newest correction; `tree` holds the criteria
    preliminary_points: Decimal | None  # before objections; None when there was no such stage


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


def current_ratings() -> QuerySet[Rating]:
    """Published ratings that no correction has replaced, without their findings."""
    preliminary = Rating.objects.filter(
        entry=OuterRef("entry"), stage=Rating.Stage.PRELIMINARY
    ).values("points")[:1]
    return (
        Rating.objects.filter(stage__in=PUBLISHED, corrected_by__isnull=True)
        .defer(*HEAVY)
        .annotate(preliminary_points=Subquery(preliminary))
        .select_related("entry__body", "entry__round")
    )


def league(round_: Round) -> list[LeagueRow]:
    """The league table: best first, ties share a rank, bodies without a total last."""
    ratings = list(current_ratings().filter(entry__round=round_).prefetch_related("entry__body__names"))
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
