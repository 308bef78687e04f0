"""A lock on a view. Who holds the key is a claim about the person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

View = Callable[..., HttpResponse]


def allowed_when(claim: Callable[[Any], bool]) -> Callable[[View], View]:
    """Guard a view: strangers are sent to sign in, the wrong role is refused with 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not claim(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _is_administrator(user: Any) -> bool:
    """The apps below `accounts` cannot import its predicate; the settings name it."""
    return bool(import_string(settings.IS_ADMINISTRATOR)(user))


administrators_only = allowed_when(_is_administrator)
