"""The approved list of a body: what it has to publish, and what fulfils each line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.base.acting import attempt, refuse_unless, sent
from aiqyn_portal.sections.open_data import actions, approved_list, permissions
from aiqyn_portal.sections.open_data.forms import ApprovedForm, ApprovedListForm, FulfilForm
from aiqyn_portal.sections.open_data.models import Approved
from aiqyn_portal.sections.open_data.views.acting import body_or_404


@permissions.moderators_only
def promise(request: HttpRequest, code: str) -> HttpResponse:
    """Add a line to the list."""
    body = body_or_404(code)
    form = ApprovedForm(**sent(request))
    add = lambda: actions.add_approved(  # noqa: E731
        body, form.promise(), by=person(request), at=timezone.now()
    )
    if attempt(request, form, add, _("The line is added to the list.")):
        return redirect("open_data:body", code=code)
    return render(request, "open_data/promise.html", {"body": body, "form": form})


@permissions.moderators_only
def promise_list(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a whole list as a table: all of it, or nothing with the reasons."""
    body = body_or_404(code)
    form = ApprovedListForm(**sent(request))

    def add() -> None:
        given = form.cleaned_data
        lines = approved_list.read(given["upload"].read(approved_list.LARGEST + 1))
        act = (given["source"], given["source_link"])
        by, at = person(request), timezone.now()
        actions.add_list(body, lines, act, by=by, at=at)

    if attempt(request, form, add, _("The list is updated.")):
        return redirect("open_data:body", code=code)
    return render(request, "open_data/promise_list.html", {"body": body, "form": form})


@permissions.participants_only
def fulfil(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the set that fulfils a line."""
    line = get_object_or_404(Approved.objects.select_related("body"), pk=pk)
    refuse_unless(permissions.may_see_drafts(request.user, line.body))
    form = FulfilForm(**sent(request), line=line)
    name = lambda: actions.fulfil(line, form.cleaned_data["dataset"], by=person(request))  # noqa: E731
    if attempt(request, form, name, _("The list is updated.")):
        return redirect("open_data:body", code=line.body.code)
    return render(request, "open_data/fulfil.html", {"line": line, "form": form})
