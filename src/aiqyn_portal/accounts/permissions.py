"""Who may do what. A citizen is anyone, signed in or not.

The predicates take `request.user`; an anonymous or deactivated person holds no role.
Roles are read once per user object, so a page asks the database once.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from aiqyn_portal.accounts.assurance import Level
from aiqyn_portal.accounts.models import Membership, User, Vouched
from aiqyn_portal.base.guard import allowed_when
from aiqyn_portal.bodies.models import Body

Person = User | AnonymousUser
Role = Membership.Role


def memberships_of(user: Person) -> frozenset[tuple[str, int | None]]:
    """(role, body id or None) of every membership; empty for anonymous and deactivated people."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    held: frozenset[tuple[str, int | None]] | None = user.__dict__.get("_held")
    if held is None:
        held = frozenset(Membership.objects.filter(user=user).values_list("role", "body_id"))
        user.__dict__["_held"] = held
    return held


def roles_of(user: Person) -> frozenset[str]:
    return frozenset(role for role, _body in memberships_of(user))


def is_evaluator(user: Person) -> bool:
    return Role.EVALUATOR in roles_of(user)


def is_administrator(user: Person) -> bool:
    return Role.ADMINISTRATOR in roles_of(user)


def is_officer(user: Person) -> bool:
    return Role.OFFICER in roles_of(user)


def officer_body_ids(user: Person) -> frozenset[int]:
    return frozenset(
        body for role, body in memberships_of(user) if role == Role.OFFICER and body is not None
    )


def officer_bodies(user: Person) -> list[Body]:
    """The bodies `user` speaks for, by code; one query, none for people who are no officers."""
    ids = officer_body_ids(user)
    return list(Body.objects.filter(pk__in=ids)) if ids else []


def is_officer_of(user: Person, body: Body) -> bool:
    return body.pk in officer_body_ids(user)


def assurance(user: Person) -> Level:
    """How sure the portal is of who this is: the highest of what providers said of the person."""
    if not isinstance(user, User) or not user.is_active:
        return Level.NONE
    known: Level | None = user.__dict__.get("_assurance")
    if known is None:
        said = Vouched.objects.filter(user=user).values_list("level", flat=True)
        known = Level(max([*said, Level.EMAIL if _has_confirmed(user) else Level.NONE]))
        user.__dict__["_assurance"] = known
    return known


def _has_confirmed(user: User) -> bool:
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())


def may_take_part(user: Person) -> bool:
    """Whether the person may comment, ask and vote: an open account, a confirmed address.

    Who came through a provider that vouches for people needs no address.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    # most have an address, and nobody else need be asked
    return _has_confirmed(user) or assurance(user) >= Level.EMAIL


def owes_a_second_factor(user: Person) -> bool:
    """Whether a role the person holds needs a second factor and none is set up."""
    if not roles_of(user) & frozenset(settings.SECOND_FACTOR_ROLES):
        return False
    return not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def is_signed_in(user: Person) -> bool:
    return user.is_authenticated


signed_in_only = allowed_when(is_signed_in)
evaluators_only = allowed_when(is_evaluator)
administrators_only = allowed_when(is_administrator)
officers_only = allowed_when(is_officer)
