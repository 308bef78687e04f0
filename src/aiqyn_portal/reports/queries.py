"""What is published, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from aiqyn import chain
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body, BodyName
from aiqyn_portal.evaluation.models import FigureNote, Rating, Round
from aiqyn_portal.evaluation.queries import PUBLISHED, other_total, printed_total

TREES_KEPT = 2048


class Row(NamedTuple):
    """One rating as the database holds it; the tree as text, to be decoded once per digest."""

    pk: int
    stage: str
    corrects: int | None
    rank: int | None
    made_at: datetime
    tree_sha256: str
    tree: str
    entry: int
    round: int
    body: int
    code: str
    kind: str
    name: Phrase
    printed: str | None


@dataclass(frozen=True, slots=True, eq=False)  # the very same one, or another
class Result:
    """One body in one published round: what counts now, and what was said before."""

    rating: int  # primary key
    round: int  # primary key
    body: str  # registry code
    kind: str
    name: Phrase  # as it was when the round ended
    name_today: Phrase | None  # None when it is the same
    tree: chain.Rating
    tree_sha256: str
    rank: int | None  # as published; a later correction of another body may have moved it
    made_at: datetime
    is_correction: bool
    preliminary: Decimal | None  # points before objections; None when there was no such stage
    final: Decimal | None  # points after objections, before any correction
    printed: Decimal | None  # total its source printed, when that is not `points`

    @property
    def points(self) -> Decimal | None:
        return self.tree.points

    @property
    def was_changed(self) -> bool:
        """Whether objections changed the total."""
        return self.preliminary is not None and self.preliminary != self.final


@lru_cache(maxsize=TREES_KEPT)
def decode_tree(tree: str) -> chain.Rating:
    """The noun kept in a row's `tree`."""
    return msgspec.json.decode(tree, type=chain.Rating)


def results(rounds: Collection[Round]) -> dict[int, list[Result]]:
    """Round → its bodies' published results, in registry order. Two queries, however many."""
    rows = _rows(Q(entry__round__in=[round_.pk for round_ in rounds]))
    return _by_round(rows, rounds)


def results_of(body: Body, rounds: Collection[Round]) -> list[Result]:
    """All published results of one body, oldest first."""
    rows = _rows(Q(entry__body=body, entry__round__in=[round_.pk for round_ in rounds]))
    grouped = _by_round(rows, rounds)
    oldest_first = sorted(rounds, key=lambda round_: (round_.until, round_.code))
    return [result for round_ in oldest_first for result in grouped.get(round_.pk, [])]


def _rows(which: Q) -> list[Row]:
    found = (
        Rating.objects.filter(which, entry__round__state=Round.State.FINAL)
        .annotate(tree_text=Cast("tree", TextField()), printed=printed_total())
        .order_by("entry__body__code", "pk")
        .values_list(
            "pk",
            "stage",
            "corrects_id",
            "rank",
            "made_at",
            "tree_sha256",
            "tree_text",
            "entry_id",
            "entry__round_id",
            "entry__body_id",
            "entry__body__code",
            "entry__body__kind",
            "entry__body__name",
            "printed",
        )
    )
    return [Row(*row) for row in found]


def _by_round(rows: list[Row], rounds: Collection[Round]) -> dict[int, list[Result]]:
    until = {round_.pk: round_.until for round_ in rounds}
    names = _names({row.body for row in rows})
    by_entry: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_entry[row.entry].append(row)
    found: dict[int, list[Result]] = {round_.pk: [] for round_ in rounds}
    for stages in by_entry.values():
        result = _result(stages, until[stages[0].round], names)
        if result:
            found[result.round].append(result)
    return found


def _result(stages: list[Row], day: date, names: dict[int, list[Any]]) -> Result | None:
    replaced = {row.corrects for row in stages}
    current = [row for row in stages if row.stage in PUBLISHED and row.pk not in replaced]
    if not current:
        return None
    row = current[-1]
    first = next(other for other in stages if other.stage in PUBLISHED)
    earlier = [other for other in stages if other.stage == Rating.Stage.PRELIMINARY]
    then = _name_on(names.get(row.body, ()), day, row.name)
    tree = decode_tree(row.tree)
    return Result(
        rating=row.pk,
        round=row.round,
        body=row.code,
        kind=row.kind,
        name=then,
        name_today=row.name if then != row.name else None,
        tree=tree,
        tree_sha256=row.tree_sha256,
        rank=row.rank,
        made_at=row.made_at,
        is_correction=row.stage == Rating.Stage.CORRECTION,
        preliminary=decode_tree(earlier[-1].tree).points if earlier else None,
        final=decode_tree(first.tree).points,
        printed=other_total(row.printed, tree.points),
    )


def _names(bodies: set[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = BodyName.objects.filter(body__in=bodies).values_list(
        "body_id", "name", "valid_from", "valid_to"
    )
    for body, *rest in rows:
        found[body].append(rest)
    return found


def _name_on(names: Iterable[Any], day: date, newest: Phrase) -> Phrase:
    for name, since, until in names:
        if (since or date.min) <= day <= (until or date.max):
            return Phrase(name)
    return newest


def notes_of(round_: Round) -> "QuerySet[FigureNote]":
    """Remarks on the published figures of a round, with the body each concerns."""
    return FigureNote.objects.filter(round=round_).select_related("entry__body").order_by("pk")


def bodies_matching(text: str, kind: str = "") -> "QuerySet[Body]":
    """Bodies whose names in any language contain every word of `text`; case does not matter."""
    found = Body.objects.all()
    for word in text.casefold().split():
        found = found.filter(Q(search_text__contains=word) | Q(code__contains=word))
    return found.filter(kind=kind) if kind else found
