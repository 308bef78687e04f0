"""The result report as a page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.sections.drafts import permissions
from aiqyn_portal.sections.drafts.framing import head
from aiqyn_portal.sections.drafts.queries import reporting
from aiqyn_portal.sections.drafts.views.acting import public_draft
from aiqyn_portal.sections.drafts.wording import outcome_said

PER_PAGE = 50  # positions


def report(request: HttpRequest, slug: str, number: int = 0) -> HttpResponse:
    """What became of every comment; before the discussion is closed only for its officers."""
    draft = public_draft(slug)
    assert draft.discussion is not None  # noqa: S101  a public draft has one
    found = get_object_or_404(draft.discussions, number=number or draft.discussion.number)
    may_prepare = permissions.may_prepare(request.user, draft.body)
    is_shown = found.closed_at is not None or may_prepare
    told = reporting.of_discussion(draft, found) if is_shown else None
    context = {
        **head(draft),
        "of": found,
        "report": told,
        "outcomes": _outcomes(told) if told else [],
        "page": Paginator(told.positions if told else [], PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "others": draft.discussions.exclude(pk=found.pk).filter(closed_at__isnull=False),
        "may_prepare": may_prepare,
    }
    return render(request, "drafts/report.html", context)


def _outcomes(told: reporting.Report) -> list[tuple[StrOrPromise, int, int]]:
    """Each decision, with how many positions and how many comments got it."""
    comments = told.outcomes_of_comments
    return [
        (outcome_said(code), positions, comments[code])
        for code, positions in told.outcomes.items()
        if positions or comments[code]
    ]
