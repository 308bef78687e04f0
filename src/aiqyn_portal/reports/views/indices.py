"""International indices: Kazakhstan's values, their sources, what we can reproduce."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def indices(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/indices.html", {})


@require_safe
def index(request: HttpRequest, code: str) -> HttpResponse:
    raise Http404(code)
