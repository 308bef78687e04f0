"""The expert's form, and the machine and the person side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.sections.site_audit import actions, permissions, queries
from aiqyn_portal.sections.site_audit.aspects import (
    agreed,
    aspects,
    beside,
    judged_alone,
    published_reviews,
)
from aiqyn_portal.sections.site_audit.forms import ReviewForm
from aiqyn_portal.sections.site_audit.models import Review
from aiqyn_portal.sections.site_audit.views.acting import audit_or_404


def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The published forms of experts beside what the rules say, with the agreement of both."""
    audit = audit_or_404(pk)
    lines = queries.lines_of(audit)
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
    """Fill in the form; what the machine said is not shown, so that it does not prompt."""
    audit = audit_or_404(pk)
    user = person(request)
    kept = Review.objects.filter(audit=audit, expert=user).first()
    if kept is not None and kept.published_at is not None:
        return redirect("site_audit:agreement", pk=pk)
    form = ReviewForm(**sent(request), aspects=aspects(), marks=kept.marks if kept else {})
    publish = "publish" in request.POST
    if attempt(
        request,
        form,
        lambda: actions.save_review(
            audit, form.opinions(), by=user, at=timezone.now(), publish=publish
        ),
        _("The form is published.") if publish else _("The draft is saved; only you see it."),
    ):
        return redirect("site_audit:agreement" if publish else "site_audit:expert", pk=pk)
    fields = [(form[f"{code}_mark"], form[f"{code}_remark"]) for code in aspects()]
    return render(request, "site_audit/expert.html", {"audit": audit, "form": form, "rows": fields})
