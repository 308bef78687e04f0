"""Who acts: for views whose guards have let only signed-in people through, and for actions that
count what one person does.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from aiqyn_portal.accounts.models import User


def person(request: HttpRequest) -> User:
    """The signed-in user; the guards of the views have seen to it."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def one_by_one(user: User) -> None:
    """Let nothing else that is counted for this person happen until the transaction ends.

    Taken before any other lock, so that no two wait for one another. Raises PermissionDenied once
    the account is closed.
    """
    held = User.objects.select_for_update(no_key=True).filter(pk=user.pk, is_active=True)
    if not held.values_list("pk", flat=True).first():
        raise PermissionDenied
