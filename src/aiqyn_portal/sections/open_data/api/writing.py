"""CKAN's writing actions, with a key: what an officer does on the pages, done by a program.

A package that is created is a draft; files make its first version. `state: "active"` hands
the version in for review, since nothing here is published without a moderator.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import owes_a_second_factor
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import actions, tasks
from aiqyn_portal.sections.open_data.actions import Passport
from aiqyn_portal.sections.open_data.api import described, drafts, files
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import Invalid, NotAuthorized, NotFound
from aiqyn_portal.sections.open_data.api.passports import (
    as_it_is,
    changed,
    empty,
    passport_of,
    whole,
)
from aiqyn_portal.sections.open_data.models import Dataset, File
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
            raise Invalid(message=_sentences(refused)) from refused

    return act


def _sentences(refused: ActionRefused) -> str:
    """Why, in the language asked for and in English: who writes a program may know no other."""
    with override("en"):
        english = str(refused)
    return " / ".join(dict.fromkeys([str(refused), english]))


@with_key
def package_create(asked: Asked, caller: Caller, user: User) -> Any:
    """Begin a set of the body `owner_org`: `name`, `title`, `notes` and the rest of a package.

    The file at the `url` of each of its `resources` is fetched and read.
    """
    body = Body.objects.filter(code=asked.needed("owner_org")).first()
    if body is None:
        raise Invalid(owner_org="Organization does not exist")
    passport = passport_of(asked, empty(asked.needed("name")))
    said = files.listed(asked)
    links = [files.address("resources", str(each.get("url") or "")) for each in said]
    with transaction.atomic():  # a name that is taken leaves nothing behind
        row = actions.start_set(body, passport.name, by=user, at=timezone.now())
        row = actions.change_passport(row, passport, seen=row.edition, by=user, at=timezone.now())
        for link in links:
            tasks.link(row.versions.get(), link, by=user, at=timezone.now())
    return drafts.shown(row, caller)


@with_key
def package_update(asked: Asked, caller: Caller, user: User) -> Any:
    """Put a whole passport in place of that of `id`.

    Where `resources` are given, the version in preparation holds just these afterwards: known ones
    stay, others are fetched. Without them files stay as they are.
    """
    row = _row(asked, user)
    return _changed(row, whole(asked, row, drafts.shown(row, caller)), asked, caller)


@with_key
def package_patch(asked: Asked, caller: Caller, user: User) -> Any:
    """Change what is given of the package `id`; `state: "active"` hands its version in."""
    row = _row(asked, user)
    said = changed(asked, drafts.shown(row, caller))
    return _changed(row, passport_of(said, as_it_is(row)), asked, caller)


@with_key
def package_delete(asked: Asked, caller: Caller, user: User) -> Any:
    """Withdraw the published set `id`; its page stays and says the `reason`. A draft is deleted.

    What keeps it from being withdrawn is answered as a refusal of access: programs that delete
    expect no other.
    """
    row = _row(asked, user)
    reason = asked.text("reason").strip()
    if row.is_public and not reason:
        raise NotAuthorized(
            "a withdrawn set keeps a page that says why; send the reason beside the id: reason=…"
        )
    try:
        if row.is_public:
            actions.withdraw(row, reason, by=user, at=timezone.now())
        else:
            actions.discard(row, by=user)
    except ActionRefused as refused:
        raise NotAuthorized(_sentences(refused)) from refused


@with_key
def resource_create(asked: Asked, caller: Caller, user: User) -> Any:
    """Add a file to the version in preparation of `package_id`: `upload`, or `url`.

    Of a published set a version is begun with the files of the newest, but for one of this name.
    """
    row = _row(asked, user, "package_id")
    return _shown(files.add(row, asked, caller, user), row, caller)


@with_key
def resource_update(asked: Asked, caller: Caller, user: User) -> Any:
    """Put another file in place of `id`: `upload`, or `url`; it has an id of its own.

    One that was published stays in its version: the other one goes into the version in preparation.
    Without either, and with the address it was shown with, the file stays as it is.
    """
    file = _file(asked, user)
    row = file.version.dataset
    if not may_prepare(user, row.body):
        raise PermissionDenied
    return _shown(files.add(row, asked, caller, user, instead=file), row, caller)


@with_key
def resource_patch(asked: Asked, caller: Caller, user: User) -> Any:
    """The same as `resource_update`: of a file nothing but the file itself can be changed here."""
    return resource_update(asked, caller)


@with_key
def resource_delete(asked: Asked, caller: Caller, user: User) -> Any:
    """Take the file `id` out of a version in preparation."""
    actions.remove_file(_file(asked, user), by=user)


def _file(asked: Asked, user: User) -> File:
    """A file of a set whose drafts the person may see; of others nothing is said."""
    identity = asked.needed("id")
    rows = File.objects.select_related("version__dataset__body", "version__dataset__newest")
    file = rows.filter(pk=int(identity)).first() if identity[:18].isdecimal() else None
    if file is None or not may_see_drafts(user, file.version.dataset.body):
        raise NotFound("resource")
    return file


def _shown(file: File, row: Dataset, caller: Caller) -> Any:
    """A file as a resource: until it is read, no more than its name and how far it is."""
    shown = described.package(
        row, origin=caller.origin, language=caller.language, version=file.version
    )
    return next(
        (each for each in shown["resources"] if each["id"] == str(file.pk)),
        {"id": str(file.pk), "package_id": row.name, "name": file.name, "state": file.state},
    )


def _row(asked: Asked, user: User, parameter: str = "id") -> Dataset:
    """A set the person may prepare; of others nothing is said."""
    name = asked.needed(parameter)
    row = Dataset.objects.select_related("body", "newest").filter(name=name).first()
    if row is None or not (row.is_public or may_see_drafts(user, row.body)):
        raise NotFound("package")
    if not may_prepare(user, row.body):
        raise PermissionDenied
    return row


@transaction.atomic
def _changed(row: Dataset, passport: Passport, asked: Asked, caller: Caller) -> Any:
    user = caller.user
    assert user is not None  # noqa: S101  with_key has seen to it
    if passport != as_it_is(row):
        row = actions.change_passport(row, passport, seen=row.edition, by=user, at=timezone.now())
    said = files.listed(asked) if "resources" in asked.given else None
    is_begun = said is not None and files.bring(row, said, caller, user)
    version = drafts.version_of(row)
    # a package as it was shown says "active" too: new files are read before anybody hands them in
    if asked.text("state") == "active" and version and not is_begun:
        actions.submit(version, by=user, at=timezone.now())
        row.refresh_from_db()
    return drafts.shown(row, caller)
