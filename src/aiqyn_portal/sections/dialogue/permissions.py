"""Who may do what in the dialogue. Reading is open to everybody."""

from aiqyn_portal.accounts.permissions import Person, is_officer_of
from aiqyn_portal.bodies.models import Body


def may_answer(user: Person, body: Body) -> bool:
    """A body's own officers answer, hold conferences and keep its commitments."""
    return is_officer_of(user, body)
