"""The rows a league table rests on, as the database has them, and what they say.

Read at every request by two raw queries: putting the same queries together again costs more than
running them. What a row says (its phrases, dates, the tree of a rating) is worked out once for
each row as it stands and kept by that row; a row that differs in a letter is read anew.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from aiqyn import chain
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.evaluation.models import Rating

KEPT = 4096  # of each sort, by each process
FINAL_ROUNDS = """
SELECT id, code, methodology, methodology_sha256, CAST(since AS TEXT), CAST(until AS TEXT),
       CAST(published_at AS TEXT), CAST(is_example AS TEXT), CAST(title AS TEXT),
       CAST(source AS TEXT)
FROM evaluation_round WHERE state = 'final' ORDER BY until DESC, code
"""
SHOWN_IN = """
SELECT 'rating', r.id, r.entry_id, e.round_id, e.body_id, b.code, b.kind, r.stage, r.tree_sha256,
       CAST(r.corrects_id AS TEXT), CAST(r.rank AS TEXT), CAST(r.made_at AS TEXT),
       CAST(b.name AS TEXT)
FROM evaluation_rating r
JOIN evaluation_entry e ON e.id = r.entry_id JOIN bodies_body b ON b.id = e.body_id
WHERE e.round_id IN (%(now)s, %(before)s)
UNION ALL
SELECT 'name', n.id, 0, 0, n.body_id, '', '', '', '', CAST(n.valid_from AS TEXT),
       CAST(n.valid_to AS TEXT), '', CAST(n.name AS TEXT)
FROM bodies_bodyname n
WHERE n.body_id IN (SELECT body_id FROM evaluation_entry WHERE round_id = %(now)s)
UNION ALL
SELECT 'note', n.id, COALESCE(n.entry_id, 0), 0, 0, COALESCE(b.code, ''), '', n.code, '',
       CAST(n.details AS TEXT), '', '', CAST(n.text AS TEXT)
FROM evaluation_figurenote n
LEFT JOIN evaluation_entry e ON e.id = n.entry_id LEFT JOIN bodies_body b ON b.id = e.body_id
WHERE n.round_id = %(now)s
ORDER BY 1, 2
"""


class FinalRound(NamedTuple):
    """A published round as FINAL_ROUNDS reads it; dates and flags as the database writes them."""

    pk: int
    code: str
    methodology: str
    methodology_sha256: str
    since: str
    until: str
    published_at: str | None
    is_example: str
    title: str
    source: str


class PublishedRound(NamedTuple):
    """A published round."""

    pk: int
    code: str
    methodology: str
    methodology_sha256: str
    since: date
    until: date
    published_at: datetime | None
    is_example: bool
    title: Phrase
    source: Phrase


class RatingRow(NamedTuple):
    """A rating of a body, at any stage."""

    pk: int
    entry: int
    round: int
    body: int
    code: str  # of the body
    kind: str
    stage: str
    tree_sha256: str
    corrects: str | None
    rank: str | None
    made_at: str
    name: str  # of the body today, as JSON


class NameRow(NamedTuple):
    """A name a body bears or bore."""

    body: int
    since: str | None
    until: str | None
    name: str


class Remark(NamedTuple):
    """A note on the published figures of a round."""

    pk: int
    entry: int  # 0 where it concerns the whole round
    body: str
    code: str
    details: dict[str, Any]
    text: Phrase


class Shown(NamedTuple):
    """What the database holds of a round and of the one before it."""

    ratings: tuple[RatingRow, ...]  # of both rounds, oldest first
    names: tuple[NameRow, ...]
    remarks: tuple[Remark, ...]


def final_rounds() -> list[FinalRound]:
    """Every published round, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(FINAL_ROUNDS)
        return [FinalRound(*row) for row in cursor.fetchall()]


def shown_in(now: int, before: int) -> tuple[tuple[Any, ...], ...]:
    """Every row a league table rests on; equal rows give an equal table."""
    with connection.cursor() as cursor:
        cursor.execute(SHOWN_IN, {"now": now, "before": before})
        return tuple(map(tuple, cursor.fetchall()))


def sorted_out(rows: Iterable[tuple[Any, ...]]) -> Shown:
    """What `shown_in` gave, by what it is."""
    ratings, names, remarks = [], [], []
    for what, *row in rows:
        if what == "rating":
            ratings.append(RatingRow(*row))
        elif what == "name":
            names.append(NameRow(row[3], row[8], row[9], row[11]))
        else:
            remarks.append(_remark(row[0], row[1], row[4], row[6], row[8], row[11]))
    names.sort(key=lambda name: (name.body, name.since or ""))
    return Shown(tuple(ratings), tuple(names), tuple(remarks))


@lru_cache(maxsize=KEPT)
def published(row: FinalRound) -> PublishedRound:
    """What a row says of a round."""
    return PublishedRound(
        pk=row.pk,
        code=row.code,
        methodology=row.methodology,
        methodology_sha256=row.methodology_sha256,
        since=date.fromisoformat(row.since),
        until=date.fromisoformat(row.until),
        published_at=moment(row.published_at) if row.published_at else None,
        is_example=row.is_example in ("1", "true"),
        title=phrase(row.title),
        source=phrase(row.source),
    )


@lru_cache(maxsize=KEPT)
def _remark(pk: int, entry: int, body: str, code: str, details: str, text: str) -> Remark:
    return Remark(pk, entry, body, code, json.loads(details), phrase(text))


def phrase(written: str) -> Phrase:
    return Phrase(json.loads(written))


def moment(written: str) -> datetime:
    """A moment as a database writes it: SQLite leaves out that it is UTC."""
    read = datetime.fromisoformat(written)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


_TREES: dict[str, chain.Rating] = {}  # by digest: what a digest stands for never changes


def trees_of(ratings: Iterable[RatingRow]) -> dict[str, chain.Rating]:
    """Digest → tree of these ratings; those this process has not met are read in one query."""
    wanted = {row.tree_sha256: row.pk for row in ratings}
    found = {digest: _TREES[digest] for digest in wanted if digest in _TREES}
    if len(found) < len(wanted):
        missing = [pk for digest, pk in wanted.items() if digest not in found]
        rows = Rating.objects.filter(pk__in=missing).annotate(text=Cast("tree", TextField()))
        for digest, text in rows.values_list("tree_sha256", "text"):
            found[digest] = msgspec.json.decode(text, type=chain.Rating)
        if len(_TREES) > KEPT:
            _TREES.clear()
        _TREES.update(found)
    return found
