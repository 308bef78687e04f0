"""The cabinet: everything a person has said, what came of it, and the way out."""

from datetime import datetime, time
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import signed_in_only
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, belongings, exporting, queries
from aiqyn_portal.contributions.forms import FilterForm, LeaveForm
from aiqyn_portal.contributions.models import Contribution

PER_PAGE = 20
SHOWN_BELONGINGS = 20  # newest of each kind; the archive has all of them


@signed_in_only
@require_safe
def cabinet(request: HttpRequest) -> HttpResponse:
    """Everything I asked the state, and what came of it."""
    user = person(request)
    mine = queries.of_author(user)
    bodies = Body.objects.filter(pk__in=mine.order_by().values("body")).order_by("code")
    form = FilterForm(request.GET, bodies=bodies)
    page = Paginator(narrowed(mine, form.chosen()), PER_PAGE).get_page(request.GET.get("page"))
    is_narrowed = bool(form.chosen())
    shows_all = page.number == 1 and not is_narrowed
    context = {
        "page": page,
        "form": form,
        "is_narrowed": is_narrowed,
        "belongings": belongings.listed(user, SHOWN_BELONGINGS) if shows_all else (),
        "removals": queries.reasons_of(page.object_list),
    }
    return render(request, "contributions/cabinet.html", context)


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What the portal keeps about people, and what they can do with it."""
    return render(request, "contributions/personal_data.html")


def narrowed(rows: QuerySet[Contribution], chosen: dict[str, Any]) -> QuerySet[Contribution]:
    """Only those of the kind, state, body and days chosen."""
    conditions: dict[str, Any] = {}
    if "kind" in chosen:
        conditions["kind"] = chosen["kind"]
    if "state" in chosen:
        is_outcome = chosen["state"] in Contribution.Outcome.values
        conditions["outcome" if is_outcome else "state"] = chosen["state"]
    if "body" in chosen:
        conditions["body"] = chosen["body"]
    if "since" in chosen:
        conditions["made_at__gte"] = _moment(chosen["since"], time.min)
    if "until" in chosen:
        conditions["made_at__lte"] = _moment(chosen["until"], time.max)
    return rows.filter(**conditions)


def _moment(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


@signed_in_only
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All my data as a ZIP."""
    content = exporting.archive(person(request))
    named = {"Content-Disposition": 'attachment; filename="aiqyn-my-data.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=named)


@signed_in_only
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the platform; what was said stays without a name. The password is asked for again."""
    user = person(request)
    form = LeaveForm(**sent(request))
    done = _("Your account is closed. What you have said stays without your name.")
    if attempt(request, form, lambda: actions.leave(user), done):
        logout(request)
        return redirect("reports:home")
    context = {"form": form, "said": queries.of_author(user).count() + belongings.count(user)}
    return render(request, "contributions/leave.html", context)
