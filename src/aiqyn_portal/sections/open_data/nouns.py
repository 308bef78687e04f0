"""The only bridge from the section's tables to the library's nouns.

Every exchange format is made from what stands here.
"""

from typing import Any

import msgspec

from aiqyn.grading import Grade
from aiqyn.registry.checks import is_bin
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.dataset import Contact, Distribution, Field, Publisher
from aiqyn.subjects.dataset import Dataset as Noun
from aiqyn_portal.sections.open_data import addresses
from aiqyn_portal.sections.open_data.models import Column, Dataset, File, Version
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

THEME = "http://publications.europa.eu/resource/authority/data-theme/"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
WITH_EVERYTHING = ("newest__files__dictionary",)  # what `as_dataset` reads: prefetch it for lists


def as_dataset(
    row: Dataset, *, origin: str = "", with_files: bool = False, version: Version | None = None
) -> Noun:
    """The set as its newest version has it, or `version`; without one it has no distributions.

    `origin` is scheme and host of the portal ("https://aiqyn.example.kz"), put before every
    address. `with_files` adds what was read from the bytes, for rules that grade a set.
    """
    version = version or row.newest
    licence = licences().get(row.licence)
    return Noun(
        id=origin + addresses.of_set(row),
        title=dict(row.title),
        description=dict(row.description),
        keywords={language: tuple(words) for language, words in row.keywords.items()},
        themes=_themes(row.category),
        publisher=_publisher(row),
        contact=Contact(name=dict(row.responsible), email=row.email, phone=row.phone),
        licence=licence.address if licence else row.licence,
        rights={"": PUBLIC},  # what is published here is for everybody
        frequency=row.frequency,
        issued=row.published_at.isoformat() if row.published_at else "",
        modified=_modified(row),
        since=row.since,
        until=row.until,
        places=tuple(row.places),
        language=tuple(row.languages),
        page=origin + addresses.of_set(row),
        version=str(version.number) if version else "",
        version_note=dict(version.note) if version else {},
        distributions=_distributions(row, version, origin, with_files=with_files),
        withdrawn=row.reason if row.state == Dataset.State.WITHDRAWN else "",
    )


def _themes(category: str) -> tuple[str, ...]:
    """Our code, and the theme of the EU's table that means the same."""
    known = categories().get(category)
    return (category, THEME + known.theme) if known else ()


def _publisher(row: Dataset) -> Publisher:
    body = row.body
    return Publisher(
        id=body.code,
        name=dict(body.name),
        address=body.site,
        bin=body.bin if is_bin(body.bin) else "",
    )


def _modified(row: Dataset) -> str:
    """When data or passport were last changed."""
    moments = [row.changed_at]
    if row.newest and row.newest.released_at:
        moments.append(row.newest.released_at)
    return max(moments).isoformat()


def _distributions(
    row: Dataset, version: Version | None, origin: str, *, with_files: bool
) -> tuple[Distribution, ...]:
    if version is None:
        return ()
    files = (file for file in version.files.all() if file.state == File.State.READ)
    return tuple(_distribution(row, version, file, origin, with_files) for file in files)


def _distribution(
    row: Dataset, version: Version, file: File, origin: str, with_file: bool
) -> Distribution:
    licence = licences().get(row.licence)
    released = version.released_at.isoformat() if version.released_at else ""
    return Distribution(
        id=str(file.pk),
        title=dict(file.title) or {"": file.name},
        download=origin + addresses.of_file(row, version, file),
        access=origin + addresses.of_version(row, version),
        format=file.format,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        licence=licence.address if licence else row.licence,
        issued=released,
        modified=released,
        language=tuple(row.languages),
        fields=tuple(_field(column) for column in file.dictionary.all()),
        status="200",  # both addresses are the portal's own
        access_status="200",
        file=as_data_file(file) if with_file else None,
    )


def _field(column: Column) -> Field:
    return Field(
        name=column.name,
        kind=column.kind,
        title=dict(column.title),
        description=dict(column.description),
        unit=column.unit,
        is_key=column.is_key,
    )


def as_data_file(file: File) -> DataFile | None:
    """What was read from the file's bytes; None before it was read."""
    grade = as_grade(file)
    return grade.file if grade else None


def as_grade(file: File) -> Grade | None:
    """What grading said of the file; None before it was read."""
    return msgspec.convert(file.grade, Grade) if file.grade else None


def as_json(noun: Any) -> Any:
    """A noun for a JSON column; a file may quote NUL, which PostgreSQL refuses to keep."""
    return _without_nul(msgspec.to_builtins(noun, str_keys=True))


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nul(each) for each in value]
    return value
