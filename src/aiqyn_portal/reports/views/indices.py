"""International indices: Kazakhstan's values, their sources, what we can reproduce."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aiqyn.scoring.indices import index_ids
from aiqyn_portal.reports import index_pages
from aiqyn_portal.reports.places import method_of


@require_safe
def indices(request: HttpRequest) -> HttpResponse:
    """Every index with Kazakhstan's newest result."""
    methods = [method_of(code) for code in index_ids()]
    known = [(m, index_pages.newest(m.id), m.maximum) for m in methods]
    return render(request, "reports/indices.html", {"known": known})


@require_safe
def index(request: HttpRequest, code: str) -> HttpResponse:
    """One index: Kazakhstan through the years, its parts, other countries."""
    if code not in index_ids():
        raise Http404(code)
    return render(request, "reports/index.html", {"index": index_pages.page(code)})
