"""What an officer sees and does for the bodies he or she speaks for."""

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn import chain
from aiqyn.scoring.methodology import methodology
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import is_officer_of, officer_bodies, officers_only
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.base.sections import sections
from aiqyn_portal.deadlines import queries as deadlines
from aiqyn_portal.evaluation import actions, queries
from aiqyn_portal.evaluation.forms import ObjectionForm
from aiqyn_portal.evaluation.models import Entry, Rating, Round
from aiqyn_portal.evaluation.standing import as_findings
from aiqyn_portal.evaluation.views.acting import entry_or_404
from aiqyn_portal.evaluation.wording import (
    Wording,
    advice,
    breakdown,
    item_choices,
    item_title,
)


@officers_only
def office(request: HttpRequest) -> HttpResponse:
    """What waits for the officer, the bodies, and the rounds in which they were shown a result."""
    due = deadlines.of_person(person(request))
    bodies = officer_bodies(request.user)
    rooms = [(body, [(each.title, each.room(body)) for each in sections()]) for body in bodies]
    context = {
        "rooms": rooms,
        "entries": queries.rounds_of(bodies),
        "due": due.count(),
        "late": due.filter(due_on__lt=timezone.localdate()).count(),
    }
    return render(request, "evaluation/office.html", context)


@officers_only
def result(request: HttpRequest, code: str, body: str) -> HttpResponse:
    """The result a body was shown, what it rests on, what would raise it, its objections."""
    entry = own_entry(request, code, body)
    method = methodology(entry.round.methodology)
    scores = queries.scores_of(entry)
    shown = shown_to_body(scores)
    tree = msgspec.convert(shown.tree, chain.Rating)
    wording = Wording(method)
    context = {
        "entry": entry,
        "round": entry.round,
        "scores": scores,
        "shown": shown,
        "criteria": breakdown(
            wording,
            tree,
            as_findings(shown.findings),
            replaced=as_findings(shown.replaced),
        ),
        "advice": advice(wording, tree),
        "objections": [(o, item_title(method, o.item)) for o in scores.objections],
        "may_object": may_object(entry),
    }
    return render(request, "evaluation/result.html", context)


@officers_only
def object_to(request: HttpRequest, code: str, body: str) -> HttpResponse:
    entry = own_entry(request, code, body)
    wording = Wording(methodology(entry.round.methodology))
    form = ObjectionForm(
        **sent(request),
        items=item_choices(wording),
        initial={"item": request.GET.get("item", "")},
    )
    if attempt(
        request,
        form,
        lambda: actions.file_objection(
            entry, form.complaint(), by=person(request), at=timezone.now()
        ),
        _("Your objection has been filed. The evaluator will answer it here."),
    ):
        return redirect("evaluation:result", code, body)
    context = {
        "entry": entry,
        "round": entry.round,
        "form": form,
        "may_object": may_object(entry),
    }
    return render(request, "evaluation/object.html", context)


def own_entry(request: HttpRequest, code: str, body: str) -> Entry:
    """The entry, for an officer of its body, once a result has been shown."""
    entry = entry_or_404(code, body)
    if not is_officer_of(request.user, entry.body):
        raise PermissionDenied
    if entry.round.state == Round.State.OPEN:
        raise Http404(code)
    return entry


def shown_to_body(scores: queries.Scores) -> Rating:
    """The newest rating: the published one, before that the preliminary one."""
    shown = scores.current or scores.preliminary
    if shown is None:
        raise Http404
    return shown


def may_object(entry: Entry) -> bool:
    until = entry.round.objections_until
    is_time = until is None or timezone.localdate() <= until
    return entry.round.state == Round.State.PRELIMINARY and is_time
