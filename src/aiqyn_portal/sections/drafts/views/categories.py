"""Categories held to be wrong: anybody says so, the body answers, everybody reads the answer."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.base.rates import is_within
from aiqyn_portal.sections.drafts import actions
from aiqyn_portal.sections.drafts.forms.leading import CategoryAnswerForm, CategoryForm
from aiqyn_portal.sections.drafts.models import CategoryReport
from aiqyn_portal.sections.drafts.queries.desk import alike
from aiqyn_portal.sections.drafts.refusals import TooManyReports
from aiqyn_portal.sections.drafts.views.acting import own_draft, public_draft

AN_HOUR = 10  # reports from one place by people who are not signed in
SHOWN = 20  # answers of the body, the newest first; words of readers, the oldest first


def report_category(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a draft is in the wrong category, signed in or not; what the body said before."""
    draft = public_draft(slug)
    form = CategoryForm(**sent(request))
    by = request.user if isinstance(request.user, User) else None

    def tell() -> None:
        if by is None and not _is_slow_enough(request):
            raise TooManyReports
        given = form.cleaned_data
        actions.report_category(draft, given["meant"], given["text"], by=by, at=timezone.now())

    if attempt(request, form, tell, _("Thank you. The body will look at it.")):
        return redirect("drafts:report_category", slug=slug)
    answered = draft.category_reports.exclude(state=CategoryReport.State.OPEN)
    rows = answered.order_by("-decided_at", "said", "meant").values_list(
        "said", "meant", "state", "answer", "decided_at"
    )
    context = {
        "draft": draft,
        "form": form,
        "answers": rows.distinct()[:SHOWN],  # one answer to several is one
        "waiting": draft.category_reports.filter(state=CategoryReport.State.OPEN).count(),
        "agreed": CategoryReport.State.AGREED,
    }
    return render(request, "drafts/category.html", context)


def _is_slow_enough(request: HttpRequest) -> bool:
    place = str(get_adapter().get_client_ip(request))
    return is_within("drafts.category", place, most=AN_HOUR, seconds=60 * 60)


@officers_only
def answer_category(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Agree with a reader on the category, or not."""
    draft = own_draft(request, slug)
    report = get_object_or_404(
        CategoryReport.objects.select_related("draft__body"), pk=pk, draft=draft
    )
    form = CategoryAnswerForm(**sent(request))
    decide = lambda: actions.decide_category(  # noqa: E731
        report,
        agrees=form.cleaned_data["agrees"] == "yes",
        answer=form.cleaned_data["answer"],
        by=person(request),
        at=timezone.now(),
    )
    if attempt(request, form, decide, _("Decided.")):
        return redirect("drafts:body", code=draft.body.code)
    same = alike(report)
    written = same.exclude(text="").values_list("text", flat=True)
    context = {
        "draft": draft,
        "report": report,
        "form": form,
        "people": same.count(),
        "texts": written[:SHOWN],
        "more": max(0, written.count() - SHOWN),
    }
    return render(request, "drafts/answer_category.html", context)
