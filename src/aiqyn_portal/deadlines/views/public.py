"""Pages for everybody: the calculator, the year, the terms, one due date and how it came about."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aiqyn.calendar import Calendar, Reckoning, Term, reckon
from aiqyn.calendar.saying import amount, weekdays
from aiqyn.errors import InputError
from aiqyn_portal.accounts.permissions import is_administrator
from aiqyn_portal.base.formats import language
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import permissions, queries
from aiqyn_portal.deadlines.forms import CalculatorForm
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.deadlines.showing import in_language, months_of, special_days
from aiqyn_portal.deadlines.standing import standing

FIRST_YEAR, YEARS_AHEAD = 2020, 2
PER_PAGE = 50


def calculator(request: HttpRequest) -> HttpResponse:
    """A term of one's own, reckoned step by step; the address holds what was asked."""
    form = CalculatorForm(request.GET if "start" in request.GET else None)
    reckoning = None
    if form.is_bound and form.is_valid():
        reckoning = _reckoned(form)
    elif not form.is_bound:
        start = {"start": queries.today(), "count": 15}
        form = CalculatorForm(initial=start)
    status = 422 if form.errors else 200
    return render(
        request, "deadlines/calculator.html", {"form": form, "reckoning": reckoning}, status=status
    )


def _reckoned(form: CalculatorForm) -> Reckoning | None:
    asked = form.cleaned_data
    try:
        term = Term(asked["count"], asked["unit"], asked["when_off"] or "next", verified=True)
        return reckon(asked["start"], term, queries.calendar(week=6 if asked["week"] == "6" else 5))
    except InputError:
        form.add_error("count", _("This is longer than ten years."))
        return None


def this_year(request: HttpRequest) -> HttpResponse:
    return redirect("deadlines:year", queries.today().year)


def year(request: HttpRequest, number: int) -> HttpResponse:
    """The calendar of one year: what is free, what is worked, and by which source."""
    last = queries.today().year + YEARS_AHEAD
    if not FIRST_YEAR <= number <= last:
        raise Http404
    days = queries.calendar()
    context = {
        "number": number,
        "years": range(FIRST_YEAR, last + 1),
        "months": months_of(number, days, today=queries.today()),
        "weekdays": weekdays(language()),
        "special": special_days(days.year(number).values()),
        "moves_known": days.moves_known(number),
        "may_change": is_administrator(request.user),
        "worked": _worked(days, number),
    }
    return render(request, "deadlines/year.html", context)


def _worked(days: Calendar, number: int) -> int:
    first = queries.today().replace(year=number, month=1, day=1)
    return days.worked_between(first, first.replace(month=12, day=31)) + days.is_working(first)


def terms(request: HttpRequest) -> HttpResponse:
    """Every term this portal keeps, its source, and whether it was checked."""
    known = queries.terms()
    rows = [
        {"code": code, "term": term, "amount": amount(term.count, term.unit)}
        for code, term in known.items()
    ]
    context = {"rows": rows, "may_change": is_administrator(request.user)}
    return render(request, "deadlines/terms.html", context)


def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """One due date: how it was computed and everything that happened to it."""
    found = get_object_or_404(Deadline.objects.select_related("body", "officer"), pk=pk)
    if not permissions.may_see(request.user, found):
        raise Http404  # nobody learns that it is there
    days, events = queries.calendar(), list(found.events.order_by("number"))
    known = queries.terms().get(found.term)
    reckoning = queries.reckoning(found, days, events)
    context: dict[str, Any] = {
        "deadline": found,
        "href": in_language(found.href, language()),
        "term": known,
        "events": events,
        "reckoning": reckoning,
        "is_as_reckoned": reckoning.due == found.due_on,
        "standing": standing(found, queries.today(), days),
        "may_act": found.is_open and permissions.may_act(request.user, found),
    }
    return render(request, "deadlines/deadline.html", context)


def body(request: HttpRequest, code: str) -> HttpResponse:
    """What a body has to do in public, the nearest first, and how it kept its dates."""
    found = get_object_or_404(Body, code=code)
    rows = queries.open_of(found).filter(is_public=True).select_related("body")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "body": found,
        "page": page,
        "promptness": queries.promptness(found),
        "may_change": is_administrator(request.user),
        "language": language(),
    }
    return render(request, "deadlines/body.html", context)
