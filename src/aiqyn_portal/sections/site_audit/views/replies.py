"""The body answers a finding; the evaluator rules; places are read again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn import rules
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.sections.site_audit import actions, permissions, queries, tasks
from aiqyn_portal.sections.site_audit.actions.replies import refuse_what_cannot_be_answered
from aiqyn_portal.sections.site_audit.forms import AgreeForm, DisputeForm, RulingForm
from aiqyn_portal.sections.site_audit.models import Reply
from aiqyn_portal.sections.site_audit.views.acting import finding_or_404


@officers_only
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The body agrees and names a day."""
    row = _own_finding(request, pk)
    if _is_closed(request, row):
        return redirect("site_audit:finding", pk=pk)
    form = AgreeForm(**sent(request))
    if attempt(
        request,
        form,
        lambda: actions.agree(row, form.words(), by=person(request), at=timezone.now()),
        _("Your answer is published beside the finding."),
    ):
        return redirect("site_audit:finding", pk=pk)
    return render(request, "site_audit/agree.html", {**_shown(request, row), "form": form})


@officers_only
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """The body says why the finding is wrong."""
    row = _own_finding(request, pk)
    if _is_closed(request, row):
        return redirect("site_audit:finding", pk=pk)
    form = DisputeForm(**sent(request))
    if attempt(
        request,
        form,
        lambda: actions.dispute(row, form.words(), by=person(request), at=timezone.now()),
        _("Your dispute is published and waits for the evaluator."),
    ):
        return redirect("site_audit:finding", pk=pk)
    return render(request, "site_audit/dispute.html", {**_shown(request, row), "form": form})


@permissions.auditors_only
def disputes(request: HttpRequest) -> HttpResponse:
    """Disputes that wait for a decision, the oldest first."""
    known = rules.load()
    waiting = [(each, known.get(each.finding.rule)) for each in queries.disputes_waiting()]
    return render(request, "site_audit/disputes.html", {"waiting": waiting})


@permissions.auditors_only
def ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one dispute."""
    reply = get_object_or_404(
        Reply.objects.select_related("finding__audit__body", "finding__body", "ruling"),
        pk=pk,
        kind=Reply.Kind.DISPUTE,
    )
    form = RulingForm(**sent(request))
    if attempt(
        request,
        form,
        lambda: actions.rule_on(reply, form.verdict(), by=person(request), at=timezone.now()),
        _("The decision is published beside the finding."),
    ):
        return redirect("site_audit:finding", pk=reply.finding_id)
    context = {**_shown(request, reply.finding), "reply": reply, "form": form}
    context |= queries.newer(reply.finding)
    context["is_ruled"] = getattr(reply, "ruling", None) is not None
    return render(request, "site_audit/ruling.html", context)


@permissions.auditors_only
@require_POST
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an earlier decision on the same places count again."""
    row = finding_or_404(request, pk)
    press(
        request,
        lambda: actions.carry_over(row, by=person(request), at=timezone.now()),
        _("The earlier decision counts for this finding too."),
    )
    return redirect("site_audit:finding", pk=pk)


@permissions.participants_only
@require_POST
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the places of one finding again."""
    row = finding_or_404(request, pk)
    refuse_unless(permissions.may_run(request.user, row.body))
    press(
        request,
        lambda: tasks.start_recheck(row, by=person(request), at=timezone.now()),
        _("The places will be read again in a moment. The result will appear on this page."),
    )
    return redirect("site_audit:finding", pk=pk)


def _own_finding(request: HttpRequest, pk: int) -> FindingRow:
    row = finding_or_404(request, pk)
    refuse_unless(permissions.may_reply(request.user, row.body))
    return row


def _is_closed(request: HttpRequest, row: FindingRow) -> bool:
    """Whether it can no longer be answered; said before anything is typed, what is sent is kept."""
    if request.method == "POST":
        return False
    try:
        refuse_what_cannot_be_answered(row)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
        return True
    return False


def _shown(request: HttpRequest, row: FindingRow) -> dict[str, object]:
    rule = rules.load().get(row.rule)
    line = queries.line_of(row, rule, request.user) if rule else None
    return {"row": row, "audit": row.audit, "line": line}
