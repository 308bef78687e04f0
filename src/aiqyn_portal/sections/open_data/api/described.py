"""A set as CKAN's package, made once and kept until the set changes."""

import json
from functools import lru_cache
from typing import Any

from aiqyn.exchange import ckan
from aiqyn.text import say
from aiqyn_portal.sections.open_data.models import Dataset, File, Version
from aiqyn_portal.sections.open_data.nouns import WITH_EVERYTHING, as_dataset
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

KEPT = 2_000  # packages in memory, about 5 KB each
# what a package is made from; a row with the same values is the same package
STATE = ("pk", "edition", "changed_at", "newest_id", "newest__released_at", "body_id")


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
    rows = (
        Dataset.objects.filter(pk__in=pks)
        .select_related("body", "newest")
        .prefetch_related(*WITH_EVERYTHING)
    )
    made = {row.pk: package(row, origin=origin, language=language) for row in rows}
    return [made[pk] for pk in pks if pk in made]


@lru_cache(maxsize=KEPT)
def written_package(state: tuple[Any, ...], origin: str, language: str) -> str:
    """The package of the set in this STATE, as JSON."""
    [told] = packages([state[0]], origin=origin, language=language)
    return json.dumps(told, ensure_ascii=False)


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
