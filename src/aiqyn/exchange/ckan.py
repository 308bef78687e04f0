"""CKAN's package and resource dictionaries, as its Action API returns them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiqyn.exchange.spoken import name_of, said
from aiqyn.subjects.dataset import Dataset, Distribution, Said
from aiqyn.text import LANGUAGES


def package(dataset: Dataset, *, language: str = "kk") -> dict[str, Any]:
    """Return the set as `package_show` does; words in `language` where there are such.

    `title_translated` and `notes_translated` carry every language, as ckanext-fluent has them.
    """
    name = name_of(dataset)
    resources = [
        resource(each, number, name, language) for number, each in enumerate(dataset.distributions)
    ]
    tags = _tags(dataset, language)
    return {
        "id": name,
        "name": name,
        "type": "dataset",
        "state": "deleted" if dataset.withdrawn else "active",
        "private": False,
        "title": said(dataset.title, language),
        "title_translated": _translated(dataset.title),
        "notes": said(dataset.description, language),
        "notes_translated": _translated(dataset.description),
        "url": dataset.page,
        "version": dataset.version or None,
        "author": said(dataset.publisher.name, language),
        "author_email": None,
        "maintainer": said(dataset.contact.name, language),
        "maintainer_email": dataset.contact.email or None,
        "license_id": dataset.licence or None,
        "license_title": dataset.licence or None,
        "license_url": dataset.licence if "://" in dataset.licence else None,
        "owner_org": dataset.publisher.id or None,
        "organization": organization(dataset.publisher.id, dataset.publisher.name, language),
        "metadata_created": _moment(dataset.issued),
        "metadata_modified": _moment(dataset.modified or dataset.issued),
        "num_resources": len(resources),
        "resources": resources,
        "num_tags": len(tags),
        "tags": tags,
        "groups": _groups(dataset),
        "extras": _extras(dataset),
        "relationships_as_object": [],
        "relationships_as_subject": [],
    }


def resource(each: Distribution, position: int, package_id: str, language: str) -> dict[str, Any]:
    """Return one file as `resource_show` does."""
    return {
        "id": each.id,
        "package_id": package_id,
        "position": position,
        "state": "active",
        "name": said(each.title, language),
        "name_translated": _translated(each.title),
        "description": said(each.description, language),
        "url": each.download or each.access,
        "url_type": "upload" if each.sha256 else None,
        "resource_type": None,
        "format": each.format.upper(),
        "mimetype": each.media_type or None,
        "size": each.size,
        "hash": f"sha256:{each.sha256}" if each.sha256 else "",
        "created": _moment(each.issued),
        "last_modified": _moment(each.modified),
        "metadata_modified": _moment(each.modified or each.issued),
        "datastore_active": False,
    }


def organization(code: str, name: Said, language: str) -> dict[str, Any]:
    """Return a publishing body as CKAN calls it, without its sets."""
    return {
        "id": code,
        "name": code,
        "type": "organization",
        "state": "active",
        "is_organization": True,
        "approval_status": "approved",
        "title": said(name, language) or code,
        "title_translated": _translated(name),
        "description": "",
        "image_url": "",
    }


def _translated(words: Said) -> dict[str, str]:
    return {code: words.get(code, "") for code in LANGUAGES}


def _groups(dataset: Dataset) -> list[dict[str, str]]:
    """Themes that are codes or words; a theme by address says the same once more."""
    codes = (each for each in dataset.themes if "://" not in each)
    return [{"id": each, "name": each, "title": each, "display_name": each} for each in codes]


def _tags(dataset: Dataset, language: str) -> list[dict[str, Any]]:
    words = dataset.keywords.get(language) or next(iter(dataset.keywords.values()), ())
    return [
        {"id": word, "name": word, "display_name": word, "state": "active", "vocabulary_id": None}
        for word in words
    ]


def _extras(dataset: Dataset) -> list[dict[str, str]]:
    """What CKAN has no field for, under the names ckanext-dcat gives it."""
    facts: Mapping[str, str] = {
        "uri": dataset.id,
        "frequency": dataset.frequency,
        "temporal_start": dataset.since.isoformat() if dataset.since else "",
        "temporal_end": dataset.until.isoformat() if dataset.until else "",
        "spatial_uri": dataset.places[0] if dataset.places else "",
        "language": ",".join(dataset.language),
        "version_notes": said(dataset.version_note),
        "contact_phone": dataset.contact.phone,
    }
    return [{"key": key, "value": value} for key, value in facts.items() if value]


def _moment(written: str) -> str | None:
    """CKAN's own notation: UTC without saying so, microseconds always."""
    if not written:
        return None
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds")
