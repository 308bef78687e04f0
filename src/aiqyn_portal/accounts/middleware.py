"""What is down is told of; roles that need a second factor get one first."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from requests import RequestException

from aiqyn_portal.accounts.adapter import LetterNotSent
from aiqyn_portal.accounts.permissions import owes_a_second_factor

Answer = Callable[[HttpRequest], HttpResponse]


SAID_ON: dict[type[Exception], tuple[str, int]] = {
    RequestException: ("socialaccount/authentication_error.html", 502),  # the provider is silent
    LetterNotSent: ("accounts/letter_not_sent.html", 503),  # and somebody waits for it
}


class OthersMayBeDown:
    """Say so on a page when the sign-in provider or the mail server does not answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        for kind, (template, status) in SAID_ON.items():
            if isinstance(problem, kind):
                return render(request, template, status=status)
        return None


class SecondFactorFirst:
    """Lead people whose role needs a second factor to setting it up; until then nothing opens.

    Which roles need one is the setting SECOND_FACTOR_ROLES; none by default.
    """

    OPEN = ("account_", "mfa_")  # names of the pages of signing in and out

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_ROLES or request.path.startswith("/api/"):
            return None  # the API knows no sessions
        match = request.resolver_match
        if (match and match.view_name.startswith(self.OPEN)) or not owes_a_second_factor(
            request.user
        ):
            return None
        messages.warning(
            request, _("Your role needs two-factor authentication. Set it up to go on.")
        )
        return redirect("mfa_activate_totp")
