"""Who may do what with drafts. Reading what is published is open to everybody."""

from aiqyn_portal.accounts.permissions import (
    Person,
    is_administrator,
    is_evaluator,
    is_officer,
    is_officer_of,
)
from aiqyn_portal.base.guard import allowed_when
from aiqyn_portal.bodies.models import Body


def may_prepare(user: Person, body: Body) -> bool:
    """A body's drafts are prepared, discussed and decided by its own officers only."""
    return is_officer_of(user, body)


def may_see_unpublished(user: Person, body: Body) -> bool:
    """Whether `user` may read what is not published yet."""
    return may_prepare(user, body) or is_evaluator(user) or is_administrator(user)


def takes_part(user: Person) -> bool:
    """Whether `user` has anything to do with preparing drafts."""
    return is_officer(user) or is_evaluator(user) or is_administrator(user)


participants_only = allowed_when(takes_part)  # whether for this body, the view asks
