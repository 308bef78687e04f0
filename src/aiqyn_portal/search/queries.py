"""Asking the index. One statement finds and orders, another counts; both engines the same.

Order: how many of the asked words stand in the title, then how much of the title they are,
then the newest, then what was entered first. All of it is whole numbers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from aiqyn_portal.search.asking import Question
from aiqyn_portal.search.engines import engine
from aiqyn_portal.search.models import Shown

FACETS = ("kind", "body_id", "year", "status", "languages")
ORDERED = """
SELECT found.id FROM (
    SELECT entry.id, entry.day, entry.title_words, {hits} AS hits
    FROM search_entry entry WHERE {where}
) found
ORDER BY found.hits * 1000 + found.hits * 1000 / found.title_words DESC, found.day DESC, found.id
LIMIT %s OFFSET %s"""
COUNTED = """
SELECT entry.kind, entry.body_id, entry.year, entry.status, entry.languages, COUNT(*)
FROM search_entry entry WHERE {where} GROUP BY 1, 2, 3, 4, 5"""
ANY = "SELECT 1 FROM search_entry entry WHERE {where} LIMIT 1"


@dataclass(frozen=True)
class Filters:
    """What the answer is narrowed to; empty means any."""

    kind: str = ""
    body_id: int | None = None
    year: int = 0
    status: str = ""
    language: str = ""


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
    shown = Shown.objects.select_related("entry", "entry__body").in_bulk(ids)
    return Found([shown[pk] for pk in ids], total, facets)


def is_answered(question: Question) -> bool:
    where, values = _where(question, Filters())
    with connection.cursor() as cursor:
        cursor.execute(ANY.format(where=where), values)
        return cursor.fetchone() is not None


def _page(question: Question, filters: Filters, limit: int, offset: int) -> list[int]:
    its = engine()
    where, values = _where(question, filters)
    hits = " + ".join([f"CAST({its.found} AS INTEGER)"] * len(question.wanted))
    titles = [its.in_title(part) for part in question.wanted]
    with connection.cursor() as cursor:
        cursor.execute(ORDERED.format(hits=hits, where=where), [*titles, *values, limit, offset])
        return [row[0] for row in cursor.fetchall()]


def _facets(question: Question, filters: Filters) -> dict[str, Counter[Any]]:
    where, values = _where(question, filters)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(where=where), values)
        return _folded(cursor.fetchall())


def _folded(rows: Iterable[tuple[Any, ...]]) -> dict[str, Counter[Any]]:
    facets: dict[str, Counter[Any]] = {name: Counter() for name in FACETS}
    for *values, count in rows:
        for name, value in zip(FACETS, values, strict=True):
            for one in str(value).split() if name == "languages" else [value]:
                facets[name][one] += count
    return facets


def _where(question: Question, filters: Filters) -> tuple[str, list[Any]]:
    its = engine()
    conditions = [its.found]
    values: list[Any] = [its.expression(question)]
    for column, value in (
        ("kind", filters.kind),
        ("body_id", filters.body_id),
        ("year", filters.year),
        ("status", filters.status),
    ):
        if value:
            conditions.append(f"entry.{column} = %s")
            values.append(value)
    if filters.language:
        conditions.append("entry.languages LIKE %s")
        values.append(f"%{filters.language}%")
    return " AND ".join(conditions), values
