"""Facets of CKAN's search: how many of the sets found have each value."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet

from aiqyn_portal.sections.open_data.models import Dataset, Standing

Items = list[dict[str, Any]]
MOST_FACETED = 20_000  # sets whose keywords are counted one by one
MOST_TAGS = 50
KEPT = 64  # facets of all sets of a process, a few KB each
COLUMNS = {
    "organization": "body__code",
    "owner_org": "body__code",
    "groups": "category",
    "license_id": "licence",
}


def counted(
    found: QuerySet[Dataset], names: Sequence[str], language: str, *, is_everything: bool
) -> dict[str, Items]:
    """The facets `names` of the sets found.

    Those of all published sets are counted once and kept until a set has changed.
    """
    if not is_everything:
        return {name: _count(found, name, language) for name in names}
    mark = Standing.now() if names else ""
    return {name: _of_everything(name, language, mark) if name in KNOWN else [] for name in names}


def forget() -> None:
    """Count facets anew, whatever has changed."""
    _of_everything.cache_clear()


@lru_cache(maxsize=KEPT)
def _of_everything(name: str, language: str, _mark: str) -> Items:
    return _count(Dataset.objects.published(), name, language)


def _count(found: QuerySet[Dataset], name: str, language: str) -> Items:
    return KNOWN[name](found, name, language) if name in KNOWN else []


def _by_column(found: QuerySet[Dataset], name: str, _language: str) -> Items:
    column = COLUMNS[name]
    rows = found.order_by().values_list(column).annotate(sets=Count("pk"))
    return [_item(value, sets) for value, sets in rows.order_by("-sets", column) if value]


def _by_format(found: QuerySet[Dataset], _name: str, _language: str) -> Items:
    column = "newest__files__format"  # a set may have several files of one format
    rows = found.order_by().values_list(column).annotate(sets=Count("pk", distinct=True))
    return [_item(value.upper(), sets) for value, sets in rows.order_by("-sets", column) if value]


def _by_tag(found: QuerySet[Dataset], _name: str, language: str) -> Items:
    words: Counter[str] = Counter()
    for keywords in found.order_by().values_list("keywords", flat=True)[:MOST_FACETED]:
        words.update(set(keywords.get(language) or next(iter(keywords.values()), ())))
    ranked = sorted(words.items(), key=lambda each: (-each[1], each[0]))
    return [_item(word, sets) for word, sets in ranked[:MOST_TAGS]]


def _item(value: str, sets: int) -> dict[str, Any]:
    return {"name": value, "display_name": value, "count": sets}


KNOWN: dict[str, Callable[[QuerySet[Dataset], str, str], Items]] = {
    **dict.fromkeys(COLUMNS, _by_column),
    "res_format": _by_format,
    "tags": _by_tag,
}
