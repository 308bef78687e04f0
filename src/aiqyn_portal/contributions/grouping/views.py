"""How we group, copies of a contribution, and what officers are proposed to put together."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aiqyn.likeness import method
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officer_body_ids, officers_only
from aiqyn_portal.base.acting import press, refuse_unless
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.grouping import actions, queries
from aiqyn_portal.contributions.grouping.models import Fold
from aiqyn_portal.contributions.views.acting import contribution_or_404, named

PER_PAGE = 50


def how(request: HttpRequest) -> HttpResponse:
    """The published method."""
    return render(request, "grouping/how.html", {"parts": method()})


def copies(request: HttpRequest, number: str) -> HttpResponse:
    """All that say the same as a contribution."""
    row = contribution_or_404(number)
    page = Paginator(queries.copies_of(row), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "contribution": row, "about": named(row.kind, row.about_key)}
    return render(request, "grouping/copies.html", context)


@officers_only
def proposals(request: HttpRequest) -> HttpResponse:
    """Near copies that wait for a decision of one's body and are not one group yet."""
    found = queries.proposals(officer_body_ids(request.user))
    rows = [(each, named(each.first.kind, each.first.about_key)) for each in found]
    return render(request, "grouping/proposals.html", {"rows": rows})


@officers_only
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at near copies, leave out what does not belong, put the rest together."""
    fold = get_object_or_404(Fold, pk=pk)
    rows = queries.waiting(fold)
    first = rows.first()
    if first is None:
        return redirect("grouping:proposals")
    kind = kinds.get(first.kind)
    refuse_unless(kind is not None and kind.may_decide(request.user, first))
    if request.method == "POST":
        without = request.POST.getlist("without")
        press(
            request,
            lambda: actions.confirm(fold, by=person(request), without=without),
            _("They are put together and get one decision; none is deleted."),
        )
        return redirect(f"{reverse('contributions:decide')}?number={first.number}")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"fold": fold, "page": page, "about": named(first.kind, first.about_key)}
    return render(request, "grouping/proposal.html", context)
