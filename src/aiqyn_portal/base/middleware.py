"""What Django does not see to by itself: one header, the size of a request, private pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import resolve

from aiqyn_portal.base.guard import View

# the portal asks a browser for none of these
UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
MEGABYTE = 1024 * 1024
LARGEST_REQUEST = 12 * MEGABYTE  # bytes: a file of 10 MB and the words beside it
POLICY = ", ".join(f"{name}=()" for name in UNUSED)


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Say in every answer that the page needs no device of the reader."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return respond


def head_of_the_api(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer HEAD under /api/ with the headers of GET: the API's router knows only GET."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD" or not request.path.startswith("/api/"):
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
        return response

    return respond


def no_nul_in_the_address(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Nothing here has a NUL in its name, and PostgreSQL cannot even be asked for one."""

    def respond(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return respond


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def takes_up_to(
    setting: str, *, known: Callable[[HttpRequest], bool] = _is_signed_in
) -> Callable[[View], View]:
    """Let people who are `known` send a view a file of as many megabytes as the setting says."""

    def mark(view: View) -> View:
        view.largest_file = (setting, known)  # type: ignore[attr-defined]
        return view

    return mark


def largest_request(request: HttpRequest) -> int:
    """How many bytes the view behind this address takes."""
    try:
        view = resolve(request.path_info).func
    except Http404:
        return LARGEST_REQUEST
    setting, known = getattr(view, "largest_file", ("", _is_signed_in))
    if not setting or not known(request):
        return LARGEST_REQUEST
    return LARGEST_REQUEST + int(getattr(settings, setting)) * MEGABYTE


def _too_large(request: HttpRequest, largest: int) -> HttpResponse:
    """A page, or what programs read: the envelope of CKAN. `largest`: bytes taken here."""
    if not request.path_info.startswith("/api/"):
        context = {"megabytes": largest // MEGABYTE}
        return render(request, "base/errors/413.html", context, status=413)
    error = {"__type": "Validation Error", "message": "The request is too large"}
    told = {"help": request.build_absolute_uri(request.path), "success": False, "error": error}
    return JsonResponse(told, status=413, headers={"Access-Control-Allow-Origin": "*"})


def no_larger_than_a_form(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a request larger than any form of ours, before its files are written to disk."""

    def respond(request: HttpRequest) -> HttpResponse:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > LARGEST_REQUEST and size > (largest := largest_request(request)):
            return _too_large(request, largest)
        return get_response(request)

    return respond


def private_pages_are_not_kept(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A page drawn for a signed-in person stays in no cache, not even the browser's own."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and not request.session.is_empty():
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond
