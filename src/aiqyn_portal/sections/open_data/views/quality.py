"""How good published sets are: findings, points by three methodologies, what to repair first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from aiqyn.chain import Outcome
from aiqyn_portal.sections.open_data import permissions, quality, queries, rated
from aiqyn_portal.sections.open_data.models import Dataset
from aiqyn_portal.sections.open_data.views.acting import body_or_404


def of_set(request: HttpRequest, name: str) -> HttpResponse:
    """Every rule about the newest version of a set, and what it is worth."""
    row = queries.judgeable().filter(name=name).first()
    if row is None:
        raise Http404(name)
    if row.state == Dataset.State.WITHDRAWN or row.newest is None:
        return redirect("open_data:set", name=name)
    one = quality.judged(row, timezone.localdate())
    files = {file.sha256: file for file in row.newest.files.all()}
    context = {
        "set": row,
        "version": row.newest,
        "ratings": rated.rated(one.ratings, {each.rule for each in one.findings}),
        "broken": rated.found(one, files, Outcome.FAILED),
        "open": rated.found(one, files, Outcome.CANNOT_TELL),
        "kept": rated.found(one, files, Outcome.PASSED),
        "may_prepare": permissions.may_prepare(request.user, row.body),
        "day": timezone.localdate(),
    }
    return render(request, "open_data/quality.html", context)


def of_body(request: HttpRequest, code: str) -> HttpResponse:
    """The body's sets together: the mean of their points, and the rules most of them break."""
    body = body_or_404(code)
    sets = list(queries.judgeable().published().filter(body=body)[: queries.MOST_JUDGED])
    found = quality.together(sets, timezone.localdate())
    context = {
        "body": body,
        "sets": found.sets,
        "all_sets": body.datasets.published().count(),
        "ratings": rated.rated(found.ratings, {each.rule.code for each in found.repairs}),
        "repairs": [(each.rule, each.sets, rated.said_gains(each.gains)) for each in found.repairs],
        "day": timezone.localdate(),
    }
    return render(request, "open_data/body_quality.html", context)
