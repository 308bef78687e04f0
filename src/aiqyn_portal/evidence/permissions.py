"""Who may read what was seen and found: everybody, but for audits of other addresses."""

from django.db.models import Q

from aiqyn_portal.accounts.permissions import (
    Person,
    is_administrator,
    is_evaluator,
    is_officer_of,
    officer_body_ids,
)
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, Snapshot


def works_with(user: Person, body: Body) -> bool:
    """Evaluators and administrators work with every body, its officers with their own."""
    return _sees_all(user) or is_officer_of(user, body)


def may_read(user: Person, audit: Audit) -> bool:
    """Whether `user` may read the audit; one of another address only who works with the body."""
    return not audit.is_elsewhere or works_with(user, audit.body)


def open_to(user: Person) -> Q:
    """Which sightings `user` may look at, uploads among them."""
    if _sees_all(user):
        return Q()
    own = Q(body__in=officer_body_ids(user))
    return ~Q(origin=Snapshot.Origin.ELSEWHERE) | own


def _sees_all(user: Person) -> bool:
    return is_evaluator(user) or is_administrator(user)
