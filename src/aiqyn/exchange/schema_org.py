"""schema.org/Dataset as JSON-LD: what search engines read on the page of a set."""

from typing import Any

from aiqyn.exchange.catalogue import Catalogue
from aiqyn.exchange.spoken import said
from aiqyn.subjects.dataset import Dataset, Distribution, Said


def schema_org(dataset: Dataset, catalogue: Catalogue) -> dict[str, Any]:
    """Return the set as schema.org says it; what is not known is left out."""
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": dataset.id,
            "identifier": dataset.id,
            "url": dataset.page,
            "name": _in_languages(dataset.title),
            "description": _in_languages(dataset.description or dataset.title),
            "keywords": [word for words in dataset.keywords.values() for word in words],
            "inLanguage": list(dataset.language),
            "license": dataset.licence,
            "isAccessibleForFree": True,
            "datePublished": dataset.issued,
            "dateModified": dataset.modified,
            "temporalCoverage": _period(dataset),
            "spatialCoverage": [{"@type": "Place", "identifier": each} for each in dataset.places],
            "version": dataset.version,
            "creator": _known(
                {
                    "@type": "GovernmentOrganization",
                    "name": _in_languages(dataset.publisher.name),
                    "url": dataset.publisher.address,
                    "identifier": dataset.publisher.bin or dataset.publisher.id,
                }
            ),
            "includedInDataCatalog": {
                "@type": "DataCatalog",
                "name": said(catalogue.title),
                "url": catalogue.address,
            },
            "distribution": [_distribution(each) for each in dataset.distributions],
        }
    )


def _distribution(each: Distribution) -> dict[str, Any]:
    return _known(
        {
            "@type": "DataDownload",
            "name": _in_languages(each.title),
            "contentUrl": each.download or each.access,
            "encodingFormat": each.media_type or each.format,
            "contentSize": f"{each.size} B" if each.size is not None else "",
            "sha256": each.sha256,
        }
    )


def _period(dataset: Dataset) -> str:
    """ISO 8601 interval; an open end is two dots."""
    if not (dataset.since or dataset.until):
        return ""
    return f"{dataset.since or '..'}/{dataset.until or '..'}"


def _in_languages(words: Said) -> Any:
    """One language nobody named is plain words; else every phrase names its language."""
    spoken = [{"@language": code, "@value": text} for code, text in words.items() if code and text]
    return spoken or words.get("", "")


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value not in ("", [], {}, None)}
