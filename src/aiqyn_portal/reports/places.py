"""The places bodies took in a round, and how that differs from the round before."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeVar

from aiqyn.scoring import methodology as methodologies
from aiqyn.scoring.engine import rank
from aiqyn.scoring.methodology import Methodology
from aiqyn.scoring.trend import like_for_like
from aiqyn_portal.evaluation.models import Round
from aiqyn_portal.evaluation.queries import published_rounds
from aiqyn_portal.reports.figures import percent_of
from aiqyn_portal.reports.queries import FinalRound, Result, final_rounds, results, shown_in

AnyRound = TypeVar("AnyRound", Round, FinalRound)


class Place(NamedTuple):
    """A body's place in a round, with all that a table, a chart or a download shows of it."""

    rank: int | None
    result: Result
    percent: Decimal | None
    change: Decimal | None  # percentage points against the round before, like for like


class RoundPlaces(NamedTuple):
    round: Round
    before: Round | None
    places: list[Place]


@cache
def method_of(methodology: str) -> Methodology:
    """The methodology with this id, read once per process."""
    return methodologies.methodology(methodology)


def places_of(code: str, rounds: Sequence[Round] | None = None) -> RoundPlaces | None:
    """The places of the published round `code`; None when there is no such round."""
    published = list(published_rounds()) if rounds is None else rounds
    round_ = next((r for r in published if r.code == code), None)
    if round_ is None:
        return None
    before = round_before(round_, published)
    found = results([round_, before] if before else [round_])
    older = {result.body: result for result in found[before.pk]} if before else {}
    return RoundPlaces(round_, before, _placed(found[round_.pk], older, round_))


def facts_of(code: str) -> tuple[object, ...] | None:
    """What the league table of `code` rests on; equal facts give an equal table. Two queries.

    None when there is no such published round.
    """
    rounds = final_rounds()
    now = next((round_ for round_ in rounds if round_.code == code), None)
    if now is None:
        return None
    before = round_before(now, rounds)
    return now, before, shown_in(now.pk, before.pk if before else now.pk)


def round_before(round_: AnyRound, published: Sequence[AnyRound]) -> AnyRound | None:
    """The newest round before this one by the same methodology or an edition it follows.

    Examples are compared with examples only.
    """
    editions = edition_and_before(round_.methodology)
    earlier = [
        other
        for other in published
        if other.until < round_.until
        and other.is_example == round_.is_example
        and other.methodology in editions
    ]
    return max(earlier, key=lambda other: other.until, default=None)


@cache
def edition_and_before(methodology: str) -> tuple[str, ...]:
    """The edition and those it follows, newest first."""
    follows = method_of(methodology).follows
    return (methodology, *edition_and_before(follows)) if follows else (methodology,)


def _placed(now: list[Result], older: dict[str, Result], round_: Round) -> list[Place]:
    ranks = _ranks(now, round_)
    return [
        Place(
            rank=ranks[result.body],
            result=result,
            percent=percent_of(result.points, result.tree.max_points),
            change=change_between(older.get(result.body), result),
        )
        for result in now
    ]


def _ranks(now: list[Result], round_: Round) -> dict[str, int | None]:
    """As published; anew once a correction has moved somebody."""
    if not any(result.is_correction for result in now):
        return {result.body: result.rank for result in now}
    ranked = rank([result.tree for result in now], method_of(round_.methodology))
    return {rating.body: place for place, rating in ranked}


def change_between(older: Result | None, newer: Result) -> Decimal | None:
    """Percentage points over the criteria both ratings share; None when nothing is shared."""
    if older is None:
        return None
    change = like_for_like(older.tree, newer.tree)
    return change.change if change else None
