"""The queue of officers: what people said to their body, what is due first, first."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officer_body_ids, officers_only
from aiqyn_portal.base.acting import attempt, refuse_unless, sent
from aiqyn_portal.base.paging import BoundedPaginator, counted
from aiqyn_portal.contributions import actions, kinds, queries
from aiqyn_portal.contributions.forms import DecideForm, FilterForm, ReflectForm, speaks_for
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.contributions.views.acting import (
    chosen_numbers,
    contribution_or_404,
    named,
    onward,
)
from aiqyn_portal.contributions.views.voice import narrowed
from aiqyn_portal.deadlines import queries as deadlines
from aiqyn_portal.deadlines import stakes

PER_PAGE = 25


@officers_only
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, over all kinds."""
    ids = officer_body_ids(request.user)
    form = FilterForm(request.GET, bodies=speaks_for(request.user))
    waiting = narrowed(queries.queue(ids), form.chosen())
    page = BoundedPaginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "counted": counted(waiting),
        "stakes": stakes.for_bodies({row.body_id for row in page}, today=today),
        "terms": deadlines.running([row.subject for row in page]),
        "form": form,
        "today": today,
        "late": counted(queries.late(ids, today)),
        "is_narrowed": bool(form.chosen()),
    }
    return render(request, "contributions/queue.html", context)


@officers_only
def decide(request: HttpRequest) -> HttpResponse:
    """One decision for all chosen contributions, and for all of the groups they are in."""
    numbers = chosen_numbers(request)
    rows = _chosen(numbers)
    if not rows:
        return redirect("contributions:queue")
    kind = kinds.get(rows[0].kind)
    for row in rows:
        refuse_unless(kind is not None and kind.may_decide(request.user, row))
    if kind and kind.decide_at:
        asked = urlencode({"number": numbers}, doseq=True)
        return redirect(f"{reverse(kind.decide_at)}?{asked}")
    form = DecideForm(**({"data": request.POST} if "outcome" in request.POST else {}), kind=kind)

    def act() -> None:
        given = form.cleaned_data
        actions.decide(
            rows,
            by=person(request),
            outcome=given["outcome"],
            reason=given["reason"],
            words=form.words(),
            passed_to=given.get("passed_to"),
        )

    asked = request.POST.get("next", request.GET.get("next", ""))
    if attempt(request, form, act, _("The decision is published; the authors are told.")):
        return redirect(onward(request, asked, reverse("contributions:queue")))
    context = {
        "form": form,
        "chosen": rows[:PER_PAGE],
        "numbers": numbers,
        "count": len(rows),
        "more": max(0, len(rows) - PER_PAGE),
        "next": asked,
        "about": named(rows[0].kind, rows[0].about_key),
    }
    return render(request, "contributions/decide.html", context)


def _chosen(numbers: Sequence[str]) -> list[Contribution]:
    """Those named, with everybody in their groups; of one kind and waiting."""
    named_ones = list(Contribution.objects.undecided().filter(number__in=numbers))
    if not named_ones:
        return []
    kind = named_ones[0].kind
    groups = {row.group_id for row in named_ones if row.group_id}
    bodies = {row.body_id for row in named_ones}
    grouped = Contribution.objects.undecided().filter(group__in=groups, kind=kind, body__in=bodies)
    found = {row.pk: row for row in [*named_ones, *grouped] if row.kind == kind}
    return [found[pk] for pk in sorted(found)]


@officers_only
def reflect(request: HttpRequest, number: str) -> HttpResponse:
    """Say where an accepted contribution is reflected."""
    row = contribution_or_404(number)
    kind = kinds.get(row.kind)
    refuse_unless(kind is not None and kind.reflects and kind.may_decide(request.user, row))
    form = ReflectForm(**sent(request))

    def act() -> None:
        words = form.cleaned_data["words"]
        actions.reflect(row, by=person(request), where=form.where(), words=words)

    if attempt(request, form, act, _("It is said on the page; the author is told.")):
        return redirect("contributions:one", number=number)
    return render(request, "contributions/reflect.html", {"contribution": row, "form": form})
