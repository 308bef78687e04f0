"""What officers see and do: their queue, and changing a date with a reason."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from aiqyn.calendar.saying import amount
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only, signed_in_only
from aiqyn_portal.base.acting import attempt, refuse_unless, sent
from aiqyn_portal.base.formats import language, say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.deadlines import actions, permissions, queries, stakes
from aiqyn_portal.deadlines.forms import AssignForm, ExtendForm, HandOverForm, ReasonForm
from aiqyn_portal.deadlines.models import Deadline, Feed
from aiqyn_portal.deadlines.refusals import GoesWithItsMatter

PER_PAGE = 50


@officers_only
def office(request: HttpRequest) -> HttpResponse:
    """What the officer's bodies have to do, the nearest first."""
    page = Paginator(queries.of_person(person(request)), PER_PAGE).get_page(request.GET.get("page"))
    feed = Feed.objects.filter(user=person(request)).first()
    address = ""
    if feed:
        where = reverse("deadlines_of_person", args=[language(), feed.key])
        address = request.build_absolute_uri(where)
    at_stake = stakes.for_bodies({row.body_id for row in page})
    context = {"page": page, "feed": feed, "feed_address": address, "stakes": at_stake}
    return render(request, "deadlines/office.html", context)


@signed_in_only
@require_POST
def new_feed(request: HttpRequest) -> HttpResponse:
    actions.new_feed(person(request))
    messages.success(request, _("Your calendar has a new address. The old one no longer answers."))
    return redirect("deadlines:office")


@officers_only
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    unit = say_phrase(amount(2, queries.rule_of(found).unit)).removeprefix("2 ")
    form = ExtendForm(**sent(request), unit=unit)
    return _act(
        request,
        found,
        form,
        lambda: actions.extend(
            found,
            days=form.cleaned_data["days"],
            reason=form.cleaned_data["reason"],
            by=person(request),
        ),
        title=gettext_lazy("Extend the term"),
    )


@officers_only
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.suspend, title=gettext_lazy("Stop the clock"))


@officers_only
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.resume, title=gettext_lazy("Let the clock go on"))


@officers_only
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = HandOverForm(**sent(request), language=language(), but=found.body)

    def act() -> None:
        if found.href:  # else another body would be late with what it was never given
            raise GoesWithItsMatter
        given = form.cleaned_data
        actions.hand_over(found, given["to_body"], reason=given["reason"], by=person(request))

    return _act(
        request,
        found,
        form,
        act,
        title=gettext_lazy("Hand over to another body"),
    )


@officers_only
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = AssignForm(**sent(request), body=found.body)
    return _act(
        request,
        found,
        form,
        lambda: actions.assign(found, form.cleaned_data["officer"], by=person(request)),
        title=gettext_lazy("Name who answers for it"),
    )


def _own(request: HttpRequest, pk: int) -> Deadline:
    found = get_object_or_404(Deadline.objects.select_related("body"), pk=pk)
    if not permissions.may_see(request.user, found):
        raise Http404
    refuse_unless(permissions.may_act(request.user, found))
    return found


def _with_reason(
    request: HttpRequest, pk: int, act: Callable[..., Any], *, title: StrOrPromise
) -> HttpResponse:
    found = _own(request, pk)
    form = ReasonForm(**sent(request))
    return _act(
        request,
        found,
        form,
        lambda: act(found, reason=form.cleaned_data["reason"], by=person(request)),
        title=title,
    )


def _act(
    request: HttpRequest,
    found: Deadline,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    title: StrOrPromise,
) -> HttpResponse:
    if attempt(request, form, act, _("Saved. The page shows how the date follows.")):
        return redirect("deadlines:deadline", found.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "deadline": found, "title": title}
    return render(request, "deadlines/act.html", context, status=status)
