"""CKAN's writing actions, with a key: what an officer does on the pages, done by a program.

A package that is created is a draft; files make its first version. `state: "active"` hands
the version in for review, since nothing here is published without a moderator.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import owes_a_second_factor
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import actions, tasks
from aiqyn_portal.sections.open_data.actions import Passport
from aiqyn_portal.sections.open_data.api import drafts
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import Invalid, NotAuthorized, NotFound
from aiqyn_portal.sections.open_data.api.passports import as_it_is, empty, passport_of
from aiqyn_portal.sections.open_data.models import Dataset, File, Version
from aiqyn_portal.sections.open_data.models.files import LONGEST_LINK
from aiqyn_portal.sections.open_data.permissions import may_prepare, may_see_drafts

Write = Callable[[Asked, Caller, User], Any]


def with_key(write: Write) -> Callable[[Asked, Caller], Any]:
    """Let an action write for the person whose key came along; say why where it may not."""

    @wraps(write)
    def act(asked: Asked, caller: Caller) -> Any:
        if caller.user is None:
            raise NotAuthorized("send an API key in the header Authorization")
        if owes_a_second_factor(caller.user):
            raise NotAuthorized(
                "your role needs two-factor authentication; set it up on this site to write"
            )
        try:
            return write(asked, caller, caller.user)
        except PermissionDenied:
            raise NotAuthorized("not for this organization") from None
        except ActionRefused as refused:
            raise Invalid(message=str(refused)) from refused

    return act


@with_key
def package_create(asked: Asked, caller: Caller, user: User) -> Any:
    """Begin a set of the body `owner_org`: `name`, `title`, `notes` and the rest of a package.

    The file at the `url` of each of its `resources` is fetched and read.
    """
    body = Body.objects.filter(code=asked.needed("owner_org")).first()
    if body is None:
        raise Invalid(owner_org="Organization does not exist")
    passport = passport_of(asked, empty(asked.needed("name")))
    links = _links(asked)
    with transaction.atomic():  # a name that is taken leaves nothing behind
        row = actions.start_set(body, passport.name, by=user, at=timezone.now())
        row = actions.change_passport(row, passport, seen=row.edition, by=user, at=timezone.now())
        for link in links:
            tasks.link(row.versions.get(), link, by=user, at=timezone.now())
    return drafts.shown(row, caller)


@with_key
def package_update(asked: Asked, caller: Caller, user: User) -> Any:
    """Put a whole passport in place of that of `id`; `resource_create` and others change files."""
    row = _row(asked, user)
    return _changed(row, passport_of(asked, empty(row.name)), asked, caller)


@with_key
def package_patch(asked: Asked, caller: Caller, user: User) -> Any:
    """Change what is given of the package `id`; `state: "active"` hands its version in."""
    row = _row(asked, user)
    return _changed(row, passport_of(asked, as_it_is(row)), asked, caller)


@with_key
def package_delete(asked: Asked, caller: Caller, user: User) -> Any:
    """Withdraw the published set `id`; its page stays and says the `reason`."""
    row = _row(asked, user)
    actions.withdraw(row, asked.needed("reason"), by=user, at=timezone.now())


@with_key
def resource_create(asked: Asked, caller: Caller, user: User) -> Any:
    """Add a file to the version in preparation of `package_id`: `upload`, or `url`."""
    row = _row(asked, user, "package_id")
    version = _open_version(row, user)
    upload = caller.files.get("upload") if caller.files else None
    if upload is not None:
        name = upload.name or "file"
        file = tasks.upload(version, name, upload.read(), by=user, at=timezone.now())
    else:
        link = _link("url", asked.needed("url"))
        file = tasks.link(version, link, by=user, at=timezone.now())
    shown = drafts.shown(row, caller)
    return next(
        (each for each in shown["resources"] if each["id"] == str(file.pk)),
        {"id": str(file.pk), "package_id": row.name, "name": file.name, "state": file.state},
    )


@with_key
def resource_delete(asked: Asked, caller: Caller, user: User) -> Any:
    """Take the file `id` out of a version in preparation."""
    identity = asked.needed("id")
    files = File.objects.select_related("version__dataset__body")
    file = files.filter(pk=int(identity)).first() if identity[:18].isdecimal() else None
    if file is None or not may_see_drafts(user, file.version.dataset.body):
        raise NotFound("resource")
    actions.remove_file(file, by=user)


def _row(asked: Asked, user: User, parameter: str = "id") -> Dataset:
    """A set the person may prepare; of others nothing is said."""
    name = asked.needed(parameter)
    row = Dataset.objects.select_related("body", "newest").filter(name=name).first()
    if row is None or not (row.is_public or may_see_drafts(user, row.body)):
        raise NotFound("package")
    if not may_prepare(user, row.body):
        raise PermissionDenied
    return row


def _open_version(row: Dataset, user: User) -> Version:
    """The version in preparation; of a published set, a new one where there is none."""
    return drafts.version_of(row) or actions.start_version(row, by=user, at=timezone.now())


def _changed(row: Dataset, passport: Passport, asked: Asked, caller: Caller) -> Any:
    user = caller.user
    assert user is not None  # noqa: S101  with_key has seen to it
    if passport != as_it_is(row):
        row = actions.change_passport(row, passport, seen=row.edition, by=user, at=timezone.now())
    version = drafts.version_of(row)
    if asked.text("state") == "active" and version:
        actions.submit(version, by=user, at=timezone.now())
        row.refresh_from_db()
    return drafts.shown(row, caller)


def _links(asked: Asked) -> list[str]:
    """Addresses of the files of a package; what has none cannot be sent so."""
    said = asked.json("resources") or []
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        raise Invalid(resources="Not a list of resources")
    return [_link("resources", str(each.get("url") or "")) for each in said]


def _link(field: str, link: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        raise Invalid(**{field: "Not an address"}) from None
    if len(link) > LONGEST_LINK:
        raise Invalid(**{field: f"An address longer than {LONGEST_LINK} characters"})
    if "@" in urlsplit(link).netloc:  # the address is shown to everybody
        raise Invalid(**{field: "An address with a name or a password in it"})
    return link
