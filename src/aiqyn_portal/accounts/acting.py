"""Who acts: for views whose guards have let only signed-in people through."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from aiqyn_portal.accounts.models import User


def person(request: HttpRequest) -> User:
    """The signed-in user; the guards of the views have seen to it."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
