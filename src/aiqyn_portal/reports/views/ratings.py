"""The list of rounds, the league table of one, and why a body has its score."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aiqyn_portal.base.formats import language
from aiqyn_portal.evaluation.models import Entry
from aiqyn_portal.evaluation.queries import published_rounds, scores_of
from aiqyn_portal.reports import league, why
from aiqyn_portal.reports.drawn_league import UnknownKind, drawn_league
from aiqyn_portal.reports.places import facts_of, method_of, places_of
from aiqyn_portal.reports.raising import what_would_raise
from aiqyn_portal.reports.views.refusal import refuse

LONG = 191  # characters of a parameter shown back to its sender


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """Every published round, newest first."""
    rounds = list(published_rounds())
    return render(
        request,
        "reports/ratings.html",
        {
            "rounds": [round_ for round_ in rounds if not round_.is_example],
            "examples": [round_ for round_ in rounds if round_.is_example],
        },
    )


@require_safe
def league_page(request: HttpRequest, round_code: str) -> HttpResponse:
    """The league table of one round."""
    facts = facts_of(round_code)
    if facts is None:
        raise Http404(round_code)
    sort = request.GET.get("sort", league.DEFAULT_SORT)
    kind = request.GET.get("kind", "")
    try:
        drawn = drawn_league(language(), sort, kind, facts)
    except UnknownKind:
        return refuse(request, _("There is no such kind of body in this round: %s") % kind[:LONG])
    except league.UnknownColumn:
        return refuse(request, _("The table has no column to sort by: %s") % sort[:LONG])
    return render(request, "reports/league.html", drawn._asdict())


@require_safe
def why_page(request: HttpRequest, round_code: str, body_code: str) -> HttpResponse:
    """The score of one body in one round, walked down to the evidence."""
    entry = (
        Entry.objects.filter(round__code=round_code, body__code=body_code, round__state="final")
        .select_related("round", "body")
        .prefetch_related("body__names", "notes")
        .first()
    )
    scores = scores_of(entry) if entry else None
    current = scores.current if scores else None
    if entry is None or scores is None or current is None:
        raise Http404(f"{round_code}/{body_code}")
    method = method_of(entry.round.methodology)
    found = places_of(round_code)
    place = next((p for p in found.places if p.result.body == body_code), None) if found else None
    if found is None or place is None:
        raise Http404(f"{round_code}/{body_code}")
    tree = place.result.tree
    findings = why.findings_in(current.findings)
    context = {
        "round": entry.round,
        "body": entry.body,
        "name": entry.body.name_on(entry.round.until),
        "rating": current,
        "place": place,
        "of": len(found.places),
        "before": found.before,
        "scores": scores,
        "method": method,
        "band": next((band for band in method.bands if band.code == tree.grade), None),
        "criteria": why.walk(tree, findings, method),
        "raises": what_would_raise(tree, method),
        "objections": [(o, why.item_title(o.item, method)) for o in scores.objections],
        "notes": entry.notes.all(),
        "direction": league.direction(place.change),
        "history": [r for r in (scores.final, *scores.corrections) if r],
    }
    return render(request, "reports/why.html", context)
