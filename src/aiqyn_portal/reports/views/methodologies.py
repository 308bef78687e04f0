"""How the points are given: the editions as data, and what changed between two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aiqyn.scoring.methodology import digest, methodology_ids
from aiqyn_portal.evaluation.queries import published_rounds
from aiqyn_portal.reports.edition import described, differences
from aiqyn_portal.reports.places import method_of


@require_safe
def methodologies(request: HttpRequest) -> HttpResponse:
    """National editions first, newest first; then profiles. Indices have their own pages."""
    all_ = [method_of(code) for code in methodology_ids()]
    newest_first = sorted(all_, key=lambda method: method.in_force_from, reverse=True)
    context = {
        "national": [method for method in newest_first if method.kind == "national"],
        "profiles": [method for method in newest_first if method.kind == "profile"],
    }
    return render(request, "reports/methodologies.html", context)


@require_safe
def methodology(request: HttpRequest, code: str) -> HttpResponse:
    """One methodology: criteria, points, sources, and what is not known."""
    if code not in methodology_ids():
        raise Http404(code)
    method = method_of(code)
    followers = [other for other in methodology_ids() if method_of(other).follows == code]
    context = {
        "method": method,
        "criteria": described(method),
        "digest": digest(code),
        "unverified": method.official and any(not band.verified for band in method.bands),
        "rounds": [round_ for round_ in published_rounds() if round_.methodology == code],
        "older": method_of(method.follows) if method.follows else None,
        "newer": [method_of(other) for other in followers],
    }
    return render(request, "reports/methodology.html", context)


@require_safe
def difference(request: HttpRequest, older: str, newer: str) -> HttpResponse:
    """What changed from one edition to the other."""
    known = methodology_ids()
    if older not in known or newer not in known or older == newer:
        raise Http404(f"{older}/{newer}")
    before, after = method_of(older), method_of(newer)
    context = {"older": before, "newer": after, "changes": differences(before, after)}
    return render(request, "reports/difference.html", context)
