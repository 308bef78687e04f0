"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.evaluation.queries import published_rounds
from aiqyn_portal.reports import drawings, league
from aiqyn_portal.reports.places import places_of

TOP = 5


@require_safe
@same_for_all
def home(request: HttpRequest) -> HttpResponse:
    """What Aiqyn is, the newest league table's top and map, how to read it, where to take part."""
    rounds = list(published_rounds())
    real = [round_ for round_ in rounds if not round_.is_example]
    newest = next(iter(real or rounds), None)
    found = places_of(newest.code) if newest else None
    context: dict[str, object] = {"rounds": real or rounds}
    if found:
        table = league.build(found)
        context |= {
            "round": found.round,
            "top": table.lines[:TOP],
            "last": table.lines[-1],
            "average": table.average,
            "count": len(found.places),
            "map": drawings.region_map(found.round, found.places),
        }
    return render(request, "reports/home.html", context)
