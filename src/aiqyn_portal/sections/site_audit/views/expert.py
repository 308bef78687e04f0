"""The expert's form, and the machine and the person side by side."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit import actions, permissions, queries
from aiqyn_portal.sections.site_audit.aspects import (
    agreed,
    aspects,
    beside,
    how_many_marked,
    judged_alone,
    parts,
    published_reviews,
)
from aiqyn_portal.sections.site_audit.forms import ReviewForm
from aiqyn_portal.sections.site_audit.models import Review
from aiqyn_portal.sections.site_audit.refusals import ReviewPublished
from aiqyn_portal.sections.site_audit.views.acting import audit_or_404


@same_for_all
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The published forms of experts beside what the rules say, with the agreement of both."""
    audit = audit_or_404(request, pk)
    lines = queries.lines_of(audit, request.user)
    found = []
    for review in published_reviews(audit.pk):
        compared = beside(lines, review.marks)
        found.append((review, compared, agreed(compared), judged_alone(compared)))
    context = {
        "audit": audit,
        "reviews": found,
        "machine": beside(lines, {}),
        "may_fill_in": permissions.is_auditor(request.user)
        and not any(review.expert_id == request.user.pk for review, *_ in found),
    }
    return render(request, "site_audit/agreement.html", context)


@permissions.auditors_only
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts of the form and how far each is; sent, the form is published."""
    audit = audit_or_404(request, pk)
    user = person(request)
    kept = _kept(audit, user)
    if kept.published_at is not None:
        return _closed(request, pk)
    form = Form(**sent(request))
    if attempt(
        request,
        form,
        lambda: actions.save_review(audit, {}, by=user, at=timezone.now(), publish=True),
        _("The form is published."),
    ):
        return redirect("site_audit:agreement", pk=pk)
    context = {
        "audit": audit,
        "form": form,
        **_progress(kept),
        "parts": [
            (code, part, how_many_marked(kept.marks, part.aspects))
            for code, part in parts().items()
        ],
    }
    return render(request, "site_audit/expert.html", context)


@permissions.auditors_only
def expert_part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Fill in one part; what the machine said is not shown, so that it does not prompt."""
    audit = audit_or_404(request, pk)
    user = person(request)
    kept = _kept(audit, user)
    if part not in parts():
        raise Http404(part)
    if kept.published_at is not None:
        return _closed(request, pk)
    shown = {code: aspects()[code] for code in parts()[part].aspects}
    form = ReviewForm(**sent(request), aspects=shown, marks=kept.marks)
    if attempt(
        request,
        form,
        lambda: actions.save_review(audit, form.opinions(), by=user, at=timezone.now()),
        _("The draft is saved; only you see it."),
    ):
        to = request.POST.get("to", part)
        if to not in parts():
            return redirect("site_audit:expert", pk=pk)
        return redirect("site_audit:expert_part", pk=pk, part=to)
    order = list(parts())
    place = order.index(part)
    context = {
        "audit": audit,
        "form": form,
        "rows": [(form[f"{code}_mark"], form[f"{code}_remark"]) for code in shown],
        **_progress(kept),
        "part": parts()[part],
        "number": place + 1,
        "how_many": len(order),
        "before": order[place - 1] if place else "",
        "after": order[place + 1] if place + 1 < len(order) else "",
    }
    return render(request, "site_audit/expert_part.html", context)


def _closed(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the published form; what is still sent to it is lost, and that is said."""
    if request.method == "POST":
        messages.warning(request, str(ReviewPublished()))
    return redirect("site_audit:agreement", pk=pk)


def _kept(audit: Audit, user: User) -> Review:
    """The person's form on the audit as it was saved; a new one when there is none."""
    kept = Review.objects.filter(audit=audit, expert=user).first()
    return kept or Review(audit=audit, expert=user)


def _progress(kept: Review) -> dict[str, int]:
    return {"marked": how_many_marked(kept.marks, aspects()), "of": len(aspects())}
