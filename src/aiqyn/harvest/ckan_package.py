"""A package of CKAN as a data set of ours.

Besides CKAN's own fields it knows what portals add to it: extras, in a list or in a
mapping, their values often JSON in a string; `*_translated` of ckanext-fluent; titles
that are mappings of languages; the keys of ckanext-dcat.
"""

from collections.abc import Iterator
from typing import Any

from aiqyn.harvest import reading
from aiqyn.harvest.model import BadRecord
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher, Said

_FREQUENCY = (
    "frequency",
    "accrual_periodicity",
    "accrualPeriodicity",
    "update_frequency",
    "update-frequency",
    "periodicity",
    "maintenance_frequency",
)
_FROM = ("temporal_start", "temporal_coverage_from", "temporal-extent-begin", "date_from")
_TO = ("temporal_end", "temporal_coverage_to", "temporal-extent-end", "date_to")
_PLACES = ("spatial_uri", "spatial_text", "geographical_coverage", "spatial_coverage", "kato")


def dataset_of(package: dict[str, Any], home: str) -> Dataset:
    """Read a package. Raises BadRecord where its resources are no list of mappings."""
    fields = _with_extras(package)
    name = reading.text(package.get("name"))
    period = _part(fields, "temporal_coverage")
    since = _first(fields, _FROM) or period.get("start")
    until = _first(fields, _TO) or period.get("end")
    distributions = tuple(_distributions(package))
    return Dataset(
        id=reading.text(package.get("id")) or name,
        title=_said(fields, "title"),
        description=_said(fields, "notes"),
        keywords=_keywords(fields),
        themes=_themes(fields),
        publisher=_publisher(fields),
        contact=_contact(fields),
        licence=_licence(fields),
        rights=reading.said(fields.get("access_rights") or fields.get("rights")),
        frequency=reading.frequency(_first(fields, _FREQUENCY)),
        issued=reading.moment(fields.get("issued"))
        or reading.moment(package.get("metadata_created")),
        modified=_modified(fields, distributions),
        since=reading.day(since),
        until=reading.day(until, last=True),
        places=_places(fields),
        language=reading.languages(fields.get("language")),
        page=f"{home}/dataset/{name}" if name else "",
        version=reading.text(fields.get("version")),
        version_note=_said(fields, "version_notes"),
        conforms_to=reading.words(fields.get("conforms_to")),
        distributions=distributions,
    )


def _with_extras(package: dict[str, Any]) -> dict[str, Any]:
    """The package's own fields over its extras: a list today, a mapping of old."""
    extras = package.get("extras")
    pairs: dict[str, Any] = {}
    if isinstance(extras, dict):
        pairs = extras
    elif isinstance(extras, list):
        kept = [each for each in extras if isinstance(each, dict)]
        pairs = {str(each.get("key", "")): each.get("value") for each in kept}
    own = {key: value for key, value in package.items() if value not in (None, "")}
    return {**pairs, **own}


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((fields[key] for key in keys if fields.get(key)), None)


def _said(fields: dict[str, Any], key: str) -> Said:
    """A field, its translations, and its neighbours of one language each: title_kk, title-ru."""
    translated = [reading.said(fields.get(f"{key}_translated"))]
    translated += [
        reading.said(fields.get(f"{key}{sign}{language}"), reading.tag(language))
        for language in ("kk", "kz", "ru", "en")
        for sign in "_-"
    ]
    return reading.merged(*translated, reading.said(fields.get(key)))


