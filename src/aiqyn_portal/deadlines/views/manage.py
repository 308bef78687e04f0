"""What administrators enter: days, terms, heads of bodies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.base.acting import attempt, press, sent
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.guard import administrators_only
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import actions, queries
from aiqyn_portal.deadlines.forms import DayForm, HeadForm, TermForm
from aiqyn_portal.deadlines.models import EnteredDay
from aiqyn_portal.deadlines.refusals import DayEnteredAlready


@administrators_only
def days(request: HttpRequest) -> HttpResponse:
    """Days entered by hand, and the form for one more."""
    form = DayForm(**sent(request))
    if form.is_bound and form.is_valid() and _enter(request, form):
        return redirect("deadlines:days")
    status = 422 if form.errors else 200
    context = {"form": form, "rows": queries.entered_days()}
    return render(request, "deadlines/days.html", context, status=status)


def _enter(request: HttpRequest, form: DayForm) -> bool:
    try:
        _row, moved = actions.enter_day(form.row(), by=person(request))
    except DayEnteredAlready as refusal:
        form.add_error("day", str(refusal))
        return False
    n = len(moved)
    words = ngettext("Entered. %(n)s due date moved.", "Entered. %(n)s due dates moved.", n)
    messages.success(request, words % {"n": n})
    return True


@administrators_only
@require_POST
def withdraw_day(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(EnteredDay, pk=pk)
    press(
        request, lambda: actions.withdraw_day(row, by=person(request)), _("The entry is withdrawn.")
    )
    return redirect("deadlines:days")


@administrators_only
def term(request: HttpRequest, code: str) -> HttpResponse:
    """Set one term anew, with its source."""
    known = queries.terms().get(code)
    if known is None:
        raise Http404
    given = {name: getattr(known, name) for name in ("count", "unit", "address")}
    initial = {**given, "source": say_phrase(known.source), "is_verified": known.verified}
    form = TermForm(**sent(request), initial=initial)
    if attempt(
        request,
        form,
        lambda: actions.change_term(code, by=person(request), **form.cleaned_data),
        _("Saved. Clocks that run keep the term they began with."),
    ):
        return redirect("deadlines:terms")
    status = 422 if form.errors else 200
    return render(request, "deadlines/term.html", {"form": form, "term": known}, status=status)


@administrators_only
def head(request: HttpRequest, code: str) -> HttpResponse:
    """Say who heads a body: what is late is told to that person."""
    found = get_object_or_404(Body, code=code)
    now = queries.head_of(found)
    form = HeadForm(**sent(request), body=found, initial={"officer": now})
    if attempt(
        request,
        form,
        lambda: actions.name_head(found, form.cleaned_data["officer"], by=person(request)),
        _("Saved."),
    ):
        return redirect("bodies:body", code)
    status = 422 if form.errors else 200
    return render(request, "deadlines/head.html", {"form": form, "body": found}, status=status)
