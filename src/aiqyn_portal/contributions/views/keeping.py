"""What was written before signing in: kept in the session, and in the form again afterwards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.contributions.views.acting import confirm_first

KEPT = "contributions_kept"  # in the session: what was written, by address
MOST_KEPT = 5  # texts
LONGEST_KEPT = 60_000  # characters of one value
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field


def sign_in_first(request: HttpRequest, prefix: str = "") -> HttpResponse:
    """Keep what was posted in the session; it stands in the form again after signing in.

    Whoever has signed in and not confirmed an address is led to where one does.
    """
    is_kept = request.method == "POST"
    if is_kept:
        said = {
            name.removeprefix(prefix): value[:LONGEST_KEPT]
            for name, value in request.POST.items()
            if name.startswith(prefix) and name != TOKEN and isinstance(value, str)
        }
        kept = request.session.get(KEPT, {})
        kept.pop(request.path, None)
        newest = list(kept.items())[-MOST_KEPT + 1 :]
        request.session[KEPT] = {**dict(newest), request.path: said}
    if request.user.is_authenticated:
        return confirm_first(request)
    return redirect_to_login(request.path if is_kept else request.get_full_path())


def kept(request: HttpRequest) -> dict[str, Any]:
    """What was kept for this address; the reader is told of it."""
    found: dict[str, Any] = request.session.get(KEPT, {}).get(request.path, {})
    if found:
        messages.info(request, str(_("Your text has been kept. Look it over and send it.")))
    return found


def forget(request: HttpRequest) -> None:
    """It was sent."""
    held = request.session.get(KEPT, {})
    if held.pop(request.path, None) is not None:
        request.session[KEPT] = held