def _keywords(fields: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    for key in ("keywords_translated", "tags_translated", "keywords"):
        given = reading.unpacked(fields.get(key))
        if isinstance(given, dict):
            pairs = (
                (reading.tag(language), reading.words(each)) for language, each in given.items()
            )
            return {language: words for language, words in pairs if words}
    names = [
        each.get("display_name") or each.get("name") if isinstance(each, dict) else each
        for each in reading.items(fields.get("tags"))
    ]
    words = reading.words(names)
    return {"": words} if words else {}


def _themes(fields: dict[str, Any]) -> tuple[str, ...]:
    given = reading.words(fields.get("theme"))
    if given:
        return given
    groups = [each for each in reading.items(fields.get("groups")) if isinstance(each, dict)]
    return reading.words([each.get("title") or each.get("name") for each in groups], separators=";")


def _part(fields: dict[str, Any], key: str) -> dict[str, Any]:
    """The first mapping of a field made of several, as ckanext-scheming keeps them."""
    given = reading.items(fields.get(key))
    return given[0] if given and isinstance(given[0], dict) else {}


def _places(fields: dict[str, Any]) -> tuple[str, ...]:
    found = [fields.get(key) for key in _PLACES if isinstance(fields.get(key), str)]
    part = _part(fields, "spatial_coverage")
    return reading.words([*found, part.get("uri") or part.get("text")], separators=";")


def _publisher(fields: dict[str, Any]) -> Publisher:
    body = fields.get("organization")
    body = body if isinstance(body, dict) else {}
    own = _part(fields, "publisher")
    name = reading.merged(
        reading.said(body.get("title_translated")),
        reading.said(body.get("title")),
        reading.said(fields.get("publisher_name") or own.get("name")),
    )
    known = body.get("id") or fields.get("publisher_uri") or own.get("identifier")
    id_ = reading.text(known)
    address = reading.address(fields.get("publisher_url") or own.get("url"))
    return Publisher(id=id_, name=name, address=address)


def _contact(fields: dict[str, Any]) -> Contact:
    """Who is named for it, before who maintains the set, before who wrote it."""
    if part := _part(fields, "contact"):
        return Contact(
            name=reading.said(part.get("name")),
            email=reading.email(part.get("email")),
            address=reading.address(part.get("url")),
        )
    for name, mail in (("contact_name", "contact_email"), ("maintainer", "maintainer_email"),
                       ("author", "author_email")):  # fmt: skip
        if fields.get(name) or fields.get(mail):
            return Contact(
                name=reading.said(fields.get(name)),
                email=reading.email(fields.get(mail)),
                phone=reading.text(_first(fields, ("contact_phone", "maintainer_phone"))),
                address=reading.address(fields.get("contact_uri")),
            )
    return Contact()


def _licence(fields: dict[str, Any]) -> str:
    """The address says most, the code less; "notspecified" says nothing."""
    code = reading.text(fields.get("license_id"))
    if code in ("notspecified", "none"):
        return ""
    return (
        reading.address(fields.get("license_url"))
        or code
        or reading.text(fields.get("license_title"))
    )


def _modified(fields: dict[str, Any], distributions: tuple[Distribution, ...]) -> str:
    """When the data changed: as declared, as the newest file says, or when the record did."""
    declared = reading.moment(fields.get("modified"))
    newest = max((each.modified for each in distributions), default="")
    return declared or newest or reading.moment(fields.get("metadata_modified"))


def _distributions(package: dict[str, Any]) -> Iterator[Distribution]:
    given = package.get("resources") or []
    if not isinstance(given, list):
        raise BadRecord("wrong_field", "resources", type(given).__name__)
    for number, resource in enumerate(given, 1):
        if not isinstance(resource, dict):
            raise BadRecord("wrong_field", f"resource {number}", type(resource).__name__)
        if resource.get("state") != "deleted":
            yield _distribution(resource)


def _distribution(resource: dict[str, Any]) -> Distribution:
    url = reading.address(resource.get("url"))
    download = reading.address(resource.get("download_url"))
    is_file = resource.get("url_type") == "upload" or bool(resource.get("datastore_active"))
    access = reading.address(resource.get("access_url")) or url
    return Distribution(
        id=reading.text(resource.get("id")),
        title=_said(resource, "name"),
        description=_said(resource, "description"),
        download=download or (url if is_file or _names_file(resource, url) else ""),
        access=access,
        format=reading.file_format(resource.get("format"), resource.get("mimetype"), url),
        media_type=reading.media_type(resource.get("mimetype")),
        size=reading.size(resource.get("size")),
        sha256=_sha256(resource),
        licence=reading.text(resource.get("license")),
        issued=reading.moment(resource.get("issued") or resource.get("created")),
        modified=reading.moment(resource.get("modified") or resource.get("last_modified")),
        language=reading.languages(resource.get("language")),
    )


def _names_file(resource: dict[str, Any], url: str) -> bool:
    """Whether an address on another host is of a file rather than of a page or a service."""
    if resource.get("resource_type") in ("api", "documentation", "visualization"):
        return False
    return reading.file_format("", resource.get("mimetype"), url) not in ("", "html")


def _sha256(resource: dict[str, Any]) -> str:
    given = reading.text(resource.get("hash")).lower().removeprefix("sha256:")
    return given if len(given) == 64 and all(each in "0123456789abcdef" for each in given) else ""
