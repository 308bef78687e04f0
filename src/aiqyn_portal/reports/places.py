"""The places bodies took in a round, and how that differs from the round before."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple, TypeVar

from aiqyn import chain
from aiqyn.scoring import methodology as methodologies
from aiqyn.scoring.engine import rank
from aiqyn.scoring.methodology import Methodology
from aiqyn.scoring.trend import like_for_like
from aiqyn_portal.evaluation.models import Rating, Round
from aiqyn_portal.evaluation.queries import OTHER_TOTAL, PUBLISHED, other_total
from aiqyn_portal.reports import rows
from aiqyn_portal.reports.figures import percent_of
from aiqyn_portal.reports.queries import Result
from aiqyn_portal.reports.rows import FinalRound, NameRow, RatingRow

AnyRound = TypeVar("AnyRound", Round, FinalRound)


class Place(NamedTuple):
    """A body's place in a round, with all that a table, a chart or a download shows of it."""

    rank: int | None
    result: Result
    percent: Decimal | None
    change: Decimal | None  # percentage points against the round before, like for like


class RoundPlaces(NamedTuple):
    round: rows.PublishedRound
    before: rows.PublishedRound | None
    places: list[Place]  # in order of the registry
    remarks: tuple[rows.Remark, ...]  # on the figures as they were published


class Facts(NamedTuple):
    """Every row the table of a round rests on; equal facts give an equal table."""

    now: FinalRound
    before: FinalRound | None
    rows: tuple[tuple[object, ...], ...]


@cache
def method_of(methodology: str) -> Methodology:
    """The methodology with this id, read once per process."""
    return methodologies.methodology(methodology)


def facts_of(code: str) -> Facts | None:
    """What the league table of `code` rests on. Two queries.

    None when there is no such published round.
    """
    rounds = rows.final_rounds()
    now = next((round_ for round_ in rounds if round_.code == code), None)
    if now is None:
        return None
    before = round_before(now, rounds)
    return Facts(now, before, rows.shown_in(now.pk, before.pk if before else now.pk))


def places_of(code: str) -> RoundPlaces | None:
    """The places of the published round `code`; None when there is no such round."""
    facts = facts_of(code)
    return places_in(facts) if facts else None


def places_in(facts: Facts) -> RoundPlaces:
    """The places these rows give. One more query for ratings this process has not met."""
    now, before = rows.published(facts.now), facts.before and rows.published(facts.before)
    shown = rows.sorted_out(facts.rows)
    rows.trees_of(shown.ratings)
    older = {
        stages[0].body: _current(stages)
        for stages in _entries(shown.ratings, before.pk if before else 0)
    }
    names = {body: tuple(its) for body, its in groupby(shown.names, key=lambda name: name.body)}
    printed = _printed(shown.remarks)
    found = [
        _place(
            stages,
            names.get(stages[0].body, ()),
            printed.get(stages[0].entry),
            now.until,
            older.get(stages[0].body),
        )
        for stages in _entries(shown.ratings, now.pk)
    ]
    places = [place for place in found if place]
    return RoundPlaces(now, before, _ranked(places, now.methodology), shown.remarks)


def _entries(ratings: Iterable[RatingRow], round_: int) -> list[tuple[RatingRow, ...]]:
    """The ratings of each body in a round, oldest first; bodies in order of the registry."""
    own = sorted((row for row in ratings if row.round == round_), key=lambda r: (r.code, r.pk))
    return [tuple(stages) for _, stages in groupby(own, key=lambda row: row.code)]


def _current(stages: Sequence[RatingRow]) -> RatingRow | None:
    """The rating that counts: the published one that no correction has replaced."""
    replaced = {row.corrects for row in stages}
    return next(
        (r for r in reversed(stages) if r.stage in PUBLISHED and str(r.pk) not in replaced), None
    )


def _printed(remarks: Iterable[rows.Remark]) -> dict[int, str]:
    """Entry → total its source printed, where that is not the criteria's sum."""
    found: dict[int, str] = {}
    for remark in remarks:
        if remark.code == OTHER_TOTAL and remark.details.get("printed") is not None:
            found.setdefault(remark.entry, str(remark.details["printed"]))
    return found


@lru_cache(maxsize=rows.KEPT)
def _place(
    stages: tuple[RatingRow, ...],
    names: tuple[NameRow, ...],
    printed: str | None,
    until: date,
    older: RatingRow | None,
) -> Place | None:
    """What the rows of one body say; None while nothing of it is published."""
    row = _current(stages)
    if row is None:
        return None
    trees = rows.trees_of([*stages, *([older] if older else [])])
    tree = trees[row.tree_sha256]
    first = next(each for each in stages if each.stage in PUBLISHED)
    earlier = [each for each in stages if each.stage == Rating.Stage.PRELIMINARY]
    newest = rows.phrase(row.name)
    then = next((rows.phrase(n.name) for n in names if _was_borne(n, until)), newest)
    result = Result(
        rating=row.pk,
        round=row.round,
        body=row.code,
        kind=row.kind,
        name=then,
        name_today=newest if then != newest else None,
        tree=tree,
        tree_sha256=row.tree_sha256,
        rank=int(row.rank) if row.rank else None,
        made_at=rows.moment(row.made_at),
        is_correction=row.stage == Rating.Stage.CORRECTION,
        preliminary=trees[earlier[-1].tree_sha256].points if earlier else None,
        final=trees[first.tree_sha256].points,
        printed=other_total(printed, tree.points),
    )
    return Place(
        rank=result.rank,
        result=result,
        percent=percent_of(tree.points, tree.max_points),
        change=_change(trees[older.tree_sha256] if older else None, tree),
    )


def _was_borne(name: NameRow, day: date) -> bool:
    return (name.since or "") <= day.isoformat() <= (name.until or "9999-12-31")


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


def _ranked(places: list[Place], methodology: str) -> list[Place]:
    """Ranks as published; anew once a correction has moved somebody."""
    if not any(place.result.is_correction for place in places):
        return places
    ranked = rank([place.result.tree for place in places], method_of(methodology))
    ranks = {rating.body: number for number, rating in ranked}
    return [place._replace(rank=ranks[place.result.body]) for place in places]


def change_between(older: Result | None, newer: Result) -> Decimal | None:
    """Percentage points over the criteria both ratings share; None when nothing is shared."""
    return _change(older.tree if older else None, newer.tree)


def _change(older: chain.Rating | None, newer: chain.Rating) -> Decimal | None:
    if older is None:
        return None
    change = like_for_like(older, newer)
    return change.change if change else None
