"""One contribution: its text, its whole life, and what a reader can do with it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import may_take_part, signed_in_only
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.contributions import actions, kinds, permissions, queries
from aiqyn_portal.contributions.forms import AppealForm, ReportForm
from aiqyn_portal.contributions.views.acting import (
    confirm_first,
    contribution_or_404,
    named,
    onward,
)

REPLIES_A_PAGE = 30
VALUES = {"for": 1, "against": -1, "back": 0}


def one(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one contribution; removed ones leave a placeholder with the reason."""
    row = contribution_or_404(number)
    kind = kinds.get(row.kind)
    user = request.user
    is_mine = permissions.is_author(user, row)
    replies = row.replies.select_related("body").order_by("pk")
    context = {
        "contribution": row,
        "kind_title": kinds.title_of(row.kind),
        "about": named(row.kind, row.about_key),
        "life": queries.life(row),
        "place": kinds.place_of(row),
        "page": Paginator(replies, REPLIES_A_PAGE).get_page(request.GET.get("page")),
        "vote": queries.votes_of(user, [row]).get(row.pk, 0),
        "takes_votes": kinds.takes_votes(row),
        "is_mine": is_mine,
        "sees_original": permissions.sees_original(user, row),
        "may_decide": kind is not None and kind.may_decide(user, row),
        "reflects": kind is not None and kind.reflects,
        "may_moderate": permissions.may_moderate(user),
        "may_appeal": is_mine and queries.may_be_appealed(row),
        "may_withdraw": is_mine and row.is_public and not row.is_decided,
        "in_group": row.group.contributions.count() if row.group else 0,
    }
    return render(request, "contributions/one.html", context)


@signed_in_only
@require_POST
def support(request: HttpRequest, number: str) -> HttpResponse:
    """Be for or against, or take the vote back."""
    if not may_take_part(request.user):
        return confirm_first(request)
    row = contribution_or_404(number)
    value = VALUES.get(request.POST.get("value", ""), 0)
    by = person(request)
    press(request, lambda: actions.support(row, by, value), _("Your vote is counted."))
    return redirect(onward(request, request.POST.get("next", ""), _page(request, number)))


@signed_in_only
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take one's own words back."""
    row = contribution_or_404(number)
    refuse_unless(permissions.is_author(request.user, row))
    if request.method == "POST":
        by = person(request)
        press(request, lambda: actions.withdraw(row, by=by), _("It is withdrawn."))
        return redirect("contributions:one", number=number)
    return render(request, "contributions/withdraw.html", {"contribution": row})


@signed_in_only
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Tell moderators that a published rule is broken."""
    row = contribution_or_404(number)
    form = ReportForm(**sent(request))

    def act() -> None:
        given = form.cleaned_data
        actions.report(row, by=person(request), rule=given["rule"], words=given["words"])

    if attempt(request, form, act, _("Thank you. A moderator will look at it.")):
        return redirect("contributions:one", number=number)
    return render(request, "contributions/report.html", {"contribution": row, "form": form})


@signed_in_only
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    """Say why one does not agree with a removal."""
    row = contribution_or_404(number)
    refuse_unless(permissions.is_author(request.user, row))
    form = AppealForm(**sent(request))

    def act() -> None:
        actions.appeal(row, by=person(request), words=form.cleaned_data["words"])

    if attempt(request, form, act, _("Your appeal is sent. Another moderator will decide.")):
        return redirect("contributions:one", number=number)
    context = {"contribution": row, "form": form, "removal": queries.removal_of(row)}
    return render(request, "contributions/appeal.html", context)


def _page(request: HttpRequest, number: str) -> str:
    return request.path.removesuffix("support/")
