"""When the sign-in provider is down, say so instead of breaking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

Answer = Callable[[HttpRequest], HttpResponse]


class ProviderMayBeDown:
    """Turn a provider's silence on its own addresses into the page for failed sign-ins."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, RequestException):
            return None
        return render(request, "socialaccount/authentication_error.html", status=502)
