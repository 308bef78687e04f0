"""Asking the index. One statement finds, orders and counts; both engines the same.

Order: how many of the asked words stand in the title, then how much of the title they are,
then the newest, then what was entered first. All of it is whole numbers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from aiqyn_portal.search.asking import Question
from aiqyn_portal.search.engines import engine
from aiqyn_portal.search.models import Entry, Shown

FACETS = ("kind", "body_id", "year", "status", "languages")
NUMBERS = ("body_id", "year")
FOUND = """
WITH found AS MATERIALIZED (
    SELECT entry.id, entry.shelf_id, entry.day, entry.title_words, {hits} AS hits
    FROM {entries} entry{joins} WHERE {where}
), best AS (
    SELECT found.id, found.day,
        found.hits * 1000 + found.hits * 1000 / found.title_words AS score FROM found
    ORDER BY score DESC, found.day DESC, found.id LIMIT %s OFFSET %s
)"""
ORDERED = "SELECT id FROM best ORDER BY score DESC, day DESC, id"
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
BY_KIND = """, ranked AS (
    SELECT found.id, shelf.kind, ROW_NUMBER() OVER (
        PARTITION BY shelf.kind
        ORDER BY found.hits * 1000 + found.hits * 1000 / found.title_words DESC, found.day DESC,
            found.id
    ) AS place
    FROM found JOIN search_shelf shelf ON shelf.id = found.shelf_id WHERE shelf.kind IN ({kinds})
)
SELECT ranked.kind, entry.key FROM ranked JOIN search_entry entry ON entry.id = ranked.id
WHERE ranked.place <= %s ORDER BY ranked.kind, ranked.place"""
ON_SHELF = "entry.shelf_id IN (SELECT id FROM search_shelf WHERE {conditions})"
ANY = "SELECT 1 FROM {entries} entry WHERE {where} LIMIT 1"


@dataclass(frozen=True)
class Filters:
    """What the answer is narrowed to; empty means any."""

    kind: str = ""
    body_id: int | None = None
    year: int = 0
    status: str = ""
    languages: str = ""  # one that the title must be in
    after: int = 0  # only what was entered after the entry of this number


@dataclass(frozen=True)
class Found:
    """A page of the answer, and how many there are of what."""

    shown: list[Shown]
    total: int
    facets: Mapping[str, Counter[Any]] = field(default_factory=dict)


NOTHING = Found([], 0)


def find(
    question: Question, filters: Filters = Filters(), *, limit: int = 20, offset: int = 0
) -> Found:
    """Answer a question; one that asks for nothing finds nothing."""
    if not question:
        return NOTHING
    ids, facets = _asked(question, filters, limit, offset)
    shown = Shown.objects.select_related("entry__shelf__body").in_bulk(ids)
    total = sum(facets["kind"].values())
    return Found([shown[pk] for pk in ids if pk in shown], total, facets)  # gone a moment ago?


def keys(question: Question, filters: Filters = Filters(), *, limit: int) -> list[str]:
    """Return only the keys of what answers, the best first: cheaper than `find`."""
    if not question:
        return []
    statement, values = _found(question, filters, limit, 0)
    with connection.cursor() as cursor:
        cursor.execute(statement + ORDERED, values)
        ids = [row[0] for row in cursor.fetchall()]
    told = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "key"))
    return [told[pk] for pk in ids if pk in told]


def best_of_kinds(question: Question, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str]]:
    """Return kind and key of the best answers of every kind; one statement for them all."""
    if not question or not kinds:
        return []
    statement, values = _found(question, Filters(), limit, 0)
    statement += BY_KIND.format(kinds=", ".join(["%s"] * len(kinds)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *kinds, limit])
        return [(kind, key) for kind, key in cursor.fetchall()]


def is_answered(question: Question) -> bool:
    where, values = _where(question, Filters())
    with connection.cursor() as cursor:
        cursor.execute(ANY.format(entries=engine().entries, where=where), values)
        return cursor.fetchone() is not None


def _asked(
    question: Question, filters: Filters, limit: int, offset: int
) -> tuple[list[int], dict[str, Counter[Any]]]:
    """Return the numbers of a page in their order, and how many there are of what."""
    statement, values = _found(question, filters, limit, offset)
    statement += COUNTED + "".join(map(FACET.format, FACETS))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
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


def _found(question: Question, filters: Filters, limit: int, offset: int) -> tuple[str, list[Any]]:
    its = engine()
    where, values = _where(question, filters)
    hits, joins = its.hits(len(question.wanted))
    statement = FOUND.format(hits=hits, joins=joins, entries=its.entries, where=where)
    titles = [its.in_title(part) for part in question.wanted]
    return statement, [*titles, *values, limit, offset]


def _where(question: Question, filters: Filters) -> tuple[str, list[Any]]:
    its = engine()
    where = its.found
    values: list[Any] = [its.expression(question)]
    conditions = []
    for column in FACETS:
        value = getattr(filters, column)
        if value:
            is_part = column == "languages"
            conditions.append(f"{column} LIKE %s" if is_part else f"{column} = %s")
            values.append(f"%{value}%" if is_part else value)
    if conditions:
        where += " AND " + ON_SHELF.format(conditions=" AND ".join(conditions))
    if filters.after:
        where += " AND entry.id > %s"
        values.append(filters.after)
    return where, values
