"""What views with a form share."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from aiqyn_portal.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who acts; the guard of the view has made sure somebody does."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
