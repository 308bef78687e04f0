"""Asking the index. One statement finds and orders, another counts; both engines the same.

Order: how many of the asked words stand in the title, then how much of the title they are,
then the newest, then what was entered first. All of it is whole numbers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from aiqyn_portal.search.asking import Question
from aiqyn_portal.search.engines import engine
from aiqyn_portal.search.models import Entry, Shelf, Shown

MOST_NAMED = 500  # shelves asked for by their numbers; SQLite has a limit of what it is given
FACETS = ("kind", "body_id", "year", "status", "languages")
ORDERED = """
WITH found AS MATERIALIZED (
    SELECT entry.id, entry.day, entry.title_words, {hits} AS hits
    FROM search_entry entry WHERE {where}
)
SELECT found.id FROM found
ORDER BY found.hits * 1000 + found.hits * 1000 / found.title_words DESC, found.day DESC, found.id
LIMIT %s OFFSET %s"""
COUNTED = """
SELECT entry.shelf_id, COUNT(*) FROM search_entry entry WHERE {where} GROUP BY entry.shelf_id"""
BY_KIND = """
WITH found AS MATERIALIZED (
    SELECT entry.id, entry.key, entry.day, entry.title_words, shelf.kind, {hits} AS hits
    FROM search_entry entry JOIN search_shelf shelf ON shelf.id = entry.shelf_id
    WHERE {where} AND shelf.kind IN ({kinds})
)
SELECT kind, key FROM (
    SELECT kind, key, ROW_NUMBER() OVER (
        PARTITION BY kind
        ORDER BY hits * 1000 + hits * 1000 / title_words DESC, day DESC, id
    ) AS place FROM found
) AS placed WHERE place <= %s ORDER BY kind, place"""
ON_SHELF = "entry.shelf_id IN (SELECT id FROM search_shelf WHERE {conditions})"
ANY = "SELECT 1 FROM search_entry entry WHERE {where} LIMIT 1"


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
    facets = _facets(question, filters)
    total = sum(facets["kind"].values())
    ids = _page(question, filters, limit, offset) if offset < total else []
    shown = Shown.objects.select_related("entry__shelf__body").in_bulk(ids)
    return Found([shown[pk] for pk in ids if pk in shown], total, facets)  # gone a moment ago?


def keys(question: Question, filters: Filters = Filters(), *, limit: int) -> list[str]:
    """Return only the keys of what answers, the best first: cheaper than `find`."""
    if not question:
        return []
    ids = _page(question, filters, limit, 0)
    told = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "key"))
    return [told[pk] for pk in ids if pk in told]


def best_of_kinds(
    question: Question, kinds: Sequence[str], *, limit: int
) -> list[tuple[str, str]]:
    """Return kind and key of the best answers of every kind; one statement for them all."""
    if not question or not kinds:
        return []
    its = engine()
    where, values = _where(question, Filters())
    hits = " + ".join([its.hit] * len(question.wanted))
    titles = [its.in_title(part) for part in question.wanted]
    places = ", ".join(["%s"] * len(kinds))
    statement = BY_KIND.format(hits=hits, where=where, kinds=places)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*titles, *values, *kinds, limit])
        return [(kind, key) for kind, key in cursor.fetchall()]


def is_answered(question: Question) -> bool:
    where, values = _where(question, Filters())
    with connection.cursor() as cursor:
        cursor.execute(ANY.format(where=where), values)
        return cursor.fetchone() is not None


def _page(question: Question, filters: Filters, limit: int, offset: int) -> list[int]:
    its = engine()
    where, values = _where(question, filters)
    hits = " + ".join([its.hit] * len(question.wanted))
    titles = [its.in_title(part) for part in question.wanted]
    with connection.cursor() as cursor:
        cursor.execute(ORDERED.format(hits=hits, where=where), [*titles, *values, limit, offset])
        return [row[0] for row in cursor.fetchall()]


def _facets(question: Question, filters: Filters) -> dict[str, Counter[Any]]:
    where, values = _where(question, filters)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(where=where), values)
        counts = dict(cursor.fetchall())
    facets: dict[str, Counter[Any]] = {name: Counter() for name in FACETS}
    for pk, *label in _shelves(list(counts)):
        for name, value in zip(FACETS, label, strict=True):
            for one in str(value).split() if name == "languages" else [value]:
                facets[name][one] += counts[pk]
    return facets


def _shelves(ids: list[int]) -> Iterable[tuple[Any, ...]]:
    """Return shelves with their labels; of very many, all there are."""
    rows = Shelf.objects.values_list("pk", *FACETS)
    wanted = set(ids)
    return (
        rows.filter(pk__in=ids) if len(ids) <= MOST_NAMED else [r for r in rows if r[0] in wanted]
    )


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
