"""One body in a round: its indicators, its questions, its corrections."""

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn import chain
from aiqyn.scoring.methodology import methodology
from aiqyn.scoring.tally import STATED
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import evaluators_only
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.evaluation import actions, queries
from aiqyn_portal.evaluation.forms import Choices, CorrectionForm, JudgementForm
from aiqyn_portal.evaluation.models import Rating, Round
from aiqyn_portal.evaluation.standing import as_findings, may_be_answered, newest, rules_asked
from aiqyn_portal.evaluation.views.acting import entry_or_404
from aiqyn_portal.evaluation.wording import Wording, breakdown


@evaluators_only
def entry(request: HttpRequest, code: str, body: str) -> HttpResponse:
    """What is known of one body, criterion by criterion."""
    found = entry_or_404(code, body)
    method = methodology(found.round.methodology)
    stands = queries.standing_of(found, method)
    context = {
        "entry": found,
        "round": found.round,
        "standing": stands,
        "criteria": breakdown(
            Wording(method),
            stands.rating,
            stands.known.findings,
            replaced=stands.known.replaced,
            answers=newest(found.answers.all()),
        ),
        "scores": queries.scores_of(found),
        "may_answer": found.round.state == Round.State.OPEN,
    }
    return render(request, "evaluation/entry.html", context)


@evaluators_only
def question(request: HttpRequest, code: str, body: str, rule: str) -> HttpResponse:
    """One question about one body; the answer leads to the next open one."""
    found = entry_or_404(code, body)
    method = methodology(found.round.methodology)
    if rule not in may_be_answered(method):
        raise Http404(rule)
    form = JudgementForm(**sent(request))
    if rule.startswith(STATED):  # a published figure is all that is asked for
        form.order_fields(["value"])
    if attempt(
        request,
        form,
        lambda: actions.answer(found, form.judgement(rule), by=person(request), at=timezone.now()),
        _("The answer is kept."),
    ):
        address = reverse("evaluation:next_question", args=[code])
        return redirect(f"{address}?after={body}&rule={rule}")
    wording = Wording(method)
    gathered = [f for f in as_findings(found.gathered) if f.rule == rule]
    context = {
        "entry": found,
        "round": found.round,
        "rule": rule,
        "title": wording.title(rule),
        "why": wording.why(rule),
        "findings": [
            (finding, [(p, wording.note(rule, p.note)) for p in finding.places])
            for finding in gathered
        ],
        "answers": queries.answers_to(found, rule),
        "form": form,
        "may_answer": found.round.state == Round.State.OPEN,
    }
    return render(request, "evaluation/question.html", context)


@evaluators_only
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a published rating: change one finding, say why."""
    ratings = Rating.objects.select_related("entry__round", "entry__body")
    rating = get_object_or_404(ratings, pk=pk, stage__in=queries.PUBLISHED)
    method = methodology(rating.entry.round.methodology)
    wording = Wording(method)
    form = CorrectionForm(
        **sent(request),
        rules=rule_choices(wording),
        is_required=True,
    )
    if attempt(
        request,
        form,
        lambda: actions.correct(
            rating,
            form.changes(),
            reason=form.spoken_reason(),
            by=person(request),
            at=timezone.now(),
        ),
        _("The correction is published beside the old rating."),
    ):
        return redirect("evaluation:entry", rating.entry.round.code, rating.entry.body.code)
    context = {
        "rating": rating,
        "entry": rating.entry,
        "round": rating.entry.round,
        "criteria": breakdown(
            wording, msgspec.convert(rating.tree, chain.Rating), as_findings(rating.findings)
        ),
        "form": form,
    }
    return render(request, "evaluation/correct.html", context)


def rule_choices(wording: Wording) -> Choices:
    """Every rule a person may answer, with its title: decisive ones first, then the figures."""
    asked = rules_asked(wording.method)
    others = sorted(may_be_answered(wording.method) - set(asked))
    return [(code, f"{code}. {say_phrase(wording.title(code))}") for code in [*asked, *others]]
