"""A set as CKAN's package, made once and kept until the set changes."""

import json
from collections.abc import Sequence
from threading import Lock
from typing import Any

from aiqyn.exchange import ckan
from aiqyn.text import say
from aiqyn_portal.sections.open_data.models import Dataset, File, Version
from aiqyn_portal.sections.open_data.nouns import WITH_EVERYTHING, as_dataset
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

KEPT = 2_000  # packages in memory, about 5 KB each
# what a package is made from; a row with the same values is the same package
STATE = (
    *("pk", "edition", "changed_at", "newest_id", "newest__released_at", "search_text"),
    *("body_id", "body__search_text"),
)
State = tuple[Any, ...]
Key = tuple[State, str, str]  # with origin and language
_written: dict[Key, str] = {}
_lock = Lock()


def package(
    row: Dataset, *, origin: str, language: str, version: Version | None = None
) -> dict[str, Any]:
    """Return the set as `package_show` does: its newest version, or the one given."""
    version = version or row.newest
    told = ckan.package(as_dataset(row, origin=origin, version=version), language=language)
    told |= _licence(row.licence, language)
    for group in told["groups"]:
        group["title"] = group["display_name"] = theme(group["name"], language)
    tables = {str(file.pk) for file in _files(version) if file.has_table}
    for resource in told["resources"]:
        resource["datastore_active"] = resource["id"] in tables
    return told


def packages(pks: list[int], *, origin: str, language: str) -> list[dict[str, Any]]:
    """Return the sets with these keys as packages, in the same order; few queries for all."""
    made = _made(pks, origin, language)
    return [made[pk] for pk in pks if pk in made]


def _made(pks: list[int], origin: str, language: str) -> dict[int, dict[str, Any]]:
    rows = (
        Dataset.objects.filter(pk__in=pks)
        .select_related("body", "newest")
        .prefetch_related(*WITH_EVERYTHING)
    )
    return {row.pk: package(row, origin=origin, language=language) for row in rows}


def written_packages(states: Sequence[State], origin: str, language: str) -> list[str]:
    """The packages of sets in these STATEs, as JSON; what is not kept is made together."""
    keys = [(state, origin, language) for state in states]
    with _lock:
        found = {key: _written[key] for key in keys if key in _written}
    missing = [key for key in keys if key not in found]
    if missing:
        made = _made([state[0] for state, _, _ in missing], origin, language)
        fresh = {
            key: json.dumps(made[key[0][0]], ensure_ascii=False)
            for key in missing
            if key[0][0] in made
        }
        found |= fresh
        _keep(fresh)
    return [found[key] for key in keys if key in found]


def _keep(fresh: dict[Key, str]) -> None:
    with _lock:
        _written.update(fresh)
        for oldest in list(_written)[: max(0, len(_written) - KEPT)]:
            del _written[oldest]


def forget() -> None:
    """Keep nothing of what was made: where rows come back with keys used before."""
    with _lock:
        _written.clear()


def theme(code: str, language: str) -> str:
    """What a category is called."""
    known = categories().get(code)
    return say(known.title, language) if known else code


def _files(version: Version | None) -> list[File]:
    return list(version.files.all()) if version else []


def _licence(code: str, language: str) -> dict[str, Any]:
    known = licences().get(code)
    if known is None:
        return {"license_id": code or None, "isopen": False}
    return {
        "license_id": code,
        "license_title": say(known.title, language),
        "license_url": known.address,
        "isopen": known.is_open,
    }
