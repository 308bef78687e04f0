"""Audits asked for: start one, watch it, stop it, have it come round by itself."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.base.formats import language
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.site_audit import actions, history, permissions, queries, tasks
from aiqyn_portal.sections.site_audit.forms import ScheduleForm
from aiqyn_portal.sections.site_audit.models import Run, Schedule
from aiqyn_portal.sections.site_audit.views.acting import BODIES_PER_PAGE, REFRESH_S, body_or_404
from aiqyn_portal.sections.site_audit.wording import what_to_do, why_failed


@permissions.participants_only
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Have the site of a body audited now."""
    body = body_or_404(code)
    refuse_unless(permissions.may_run(request.user, body))
    press(
        request,
        lambda: tasks.start_run(body, by=person(request), at=timezone.now()),
        _("The audit has been requested."),
    )
    run = queries.live_run(body)
    if run is None:
        return redirect("site_audit:body", code=code)
    return redirect("site_audit:run", pk=run.pk)


@permissions.participants_only
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an audit is; refreshes itself until it has ended, unless told to keep still."""
    found = _run(request, pk)
    context = {
        "run": found,
        "step": history.step_of(found.audit) if found.audit else None,
        "why": why_failed(found.failure) if found.failure else "",
        "what_to_do": what_to_do(found.failure) if found.failure else "",
        "is_auditor": permissions.is_auditor(request.user),
        "before": queries.place_in_queue(found),
        "refresh": REFRESH_S if found.is_live and "still" not in request.GET else 0,
    }
    return render(request, "site_audit/run.html", context)


@permissions.participants_only
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    press(
        request,
        lambda: actions.cancel(found, by=person(request), at=timezone.now()),
        _("The audit is being stopped."),
    )
    return redirect("site_audit:run", pk=pk)


def _run(request: HttpRequest, pk: int) -> Run:
    found = get_object_or_404(Run.objects.select_related("body", "audit"), pk=pk)
    refuse_unless(permissions.may_run(request.user, found.body))
    return found


@permissions.auditors_only
def schedules(request: HttpRequest) -> HttpResponse:
    """When the site of every body is audited next, and what became of the last audit.

    An audit nobody asked for here (the command line brought it in) has no run: then the audit.
    """
    words = request.GET.get("q", "")[:100].strip()
    bodies = Body.objects.exclude(site="").in_force_on(timezone.localdate())
    found = bodies.named_like(words).in_alphabet(language())
    page = Paginator(found, BODIES_PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    planned = {each.body_id: each for each in Schedule.objects.filter(body__in=shown)}
    last = {each.body_id: each for each in queries.newest_runs(shown)}
    audits = {each.body_id: each for each in queries.newest_audits().filter(body__in=shown)}
    lines = [(body, planned.get(body.pk), last.get(body.pk), audits.get(body.pk)) for body in shown]
    context = {"lines": lines, "page": page, "words": words}
    return render(request, "site_audit/schedules.html", context)


@permissions.auditors_only
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """How often the site of one body is audited."""
    body = body_or_404(code)
    planned = Schedule.objects.filter(body=body).first() or Schedule(body=body)
    initial = {name: getattr(planned, name) for name in ("every_days", "hour", "is_paused")}
    form = ScheduleForm(**sent(request), initial=initial)
    if attempt(
        request,
        form,
        lambda: actions.set_schedule(body, form.rhythm(), by=person(request), at=timezone.now()),
        _("The schedule is saved."),
    ):
        return redirect("site_audit:schedules")
    return render(request, "site_audit/schedule.html", {"body": body, "form": form})
