"""What pages with a form do: find the row, try the action, say what came of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.sections.site_audit import queries
from aiqyn_portal.sections.site_audit.refusals import ActionRefused


def person(request: HttpRequest) -> User:
    """The signed-in user; the guards of the views have seen to it."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def body_or_404(code: str) -> Body:
    return get_object_or_404(Body, code=code)


def audit_or_404(pk: int) -> Audit:
    return get_object_or_404(Audit.objects.select_related("body"), pk=pk)


def finding_or_404(pk: int) -> FindingRow:
    """A finding as the machine made it, with its audit and body."""
    return get_object_or_404(queries.finding_rows(), pk=pk)


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a form is made of: the posted data, nothing when the page is only read."""
    return {"data": request.POST} if request.method == "POST" else {}


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


def press(request: HttpRequest, act: Callable[[], object], done: StrOrPromise) -> None:
    """Run an action behind a single button: say `done`, or why not."""
    try:
        act()
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(done))
