"""Asking the index. One statement finds, orders and counts; both engines the same.

Of each kind the latest entries that answer are put in order and counted, at most MOST of them,
and as many older ones whose titles have all the words: a word of a million comments costs no more
than one of some thousands, no kind is drowned by another, and no title by newer texts. Order: how
many of the asked words stand in the title, then how much of the title they are (of what explains,
as rules: nothing), then the newest, then what was entered first. All of it is whole numbers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from aiqyn_portal.search.asking import Question
from aiqyn_portal.search.engines import engine
from aiqyn_portal.search.models import Entry, Shelf, Shown

FACETS = ("kind", "body_id", "year", "status", "languages")
NUMBERS = ("body_id", "year")
MARKS = {"b": "body_id", "y": "year", "s": "status", "l": "languages"}  # of an entry: tables.py
LOWEST = -(2**62)  # below the number of every entry; what was old when entered has one below 0
MOST = 2_000  # answers of each kind, those entered last; and as many older titles
# a leap from each kind to the next
KINDS = """
WITH RECURSIVE known (kind) AS (
    SELECT MIN(kind) FROM search_entry UNION ALL
    SELECT (SELECT MIN(kind) FROM search_entry WHERE kind > known.kind) FROM known
    WHERE known.kind IS NOT NULL
)
SELECT kind FROM known WHERE kind IS NOT NULL"""
BEST = """, best AS (
    SELECT found.id, found.day,
        found.hits * 1000 + found.hits * 1000 / found.title_words AS score FROM found
    ORDER BY score DESC, found.day DESC, found.id LIMIT %s OFFSET %s
)"""
KEYS = """ SELECT entry.key FROM best JOIN search_entry entry ON entry.id = best.id
ORDER BY best.score DESC, best.day DESC, best.id"""
# the page and the counts together, so that the words are looked up once
COUNTED = """, shelved AS MATERIALIZED (
    SELECT shelf_id, COUNT(*) AS times FROM found GROUP BY shelf_id
), counted AS MATERIALIZED (
    SELECT shelf.*, shelved.times FROM shelved JOIN search_shelf shelf ON shelf.id = shelf_id
)
SELECT '' AS facet, '' AS value, id, day, score FROM best"""
FACET = """
UNION ALL SELECT '{0}', CAST({0} AS VARCHAR(30)), CAST(SUM(times) AS BIGINT), 0, 0
FROM counted GROUP BY {0}"""
ANY = " SELECT 1 FROM found LIMIT 1"
BY_KIND = """, ranked AS (
    SELECT found.id, shelf.kind, ROW_NUMBER() OVER (
        PARTITION BY shelf.kind
        ORDER BY found.hits * 1000 + found.hits * 1000 / found.title_words DESC, found.day DESC,
            found.id
    ) AS place
    FROM found JOIN search_shelf shelf ON shelf.id = found.shelf_id
)
SELECT ranked.kind, entry.key FROM ranked JOIN search_entry entry ON entry.id = ranked.id
WHERE ranked.place <= %s ORDER BY ranked.place, ranked.kind"""


@dataclass(frozen=True)
class Filters:
    """What the answer is narrowed to; empty means any."""

    kind: str = ""
    body_id: int | None = None
    year: int = 0
    status: str = ""
    languages: str = ""  # one that the title must be in
    after: int = LOWEST  # only what was entered after the entry of this number


@dataclass(frozen=True)
class Found:
    """A page of the answer, and how many there are of what."""

    shown: list[Shown]
    total: int
    facets: Mapping[str, Counter[Any]] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """How many of each kind are put in order and counted."""
        return MOST

    @property
    def is_more(self) -> bool:
        """Whether of some kind there may be more than were put in order and counted."""
        return any(self.is_cut(kind) for kind in self.facets.get("kind", {}))

    def is_cut(self, kind: str) -> bool:
        """Whether there may be more of a kind."""
        counted: Mapping[Any, int] = self.facets.get("kind", {})
        return counted.get(kind, 0) >= MOST


@dataclass(frozen=True)
class Keys:
    """What answers, by its keys, the best first."""

    keys: tuple[str, ...] = ()
    is_more: bool = False  # whether there may be more than were read


NOTHING = Found([], 0)
Statement = tuple[str, list[Any]]


def find(
    question: Question, filters: Filters = Filters(), *, limit: int = 20, offset: int = 0
) -> Found:
    """Answer a question; one that asks for nothing finds nothing."""
    kinds = _kinds(filters) if question else []
    if not kinds:
        return NOTHING
    ids, facets = _asked(_found(question, filters, kinds), limit, offset)
    shown = Shown.objects.select_related("entry__shelf__body").in_bulk(ids)
    total = sum(facets["kind"].values())
    return Found([shown[pk] for pk in ids if pk in shown], total, facets)  # gone a moment ago?


def keys(question: Question, filters: Filters, *, most: int = 0) -> Keys:
    """Return only the keys of what answers, all of one kind: cheaper than `find`.

    `most` (MOST): how many of the latest, and of older titles, are read.
    """
    kinds = _kinds(filters) if question else []
    if not kinds:
        return Keys()
    most = most or MOST
    statement, values = _found(question, filters, kinds, most=most)
    with connection.cursor() as cursor:
        cursor.execute(statement + BEST + KEYS, [*values, 2 * most, 0])
        told = tuple(key for (key,) in cursor.fetchall())
    return Keys(told, is_more=len(told) >= most)


def every_key(question: Question, kind: str) -> list[str]:
    """Return the keys of all of a kind that answer, however many, in no order."""
    if not question:
        return []
    statement, values = engine().every(question, kind)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [key for (key,) in cursor.fetchall()]


def best_of_kinds(question: Question, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str]]:
    """Return kind and key of the best of every kind, the best first; one statement for all."""
    if not question or not kinds:
        return []
    statement, values = _found(question, Filters(), kinds)
    with connection.cursor() as cursor:
        cursor.execute(statement + BY_KIND, [*values, limit])
        return [(kind, key) for kind, key in cursor.fetchall()]


def times(questions: Sequence[Question], kinds: Sequence[str], most: int) -> list[int]:
    """Return how many of the latest entries of these kinds answer each, counted up to `most`."""
    return engine().times(questions, kinds, most) if questions and kinds else []


def is_answered(question: Question, kind: str = "") -> bool:
    kinds = _kinds(Filters(kind=kind))
    if not kinds:
        return False
    statement, values = _found(question, Filters(), kinds, most=1, with_titles=False)
    with connection.cursor() as cursor:
        cursor.execute(statement + ANY, values)
        return cursor.fetchone() is not None


def _asked(found: Statement, limit: int, offset: int) -> tuple[list[int], dict[str, Counter[Any]]]:
    """Return the numbers of a page in their order, and how many there are of what."""
    statement, values = found
    statement += BEST + COUNTED + "".join(map(FACET.format, FACETS))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, limit, offset])
        rows = cursor.fetchall()
    best = sorted((-score, -day, pk) for facet, _, pk, day, score in rows if not facet)
    facets: dict[str, Counter[Any]] = {name: Counter() for name in FACETS}
    for facet, value, times, *_ in rows:
        if facet:
            for one in _values(facet, value):
                facets[facet][one] += times
    return [pk for *_, pk in best], facets


def _values(facet: str, value: str | None) -> list[Any]:
    """Return what a label of shelves stands for: languages stand together in one."""
    if facet == "languages":
        return (value or "").split()
    return [int(value) if value and facet in NUMBERS else value]


def _kinds(filters: Filters) -> list[str]:
    """Return the kinds to ask: the one wanted, or all there are.

    Marks are looked up without regard to case on one database, and with it on the other: what
    is written otherwise than what is wanted is found on neither.
    """
    if filters.status and not Shelf.objects.filter(status=filters.status).exists():
        return []
    if filters.kind:
        is_known = Entry.objects.filter(kind=filters.kind).exists()
        return [filters.kind] if is_known else []
    with connection.cursor() as cursor:
        cursor.execute(KINDS)
        return [kind for (kind,) in cursor.fetchall()]


def _found(
    question: Question,
    filters: Filters,
    kinds: Sequence[str],
    *,
    most: int = 0,
    with_titles: bool = True,
) -> Statement:
    """Return the beginning of a statement, the table `found`, and its parameters."""
    marks = {letter: said for letter, name in MARKS.items() if (said := getattr(filters, name))}
    found, values = engine().found(
        question,
        kinds,
        marks,
        above=filters.after,
        most=most or MOST,
        with_titles=with_titles,
    )
    return f"WITH {found}", values
