"""Categories held to be wrong: anybody says so, the body answers, everybody reads the answer."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, refuse_unless, sent
from aiqyn_portal.base.rates import is_within, place
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.forms import DecideForm
from aiqyn_portal.contributions.refusals import TooManyNow
from aiqyn_portal.contributions.views.acting import chosen_numbers
from aiqyn_portal.sections.drafts import actions
from aiqyn_portal.sections.drafts.contributing import CATEGORY, DRAFT_CATEGORY
from aiqyn_portal.sections.drafts.forms.leading import CategoryForm
from aiqyn_portal.sections.drafts.models import CategoryReport, Draft
from aiqyn_portal.sections.drafts.permissions import may_prepare
from aiqyn_portal.sections.drafts.queries.desk import alike, waiting_categories
from aiqyn_portal.sections.drafts.views.acting import public_draft

AN_HOUR = 10  # reports from one place by people who are not signed in
SHOWN = 20  # answers of the body, the newest first; words of readers, the oldest first


def report_category(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a draft is in the wrong category, signed in or not; what the body said before."""
    draft = public_draft(slug)
    form = CategoryForm(**sent(request))
    by = request.user if isinstance(request.user, User) else None

    def tell() -> None:
        if by is None and not _is_slow_enough(request):
            raise TooManyNow
        given = form.cleaned_data
        actions.report_category(draft, given["meant"], given["text"], by=by)

    if attempt(request, form, tell, _("Thank you. The body will look at it.")):
        return redirect("drafts:report_category", slug=slug)
    counted = contributions.counts(CATEGORY, [slug])[slug]
    context = {
        "draft": draft,
        "form": form,
        "answers": _answers(draft),
        "waiting": counted.waiting,
    }
    return render(request, "drafts/category.html", context)


def _answers(draft: Draft) -> list[tuple[CategoryReport, Any]]:
    """The newest answers, each once, however many it was given to."""
    outcome = "contribution__outcome"
    reports = draft.category_reports.exclude(**{outcome: ""}).order_by()
    each = reports.values("said", "meant", outcome, "contribution__decided_at")
    newest = each.annotate(first=Min("pk")).order_by("-contribution__decided_at", "first")[:SHOWN]
    keys = [row["first"] for row in newest]
    found = draft.category_reports.select_related("contribution").in_bulk(keys)
    words = contributions.answers(row.contribution for row in found.values())
    return [(found[key], words.get(found[key].contribution_id, {})) for key in keys]


def _is_slow_enough(request: HttpRequest) -> bool:
    return is_within("drafts.category", place(request), most=AN_HOUR, seconds=60 * 60)


@officers_only
def answer_category(request: HttpRequest) -> HttpResponse:
    """Agree with the readers of `?number=…` on the category, or not."""
    report, later = _waiting(chosen_numbers(request))
    draft = report.draft
    refuse_unless(may_prepare(person(request), draft.body))
    given = {"data": request.POST} if "outcome" in request.POST else {}
    form = DecideForm(**given, kind=DRAFT_CATEGORY)

    def decide() -> None:
        said = form.cleaned_data
        by, at = person(request), timezone.now()
        words = form.words()
        actions.decide_category(report, said["outcome"], said["reason"], words, by=by, at=at)

    if attempt(request, form, decide, _("Decided.")):
        if later:
            asked = urlencode({"number": later}, doseq=True)
            return redirect(f"{reverse('drafts:answer_category')}?{asked}")
        return redirect("drafts:body", code=draft.body.code)
    same = alike(report)
    written = same.exclude(contribution__original_text="")
    context = {
        "draft": draft,
        "report": report,
        "numbers": [report.contribution.number, *later],
        "later": len(later),
        "form": form,
        "people": same.count(),
        "texts": written.values_list("contribution__original_text", flat=True)[:SHOWN],
        "more": max(0, written.count() - SHOWN),
    }
    return render(request, "drafts/answer_category.html", context)


def _waiting(numbers: Sequence[str]) -> tuple[CategoryReport, list[str]]:
    """The first of those named that wait; the numbers of those that say something else."""
    rows = waiting_categories().filter(contribution__number__in=numbers)
    found = {
        each.contribution.number: each
        for each in rows.select_related("contribution", "draft__body")
    }
    named = [found[number] for number in numbers if number in found]
    if not named:
        raise Http404
    answered = set(alike(named[0]))
    return named[0], [each.contribution.number for each in named if each not in answered]
