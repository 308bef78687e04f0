"""Rounds, as an evaluator works on them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn.scoring.methodology import Methodology, methodology
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import evaluators_only
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.evaluation import actions, queries
from aiqyn_portal.evaluation.forms import DespiteForm, RoundForm, SendForm, suggested_deadline
from aiqyn_portal.evaluation.models import Round


@evaluators_only
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, and how many objections wait."""
    context = {
        "rounds": queries.rounds_with_counts(),
        "waiting": queries.objections_waiting().count(),
    }
    return render(request, "evaluation/rounds.html", context)


@evaluators_only
def open_round(request: HttpRequest) -> HttpResponse:
    form = RoundForm(**sent(request))
    if attempt(
        request,
        form,
        lambda: actions.open_round(form.plan(), by=person(request), at=timezone.now()),
        _("The round is open."),
    ):
        return redirect("evaluation:round", form.cleaned_data["code"])
    return render(request, "evaluation/open_round.html", {"form": form})


@evaluators_only
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """One round: its bodies, how far each is, what to do next."""
    round_ = get_object_or_404(Round, code=code)
    method = methodology(round_.methodology)
    if round_.state == Round.State.FINAL:
        return render(
            request,
            "evaluation/round_final.html",
            {"round": round_, "method": method, "rows": queries.league(round_)},
        )
    progress = queries.progress(round_, method)
    context = {
        "round": round_,
        "method": method,
        "progress": progress,
        "open_questions": sum(len(line.standing.open_rules) for line in progress),
        "waiting": sum(line.waiting for line in progress),
    }
    return render(request, "evaluation/round.html", context)


@evaluators_only
@require_POST
def gather(request: HttpRequest, code: str) -> HttpResponse:
    round_ = get_object_or_404(Round, code=code)
    try:
        actions.gather(round_, by=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(_("The evidence has been gathered anew.")))
    return redirect("evaluation:round", code)


@evaluators_only
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Show the bodies their preliminary result, after asking once more."""
    round_ = get_object_or_404(Round, code=code)
    progress = queries.progress(round_, methodology(round_.methodology))
    unknown = _without_total(progress)
    at = timezone.now()
    form = SendForm(
        **sent(request),
        unknown=len(unknown),
        initial={"objections_until": suggested_deadline(timezone.localdate(at))},
    )
    if attempt(
        request,
        form,
        lambda: actions.send_to_bodies(
            round_,
            objections_until=form.cleaned_data["objections_until"],
            by=person(request),
            at=at,
            despite_open_questions=form.deliberately,
        ),
        _("The bodies now see their preliminary result."),
    ):
        return redirect("evaluation:round", code)
    context = {"round": round_, "form": form, "progress": progress, "unknown": unknown}
    return render(request, "evaluation/send.html", context)


@evaluators_only
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze the ratings, after showing exactly what will be frozen."""
    round_ = get_object_or_404(Round, code=code)
    method = methodology(round_.methodology)
    progress = queries.progress(round_, method)
    unknown = _without_total(progress)
    form = DespiteForm(**sent(request), unknown=len(unknown))
    if attempt(
        request,
        form,
        lambda: actions.publish(
            round_,
            by=person(request),
            at=timezone.now(),
            despite_open_questions=form.deliberately,
        ),
        _("The ratings are published."),
    ):
        return redirect("evaluation:round", code)
    context = {
        "round": round_,
        "form": form,
        "rows": queries.expected_league(progress, method),
        "unknown": unknown,
    }
    return render(request, "evaluation/publish.html", context)


def _without_total(progress: list[queries.Progress]) -> list[queries.Progress]:
    return [line for line in progress if line.standing.rating.points is None]


@evaluators_only
def next_question(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the next open question behind `?after=<body>&rule=<rule>`."""
    round_ = get_object_or_404(Round, code=code)
    method: Methodology = methodology(round_.methodology)
    after = (request.GET.get("after", ""), request.GET.get("rule", ""))
    found = queries.next_open(queries.progress(round_, method), method, after)
    if found is None:
        messages.success(request, str(_("No open questions are left in this round.")))
        return redirect("evaluation:round", code)
    return redirect("evaluation:question", code, *found)
