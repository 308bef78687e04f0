"""A lock on pages of the lower floors; who holds the key is said in the settings.

The apps below `accounts` cannot import its predicates, so they ask for them by role.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """Strangers are sent to sign in; the wrong role is refused with 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not import_string(settings.IS_ADMINISTRATOR)(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
