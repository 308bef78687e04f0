"""Files of a version in preparation: uploaded or named by an address, described, removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from aiqyn.text import LANGUAGES
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.attached import plain_name
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.open_data import searching
from aiqyn_portal.sections.open_data.actions.passports import (
    locked_set,
    refuse_under_review,
    subject_of,
)
from aiqyn_portal.sections.open_data.models import Column, Dataset, File, Version
from aiqyn_portal.sections.open_data.permissions import may_prepare
from aiqyn_portal.sections.open_data.refusals import (
    ColumnsEditedMeanwhile,
    FileIsEmpty,
    FileIsGone,
    FileNameTaken,
    FileTooLarge,
    TooManyFiles,
    VersionIsClosed,
)
from aiqyn_portal.trail.actions import record

MEGABYTE = 1024 * 1024
MOST_FILES = 50  # of one version


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the dictionary says of one column."""

    title: Phrase = field(default_factory=Phrase)
    description: Phrase = field(default_factory=Phrase)
    unit: str = ""

    @classmethod
    def of(cls, parts: Mapping[str, str]) -> "Words":
        """What `parts`, named as a form names its fields, say: "title_kk", …, "unit"."""
        phrases = {
            name: Phrase({code: said for code in LANGUAGES if (said := parts[f"{name}_{code}"])})
            for name in ("title", "description")
        }
        return cls(**phrases, unit=parts["unit"])

    def parts(self) -> dict[str, str]:
        """Every part by its name, empty ones too."""
        phrases = {"title": self.title, "description": self.description}
        return {
            f"{name}_{code}": phrase.get(code, "")
            for name, phrase in phrases.items()
            for code in LANGUAGES
        } | {"unit": self.unit}


@transaction.atomic
def add_upload(version: Version, name: str, content: bytes, *, by: User, at: datetime) -> File:
    """Keep the bytes and let the file wait to be read.

    Raises PermissionDenied, VersionIsClosed, FileIsEmpty, FileTooLarge, FileNameTaken,
    TooManyFiles.
    """
    _refuse_closed(version, by)
    if not content:
        raise FileIsEmpty
    if len(content) > settings.OPEN_DATA_MEGABYTES * MEGABYTE:
        raise FileTooLarge(settings.OPEN_DATA_MEGABYTES)
    file = _add(version, File(name=plain_name(name), size=len(content)), by, at)
    seen = keep(
        content,
        body=version.dataset.body,
        origin=Snapshot.Origin.UPLOAD,
        address=f"data:{version.dataset.name}/v{version.number}/{file.name}",
        taken_at=at,
    )
    file.sha256 = seen.sha256
    file.save(update_fields=["sha256"])
    return file


@transaction.atomic
def add_link(version: Version, link: str, *, by: User, at: datetime) -> File:
    """Let the file at an address wait to be fetched and read; raises what `add_upload` does."""
    _refuse_closed(version, by)
    return _add(version, File(name=name_of_link(link), link=link), by, at)


def name_of_link(link: str) -> str:
    """What a file is called that is fetched from an address."""
    return plain_name(PurePosixPath(unquote(urlsplit(link).path)).name)


@transaction.atomic
def carry_file(file: File, version: Version, *, by: User, at: datetime) -> File:
    """Take a file over into another version of its set; its bytes, the same, wait to be read.

    Raises what `add_upload` does.
    """
    _refuse_closed(version, by)
    same = {name: getattr(file, name) for name in ("name", "title", "link", "sha256", "size")}
    return _add(version, File(**same), by, at)


def _refuse_closed(version: Version, by: User) -> None:
    if not may_prepare(by, version.dataset.body):
        raise PermissionDenied
    locked = Version.objects.select_for_update(no_key=True)  # nobody submits it meanwhile
    if locked.filter(pk=version.pk, state__in=Version.OPEN).first() is None:
        raise VersionIsClosed


def _add(version: Version, file: File, by: User, at: datetime) -> File:
    if version.files.count() >= MOST_FILES:
        raise TooManyFiles(MOST_FILES)
    file.version, file.added_by, file.added_at = version, by, at
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        raise FileNameTaken from None
    details = {"file": file.name, "link": file.link, "size": file.size}
    record(by, "data.file_added", subject_of(version.dataset), details)
    return file


@transaction.atomic
def remove_file(file: File, *, by: User) -> None:
    """Take a file out of a version in preparation; see `forgetting` for what becomes of its bytes.

    Raises PermissionDenied, VersionIsClosed, FileIsGone.
    """
    _refuse_closed(file.version, by)
    # a worker may be writing what it read: its columns go too, and the table it made is named
    held = File.objects.select_for_update().filter(pk=file.pk).first()
    if held is None:
        raise FileIsGone
    take_out(held, file.version.dataset, by=by)


def take_out(held: File, row: Dataset, *, by: User) -> None:
    """Delete a file that is locked, of the set `row`; the journal keeps what its bytes are."""
    details = {"file": held.name, "sha256": held.sha256, "table": held.table_sha256}
    held.delete()
    record(by, "data.file_removed", subject_of(row), details)


@transaction.atomic
def describe_columns(
    file: File,
    said: Mapping[int, Words],
    *,
    by: User,
    at: datetime,
    seen: Mapping[int, Words] | None = None,
) -> list[Column]:
    """Write the dictionary: what each column, by number, means. Also of a released version.

    `seen` is what the officer was shown: only what is said otherwise is written, so that who
    explains one column does not undo what another officer has meanwhile said of the next.

    Raises PermissionDenied, UnderReview, ColumnsEditedMeanwhile.
    """
    # read anew: what is kept of a set is made of the whole of it when it is saved
    dataset = locked_set(file.version.dataset_id)
    if not may_prepare(by, dataset.body):
        raise PermissionDenied
    refuse_under_review(dataset)
    changed: list[Column] = []
    theirs: dict[tuple[int, str], str] = {}
    for column in file.dictionary.filter(number__in=said):
        there = Words(title=column.title, description=column.description, unit=column.unit)
        shown = there if seen is None else seen[column.number]
        words, disputed = _joined(there.parts(), said[column.number].parts(), shown.parts())
        theirs |= {(column.number, name): there.parts()[name] for name in disputed}
        if words != there.parts():
            new = Words.of(words)
            column.title, column.description, column.unit = new.title, new.description, new.unit
            changed.append(column)
    if theirs:
        raise ColumnsEditedMeanwhile(theirs)
    Column.objects.bulk_update(changed, ["title", "description", "unit"])
    if changed:
        _note_described(dataset, file, changed, by, at)
    return changed


def _joined(
    there: dict[str, str], said: dict[str, str], seen: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """What is there with what is said anew, and names of parts that somebody else has changed."""
    anew = {name: words for name, words in said.items() if not _same(words, seen[name])}
    disputed = [
        name
        for name, words in anew.items()
        if not _same(there[name], seen[name]) and not _same(there[name], words)
    ]
    return there | anew, disputed


def _same(one: str, other: str) -> bool:
    """Whether two texts are equal but for what a browser takes out of a field of one line."""
    return "".join(one.splitlines()).strip() == "".join(other.splitlines()).strip()


def _note_described(
    dataset: Dataset, file: File, changed: list[Column], by: User, at: datetime
) -> None:
    dataset.changed_at, dataset.changed_by = at, by
    dataset.save(update_fields=["changed_at", "changed_by"])
    searching.enter(dataset)
    names = [column.name for column in changed]
    record(by, "data.columns", subject_of(dataset), {"file": file.name, "columns": names})
