"""Pages that belong to no section: errors and health."""

from urllib.parse import urlsplit

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aiqyn_portal.base.context import origin

SECRET = ("password", "token", "code")  # fields that are never shown
LONGEST_SHOWN = 60_000  # characters of one text
MOST_SHOWN = 10


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; a load balancer's question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@require_safe
def favicon(request: HttpRequest) -> HttpResponsePermanentRedirect | HttpResponseRedirect:
    """The mark, for programs that ask for it by its old name."""
    return HttpResponseRedirect(staticfiles_storage.url("base/mark.svg"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/errors/403.html", status=403)


def forgery_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: usually an old page or cookies switched off.

    What was written in it is shown, to be copied: nothing of it is kept. A form of another site
    is shown nothing: its words are not the reader's.
    """
    texts = _texts_in(request) if _is_of_our_page(request) else []
    return render(request, "base/errors/csrf.html", {"written": texts}, status=403)


def _is_of_our_page(request: HttpRequest) -> bool:
    said = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return bool(said.netloc) and f"{said.scheme}://{said.netloc}" == origin(request)


def _texts_in(request: HttpRequest) -> list[str]:
    """Texts of a form, each once: of several words, and no password."""
    values = (
        value.strip()
        for name, given in request.POST.lists()
        for value in given
        if not any(word in name.casefold() for word in SECRET)
    )
    texts = [value for value in values if len(value.split()) > 1]
    return [each[:LONGEST_SHOWN] for each in dict.fromkeys(texts)][:MOST_SHOWN]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/errors/404.html", status=404)


def too_many(request: HttpRequest, *, seconds: int, is_busy: bool = False) -> HttpResponse:
    """Too much that is dear is asked for; after so many seconds it may be again.

    `is_busy`: by others, so that whoever asks has done nothing amiss.
    """
    told = {"is_busy": is_busy}
    response = render(request, "base/errors/429.html", told, status=503 if is_busy else 429)
    response["Retry-After"] = str(seconds)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault. Nothing here asks the database or the session: they may be what broke."""
    return render(None, "base/errors/500.html", status=500)
