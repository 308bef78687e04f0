"""What every page here begins with: the person and the row."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from aiqyn_portal.accounts.models import User
from aiqyn_portal.evaluation.models import Entry


def person(request: HttpRequest) -> User:
    """The signed-in user; the guards of the views have seen to it."""
    if not isinstance(request.user, User):
        raise TypeError(f"{request.path}: nobody is signed in")
    return request.user


def entry_or_404(round_code: str, body_code: str) -> Entry:
    entries = Entry.objects.select_related("round", "body")
    return get_object_or_404(entries, round__code=round_code, body__code=body_code)
