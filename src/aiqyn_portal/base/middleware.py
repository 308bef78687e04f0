"""One header Django does not set by itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# the portal asks a browser for none of these
UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
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
