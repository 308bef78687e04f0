from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aiqyn_portal.base.guard import administrators_only
from aiqyn_portal.trail import queries

PER_PAGE = 50


@administrators_only
def events(request: HttpRequest) -> HttpResponse:
    """What officers, evaluators and administrators did, newest first."""
    asked = {key: request.GET.get(key, "") for key in ("actor", "action", "subject")}
    chosen = {key: text.replace("\0", "").strip() for key, text in asked.items()}
    pages = Paginator(queries.events(**chosen), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "trail/events.html", {"page": page, "chosen": chosen})
