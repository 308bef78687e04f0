"""Receipts and the published roots."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aiqyn.ledger import receipts as papers
from aiqyn_portal.contributions import permissions, receipts, sealing
from aiqyn_portal.contributions.models import Root
from aiqyn_portal.contributions.views.acting import contribution_or_404

PER_PAGE = 50
JSON = "application/json"


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """One digest for every day, and how to verify a receipt with it."""
    page = Paginator(Root.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contributions/roots.html", {"page": page})


@require_safe
def roots_json(request: HttpRequest) -> HttpResponse:
    """All roots, for `aiqyn verify` and for whoever keeps copies."""
    sealing.publish_roots()
    free = {"Access-Control-Allow-Origin": "*"}
    return HttpResponse(papers.encode(receipts.roots()), content_type=JSON, headers=free)


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt: of one's own contribution with everything, of another's with what is public."""
    row = contribution_or_404(number)
    sealing.seal_all()
    sealing.publish_roots()
    made = receipts.receipt(row, is_own=permissions.is_author(request.user, row))
    named = {"Content-Disposition": f'attachment; filename="aiqyn-{number}.json"'}
    return HttpResponse(papers.encode(made), content_type=JSON, headers=named)
