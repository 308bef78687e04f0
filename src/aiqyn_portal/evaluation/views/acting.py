"""What every page here does: find the row, try the action, say what came of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.evaluation.models import Entry
from aiqyn_portal.evaluation.refusals import ActionRefused


def person(request: HttpRequest) -> User:
    """The signed-in user; the guards of the views have seen to it."""
    if not isinstance(request.user, User):
        raise TypeError(f"{request.path}: nobody is signed in")
    return request.user


def entry_or_404(round_code: str, body_code: str) -> Entry:
    entries = Entry.objects.select_related("round", "body")
    return get_object_or_404(entries, round__code=round_code, body__code=body_code)


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a form is made of: the posted data and files, nothing when the page is only read."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}


def attempt(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], done: StrOrPromise
) -> bool:
    """Run an action for a sent, valid form: say `done`, or put the refusal among its errors."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, str(done))
    return True
