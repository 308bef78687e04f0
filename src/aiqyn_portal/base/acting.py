"""What every page with a form does: try the action, say what came of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.refusals import ActionRefused


def refuse_unless(allowed: bool) -> None:
    """Answer 403 where the person may not."""
    if not allowed:
        raise PermissionDenied


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
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, str(done))
    return True


def press(request: HttpRequest, act: Callable[[], object], done: StrOrPromise) -> None:
    """Run an action behind a single button: say `done`, or why not."""
    try:
        act()
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(done))
