"""Which data people need of one body: surveys, what they brought, what came of it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, refuse_unless, sent
from aiqyn_portal.sections.open_data import actions, permissions, queries
from aiqyn_portal.sections.open_data.forms_of_surveys import ResultsForm, SurveyForm
from aiqyn_portal.sections.open_data.models import Request, Survey
from aiqyn_portal.sections.open_data.views.acting import body_or_404

MOST_REQUESTS = 50  # of one survey on the page


@dataclass(frozen=True, slots=True)
class Told:
    """A survey on its page."""

    row: Survey
    runs: bool
    waits: bool  # for its results
    counted: dict[str, int]  # as it stands; once results are out, as it stood then
    requests: list[Request]  # the most wanted first


def demand(request: HttpRequest, code: str) -> HttpResponse:
    """The body's surveys, the newest first, and what is asked for without one."""
    body = body_or_404(code)
    may_prepare = permissions.may_prepare(request.user, body)
    surveys = [_told(row) for row in body.data_surveys.all()]
    context = {
        "body": body,
        "surveys": surveys,
        "wanted": queries.requests().filter(contribution__about_key=body.code)[:MOST_REQUESTS],
        "may_prepare": may_prepare,
    }
    return render(request, "open_data/demand.html", context)


def _told(row: Survey) -> Told:
    today = timezone.localdate()
    wanted = queries.requests().filter(pk__in=row.requests())
    return Told(
        row=row,
        runs=row.runs_on(today),
        waits=row.closes_on < today and row.published_at is None,
        counted=row.counted or actions.count_survey(row),
        requests=list(wanted[:MOST_REQUESTS]),
    )


@officers_only
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Ask people which data they need."""
    body = body_or_404(code)
    refuse_unless(permissions.may_prepare(request.user, body))
    form = SurveyForm(**sent(request))

    def act() -> None:
        actions.start_survey(body, form.question(), by=person(request), at=timezone.now())

    if attempt(request, form, act, _("The survey is announced.")):
        return redirect("open_data:demand", code=code)
    return render(request, "open_data/survey_form.html", {"body": body, "form": form})


@officers_only
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what follows from a survey."""
    row = get_object_or_404(Survey.objects.select_related("body"), pk=pk)
    refuse_unless(permissions.may_prepare(request.user, row.body))
    form = ResultsForm(**sent(request))

    def act() -> None:
        actions.publish_results(row, form.results(), by=person(request), at=timezone.now())

    if attempt(request, form, act, _("The results are published.")):
        return redirect("open_data:demand", code=row.body.code)
    is_over = timezone.localdate() > row.closes_on
    context = {"body": row.body, "told": _told(row), "form": form, "is_over": is_over}
    return render(request, "open_data/survey_results.html", context)
