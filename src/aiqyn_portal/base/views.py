"""Pages that belong to no section: errors and health."""

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
    """A form came back without its token: usually an old page or cookies switched off."""
    return render(request, "base/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault. Nothing here asks the database or the session: they may be what broke."""
    return render(None, "base/errors/500.html", status=500)
