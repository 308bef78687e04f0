"""Who may do what with audits; who may read them is for `evidence.permissions` to say."""

from aiqyn_portal.accounts.permissions import (
    Person,
    is_administrator,
    is_evaluator,
    is_officer,
    is_officer_of,
)
from aiqyn_portal.base.guard import allowed_when
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.permissions import works_with


def is_auditor(user: Person) -> bool:
    """Evaluators and administrators: they schedule, cancel and rule for every body."""
    return is_evaluator(user) or is_administrator(user)


def may_run(user: Person, body: Body) -> bool:
    """Whether `user` may have the site of `body` audited or rechecked, and watch it."""
    return works_with(user, body)


def may_reply(user: Person, body: Body) -> bool:
    """A body answers through its own officers only: nobody else speaks for it."""
    return is_officer_of(user, body)


def _takes_part(user: Person) -> bool:
    return is_auditor(user) or is_officer(user)


auditors_only = allowed_when(is_auditor)
participants_only = allowed_when(_takes_part)  # whether for this body, the view asks
