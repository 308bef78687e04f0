"""Files of a package as CKAN's programs change them: a new one, another one, the whole list.

Files that were published never change: whatever is sent for them goes into the version in
preparation, which begins as the newest one is.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.attached import plain_name
from aiqyn_portal.sections.open_data import actions, addresses, tasks
from aiqyn_portal.sections.open_data.actions.passports import locked_set
from aiqyn_portal.sections.open_data.api import drafts
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import Invalid
from aiqyn_portal.sections.open_data.models import Dataset, File, Version
from aiqyn_portal.sections.open_data.models.files import LONGEST_LINK


@transaction.atomic
def add(
    row: Dataset, asked: Asked, caller: Caller, by: User, *, instead: File | None = None
) -> File:
    """Put the `upload`, or the file at `url`, into the version in preparation.

    It takes the place of the file `instead`, or of one that is called as it is. Without an upload
    and without another address `instead` is the file that is meant, and stays as it is.
    """
    row = locked_set(row.pk)  # of many programs at once one begins a version, the others find it
    upload = caller.files.get("upload") if caller.files else None
    if instead and not upload and _is_at(asked.text("url").strip(), instead, caller):
        return instead
    old = instead.name if instead else ""
    link = "" if upload else address("url", asked.needed("url"))
    name = plain_name(upload.name or "file") if upload else actions.name_of_link(link)
    version = drafts.version_of(row)
    if version is None:
        version = _begun(row, _newest(row), by, but={name, old})
    else:
        _take_out(version.files.filter(name=old), by)
    if upload:
        return tasks.upload(version, name, upload.read(), by=by, at=timezone.now())
    return tasks.link(version, link, by=by, at=timezone.now())


@transaction.atomic
def bring(row: Dataset, said: list[Mapping[str, Any]], caller: Caller, by: User) -> bool:
    """Have the version in preparation hold just these resources; return whether it had others.

    One that is known, by its address, or by its id without an address, stays as it is, one that is
    not is fetched, and what is not among them is taken out.
    """
    row = locked_set(row.pk)
    version = drafts.version_of(row)
    there, newest = list(version.files.all()) if version else [], _newest(row)
    known = _known([*newest, *there], caller)
    wanted = [_meant(each, known) for each in said]
    links = [
        address("resources", _url(each))
        for each, file in zip(said, wanted, strict=True)
        if file is None
    ]
    names = {file.name for file in wanted if file}
    if not links and names == {file.name for file in (there if version else newest)}:
        return False
    if not said and row.is_public:
        raise Invalid(resources="A set has a file at least; package_delete withdraws it")
    if version is None:
        version = _begun(row, (file for file in newest if file.name in names), by)
    else:
        _take_out((file for file in there if file.name not in names), by)
        names -= {file.name for file in there}
        _carry((file for file in newest if file.name in names), version, by)
    for link in links:
        tasks.link(version, link, by=by, at=timezone.now())
    return True


def _newest(row: Dataset) -> list[File]:
    return list(row.newest.files.all()) if row.newest else []


def _known(files: Iterable[File], caller: Caller) -> dict[str, File]:
    """Files by what a resource may name them by; those that come later count for more."""
    known: dict[str, File] = {}
    for file in files:
        known |= dict.fromkeys(filter(None, (str(file.pk), *_addresses(file, caller))), file)
    return known


def _meant(said: Mapping[str, Any], known: Mapping[str, File]) -> File | None:
    """The file a resource means; None where it is a new one.

    An id with an address that is not the file's means what is at that address. A file keeps its
    name from version to version: the address of one is the address of the other.
    """
    url = _url(said)
    named, there = known.get(str(said.get("id"))), known.get(url)
    is_named = named and (not url or (there and there.name == named.name))
    return named if is_named else there


def _url(said: Mapping[str, Any]) -> str:
    return str(said.get("url") or "").strip()


def _is_at(url: str, file: File, caller: Caller) -> bool:
    """Whether an address sent for a file is its own; none is, too."""
    return not url or url in _addresses(file, caller)


def _addresses(file: File, caller: Caller) -> tuple[str, ...]:
    """Where the file was fetched from, and where it is told to be, here and in public."""
    where = file.version.dataset, file.version, file
    return file.link, caller.origin + addresses.of_file(*where), addresses.judged(*where)


def _begun(row: Dataset, files: Iterable[File], by: User, *, but: Iterable[str] = ()) -> Version:
    """A version begun with these files."""
    version = actions.start_version(row, by=by, at=timezone.now())
    _carry((file for file in files if file.name not in but), version, by)
    return version


def _carry(files: Iterable[File], version: Version, by: User) -> None:
    for file in files:
        tasks.carry(file, version, by=by, at=timezone.now())


def _take_out(files: Iterable[File], by: User) -> None:
    for file in files:
        actions.remove_file(file, by=by)


def listed(asked: Asked) -> list[Mapping[str, Any]]:
    """The `resources` of a package."""
    said = asked.json("resources") or []
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        raise Invalid(resources="Not a list of resources")
    return said


def address(field: str, link: str) -> str:
    """An address a file may be fetched from."""
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        raise Invalid(**{field: "Not an address"}) from None
    if len(link) > LONGEST_LINK:
        raise Invalid(**{field: f"An address longer than {LONGEST_LINK} characters"})
    if "@" in urlsplit(link).netloc:  # the address is shown to everybody
        raise Invalid(**{field: "An address with a name or a password in it"})
    return link
