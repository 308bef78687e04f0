"""What administrators do with people, each act a line in the trail; and who people say they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from aiqyn.text import without_controls
from aiqyn_portal.accounts import queries
from aiqyn_portal.accounts.assurance import Level, level_said
from aiqyn_portal.accounts.models import Membership, User, Vouched
from aiqyn_portal.accounts.permissions import is_administrator
from aiqyn_portal.accounts.refusals import (
    EmailIsTaken,
    LastAdministrator,
    NameIsNoName,
    OfficerCannotEvaluate,
    PersonIsInactive,
    ReasonIsMissing,
    RoleIsHeld,
    RoleNeedsBody,
    RoleTakesNoBody,
)
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.trail.actions import SYSTEM, record

Role = Membership.Role
OPPOSITE = {Role.OFFICER: Role.EVALUATOR, Role.EVALUATOR: Role.OFFICER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A person an administrator invites."""

    username: str
    email: str
    first_name: str = ""
    last_name: str = ""


@transaction.atomic
def invite(newcomer: Newcomer, *, by: User, reason: str) -> User:
    """Add a person without a password; the person sets one through the letter that follows.

    Raises EmailIsTaken, ReasonIsMissing.
    """
    _check(by, reason)
    is_taken = User.objects.filter(email__iexact=newcomer.email).exists()
    if newcomer.username.lower() == SYSTEM:  # the trail would take this person for the portal
        raise EmailIsTaken
    if is_taken or User.objects.filter(username__iexact=newcomer.username).exists():
        raise EmailIsTaken
    user = User(
        username=newcomer.username,
        email=newcomer.email,
        first_name=newcomer.first_name,
        last_name=newcomer.last_name,
    )
    user.set_unusable_password()
    user.save()
    _write(by, "person.invited", user, {"reason": reason.strip()})
    return user


@transaction.atomic
def grant(user: User, role: str, body: Body | None, *, by: User, reason: str) -> Membership:
    """Give a role; an officer's for one body, the others' for the whole portal.

    Raises RoleNeedsBody, RoleTakesNoBody, OfficerCannotEvaluate, RoleIsHeld,
    PersonIsInactive, ReasonIsMissing.
    """
    _check(by, reason)
    user = _locked(user)
    if not user.is_active:
        raise PersonIsInactive
    if role == Role.OFFICER and body is None:
        raise RoleNeedsBody
    if role != Role.OFFICER and body is not None:
        raise RoleTakesNoBody
    opposite = OPPOSITE.get(Role(role))
    if opposite and user.memberships.filter(role=opposite).exists():
        raise OfficerCannotEvaluate
    try:
        with transaction.atomic():
            given = Membership.objects.create(user=user, role=role, body=body)
    except IntegrityError:
        raise RoleIsHeld from None
    _write(by, "role.granted", user, {**_described(given), "reason": reason.strip()})
    return given


@transaction.atomic
def revoke(membership: Membership, *, by: User, reason: str) -> None:
    """Take a role away. Raises LastAdministrator, ReasonIsMissing."""
    _check(by, reason)
    if membership.role == Role.ADMINISTRATOR:
        _keep_one_administrator(without=membership.user)
    _write(
        by, "role.revoked", membership.user, {**_described(membership), "reason": reason.strip()}
    )
    membership.delete()


@transaction.atomic
def deactivate(user: User, *, by: User, reason: str) -> None:
    """Close an account; its sessions end at once. Raises LastAdministrator, ReasonIsMissing."""
    _check(by, reason)
    if user.memberships.filter(role=Role.ADMINISTRATOR).exists():
        _keep_one_administrator(without=user)
    _switch(user, is_active=False)
    _write(by, "person.deactivated", user, {"reason": reason.strip()})


@transaction.atomic
def activate(user: User, *, by: User, reason: str) -> None:
    """Open a closed account again, with the roles it had."""
    _check(by, reason)
    _switch(user, is_active=True)
    _write(by, "person.activated", user, {"reason": reason.strip()})


@transaction.atomic
def appoint_first_administrator(user: User, *, at: datetime) -> Membership:
    """Make an administrator from the command line, where nobody is signed in.

    Raises RoleIsHeld.
    """
    given, is_new = Membership.objects.get_or_create(user=user, role=Role.ADMINISTRATOR, body=None)
    if not is_new:
        raise RoleIsHeld
    record(SYSTEM, "role.granted", f"person:{user.get_username()}", {**_described(given), "at": at})
    return given


@transaction.atomic
def vouch(user: User, provider: str, told: Mapping[str, Any], *, at: datetime) -> Level:
    """Keep how sure a provider is of the person, as it says at each sign-in; return the level."""
    level, said = level_said(told)
    Vouched.objects.update_or_create(
        user=user,
        provider=provider,
        defaults={"level": level, "said": said[:200], "at": at},
    )
    return level


def name_oneself(user: User, display_name: str) -> None:
    """Choose the name others see. Raises NameIsNoName."""
    said = " ".join(without_controls(display_name).split())
    if any(sign in said for sign in "@/<>") or (said and not any(map(str.isalpha, said))):
        raise NameIsNoName
    user.display_name = said
    user.save(update_fields=["display_name"])


def _check(by: User, reason: str) -> None:
    if not is_administrator(by):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonIsMissing


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _keep_one_administrator(*, without: User) -> None:
    """Refuse when nobody else could administer; locks the rows, so two cannot leave at once."""
    held = list(
        queries.administrators()
        .select_related("user")
        .select_for_update(of=("self", "user"))
        .order_by("pk")
    )
    if not [membership for membership in held if membership.user_id != without.pk]:
        raise LastAdministrator


def _switch(user: User, *, is_active: bool) -> None:
    user.is_active = is_active
    user.save(update_fields=["is_active"])


def _described(membership: Membership) -> dict[str, str]:
    return {"role": membership.role, "body": membership.body.code if membership.body else ""}


def _write(by: User, action: str, user: User, details: dict[str, str]) -> None:
    record(by, action, f"person:{user.get_username()}", details)
