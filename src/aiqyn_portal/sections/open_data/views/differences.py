"""What changed from one version of a set to another."""

from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.http import content_disposition_header

from aiqyn.datastore.difference import MOST
from aiqyn_portal.sections.open_data import differing, queries
from aiqyn_portal.sections.open_data.models import Dataset, Version


def difference(request: HttpRequest, name: str, older: int, newer: int) -> HttpResponse:
    """Columns and rows that are not as they were, a page at a time."""
    before, after = _versions(name, older, newer)
    pair = differing.pair_of(before, after, request.GET.get("file", ""))
    number = _page(request)
    found = differing.difference_of(pair, page=number) if pair else None
    context = {
        "set": after.dataset,
        "before": before,
        "after": after,
        "pair": pair,
        "found": found,
        "page": Paginator(range(found.total if found else 0), differing.ROWS).get_page(number),
    }
    return render(request, "open_data/difference.html", context)


def difference_csv(request: HttpRequest, name: str, older: int, newer: int) -> HttpResponseBase:
    """The same as a file, up to as many rows as one may hold."""
    pair = differing.pair_of(*_versions(name, older, newer), request.GET.get("file", ""))
    found = differing.difference_of(pair, rows=MOST) if pair else None
    if found is None:
        raise Http404(name)
    answer = StreamingHttpResponse(differing.lines(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(
        True, f"{name}-v{older}-v{newer}.csv"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _versions(name: str, older: int, newer: int) -> tuple[Version, Version]:
    if older >= newer:
        raise Http404(name)
    after = queries.released_or_404(name, newer)
    if after.dataset.state == Dataset.State.WITHDRAWN:
        raise Http404(name)
    return queries.released_or_404(name, older), after


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked[:6])) if asked[:6].isdecimal() else 1
