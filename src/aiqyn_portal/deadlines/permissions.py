"""Who may see a due date and who may change it."""

from aiqyn_portal.accounts.permissions import (
    Person,
    is_administrator,
    is_evaluator,
    is_officer_of,
)
from aiqyn_portal.deadlines.models import Deadline, Head


def may_see(user: Person, deadline: Deadline) -> bool:
    """Public ones everybody; the others those who answer for them, or watch over them."""
    if deadline.is_public or is_evaluator(user) or is_administrator(user):
        return True
    return user.is_authenticated and (deadline.officer_id == user.pk or may_act(user, deadline))


def may_act(user: Person, deadline: Deadline) -> bool:
    """Officers of the body that has it now, and its head."""
    if not user.is_authenticated:
        return False
    return is_officer_of(user, deadline.body) or is_head_of(user, deadline)


def is_head_of(user: Person, deadline: Deadline) -> bool:
    return Head.objects.filter(user__username=user.get_username(), body=deadline.body).exists()
