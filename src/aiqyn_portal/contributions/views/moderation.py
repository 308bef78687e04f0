"""Moderation: rules everybody can read, a queue, decisions with reasons, appeals."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.acting import attempt, press, sent
from aiqyn_portal.base.guard import allowed_when
from aiqyn_portal.contributions import actions, permissions, queries, reasons, texts
from aiqyn_portal.contributions.forms import AppealDecisionForm, MaskForm, ModerateForm
from aiqyn_portal.contributions.models import Appeal
from aiqyn_portal.contributions.views.acting import contribution_or_404

PER_PAGE = 25
DAYS = 90  # that the statistics look back

moderators_only = allowed_when(permissions.may_moderate)


def rules(request: HttpRequest) -> HttpResponse:
    """The published rules, and what moderators did by them."""
    today = timezone.localdate()
    since = today - timedelta(days=DAYS)
    found = queries.moderation(since, today)
    by_rule = [(rule, found.by_rule.get(code, 0)) for code, rule in reasons.rules().items()]
    context = {"rules": by_rule, "found": found, "since": since, "until": today}
    return render(request, "contributions/rules.html", context)


@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """What was reported, and appeals that wait."""
    page = Paginator(queries.reported(), PER_PAGE).get_page(request.GET.get("page"))
    waiting = queries.appeals()[:PER_PAGE]
    context = {"page": page, "appeals": waiting}
    return render(request, "contributions/moderation.html", context)


@moderators_only
def moderate(request: HttpRequest, number: str) -> HttpResponse:
    """Remove for a rule, or say that no rule is broken."""
    row = contribution_or_404(number)
    by = person(request)
    if request.method == "POST" and "keep" in request.POST:
        press(request, lambda: actions.keep(row, by=by), _("It stays published."))
        return redirect("contributions:moderation")
    form = ModerateForm(**sent(request))

    def act() -> None:
        given = form.cleaned_data
        actions.moderate(row, by=by, rule=given["rule"], words=given["words"])

    if attempt(request, form, act, _("It is removed; the author is told why.")):
        return redirect("contributions:moderation")
    context = {
        "contribution": row,
        "form": form,
        "complaints": row.complaints.filter(closed_at=None),
        "rules": reasons.rules(),
    }
    return render(request, "contributions/moderate.html", context)


@moderators_only
def mask(request: HttpRequest, number: str) -> HttpResponse:
    """Publish the text without a part of it; the page says that this was done."""
    row = contribution_or_404(number)
    masked = {name: texts.masked(getattr(row, name)) for name in ("text", "wording")}
    initial = {**masked, "rule": "personal_data"}
    form = MaskForm(**sent(request), initial=initial, has_wording=bool(row.wording))

    def act() -> None:
        given = form.cleaned_data
        actions.mask(
            row,
            by=person(request),
            text=given["text"],
            wording=given.get("wording"),
            rule=given["rule"],
            words=given["words"],
        )

    if attempt(request, form, act, _("The text is changed; the page says so.")):
        return redirect("contributions:moderation")
    return render(request, "contributions/mask.html", {"contribution": row, "form": form})


@moderators_only
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide an appeal against another moderator's removal."""
    appealed = get_object_or_404(queries.appeals(), pk=pk)
    form = AppealDecisionForm(**sent(request))

    def act() -> None:
        upheld = form.cleaned_data["decision"] == "restore"
        words = form.cleaned_data["words"]
        actions.decide_appeal(appealed, by=person(request), upheld=upheld, words=words)

    if attempt(request, form, act, _("The appeal is decided; the author is told.")):
        return redirect("contributions:moderation")
    context = {
        "appeal": appealed,
        "contribution": appealed.contribution,
        "removal": queries.removal_of(appealed.contribution),
        "is_own": _is_own(appealed, person(request)),
        "form": form,
    }
    return render(request, "contributions/decide_appeal.html", context)


def _is_own(appealed: Appeal, user: User) -> bool:
    """Whether this moderator removed the text: then another one decides."""
    return bool(appealed.against.by == user)
