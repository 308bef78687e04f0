"""Objections: the evaluator's queue and answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.scoring.methodology import methodology
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import evaluators_only
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.evaluation import actions, queries
from aiqyn_portal.evaluation.forms import VerdictForm
from aiqyn_portal.evaluation.models import Objection
from aiqyn_portal.evaluation.views.entries import rule_choices
from aiqyn_portal.evaluation.wording import Wording, item_title


@evaluators_only
def objections(request: HttpRequest) -> HttpResponse:
    """Objections that wait for an answer, the oldest first."""
    waiting = [
        (objection, item_title(methodology(objection.entry.round.methodology), objection.item))
        for objection in queries.objections_waiting()
    ]
    return render(request, "evaluation/objections.html", {"waiting": waiting})


@evaluators_only
def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    filed = Objection.objects.select_related("entry__round", "entry__body", "filed_by")
    objection = get_object_or_404(filed, pk=pk)
    method = methodology(objection.entry.round.methodology)
    wording = Wording(method)
    form = VerdictForm(
        **sent(request),
        rules=rule_choices(wording),
        is_required=False,
    )
    if attempt(
        request,
        form,
        lambda: actions.answer_objection(
            objection, form.verdict(), by=person(request), at=timezone.now()
        ),
        _("The answer has been sent to the body."),
    ):
        return redirect("evaluation:objections")
    context = {
        "objection": objection,
        "entry": objection.entry,
        "item_title": item_title(method, objection.item),
        "form": form,
    }
    return render(request, "evaluation/answer_objection.html", context)
