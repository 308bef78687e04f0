"""Facets of CKAN's search: how many of the sets found have each value."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from aiqyn_portal.sections.open_data import tally
from aiqyn_portal.sections.open_data.models import Dataset, Standing

Items = list[dict[str, Any]]
MOST_FACETED = 20_000  # different keywords of sets that are counted one by one
MOST_TAGS = 50
KEPT = 64  # facets of all sets of a process, a few KB each
BODIES = ("organization", "owner_org")
COLUMNS = {"groups": "category", "license_id": "licence", "res_format": "formats"}
TAGS = "tags"
# PostgreSQL compares texts in less than half the time it takes to compare values of JSON
AS_WRITTEN = Cast("keywords", TextField())
OF_COLUMNS = {*BODIES, *COLUMNS}


def counted(
    found: QuerySet[Dataset], names: Sequence[str], language: str, *, is_everything: bool
) -> dict[str, Items]:
    """The facets `names` of the sets found.

    Those of all published sets are counted once and kept until a set has changed.
    """
    if is_everything:
        mark = Standing.now() if names else ""
        return {name: _of_everything(name, language, mark) for name in names}
    sets = tally.alike(found) if OF_COLUMNS.intersection(names) else ()
    return {name: _items(name, found, sets, language) for name in names}


def forget() -> None:
    """Count facets anew, whatever has changed."""
    _of_everything.cache_clear()
    words_of_everything.cache_clear()
    tally.everything.cache_clear()


@lru_cache(maxsize=KEPT)
def _of_everything(name: str, language: str, mark: str) -> Items:
    sets = tally.everything(mark) if name in OF_COLUMNS else ()
    return _items(name, Dataset.objects.published(), sets, language)


@lru_cache(maxsize=1)
def words_of_everything(_mark: str) -> tuple[str, ...]:
    """Keywords of all published sets in order, read once while the `_mark` is the same."""
    words: set[str] = set()
    rows = Dataset.objects.published().order_by().values_list(AS_WRITTEN, flat=True).distinct()
    for keywords in rows:  # by an iterator PostgreSQL would sort them
        for said in json.loads(keywords).values():
            words.update(said)
    return tuple(sorted(words))


def _items(
    name: str, found: QuerySet[Dataset], sets: tuple[tally.Alike, ...], language: str
) -> Items:
    if name == TAGS:
        return _by_tag(found, language)
    if name in BODIES:
        ranked = tally.counted_by_code(sets)
    else:
        ranked = tally.counted(sets, COLUMNS[name]) if name in COLUMNS else []
    written = str.upper if name == "res_format" else str
    return [_item(written(str(value)), many) for value, many in ranked]


def _by_tag(found: QuerySet[Dataset], language: str) -> Items:
    """Sets with the same keywords are read together."""
    words: Counter[str] = Counter()
    rows = found.order_by().values_list(AS_WRITTEN).annotate(sets=Count("pk"))
    for written, sets in rows[:MOST_FACETED]:
        keywords = json.loads(written)
        for word in set(keywords.get(language) or next(iter(keywords.values()), ())):
            words[word] += sets
    ranked = sorted(words.items(), key=lambda each: (-each[1], each[0]))
    return [_item(word, sets) for word, sets in ranked[:MOST_TAGS]]


def _item(value: str, sets: int) -> dict[str, Any]:
    return {"name": value, "display_name": value, "count": sets}
