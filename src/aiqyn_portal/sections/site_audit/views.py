from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from aiqyn import rules
from aiqyn.audit import edition_on
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit import queries



def audits(request: HttpRequest) -> HttpResponse:
    """The newest audit of every body."""
    found = queries.newest_audits()
    counts = queries.tally(found)
    lines = [(audit, counts[audit.pk]) for audit in found]
    return render(request, "site_audit/audits.html", {"lines": lines})


def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: every rule, how it ended, and the places."""
    found = get_object_or_404(Audit.objects.select_related("body"), pk=pk)
    context = {
        "audit": found,
        "edition": queries.edition_of(found),
        "groups": queries.groups(found),
        "manifest_sha256": found.manifest_sha256,
    }
    return render(request, "site_audit/audit.html", context)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every rule, by what it looks at."""
    edition = edition_on(queries.REGULATION, date.max)
    asked = {r.rule: r for r in edition.requires}
    kinds: dict[str, list[rules.Rule]] = {}
    for rule in rules.load().values():
        kinds.setdefault(rule.kind, []).append(rule)
    context = {"kinds": kinds, "asked": asked, "edition": edition}
    return render(request, "site_audit/rules.html", context)


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it asks, why, how to repair, worked cases, who breaks it now."""
    found = rules.load().get(code)
    if found is None:
        raise Http404(code)
    edition = edition_on(queries.REGULATION, date.max)
    context = {
        "rule": found,
        "requirements": [r for r in edition.requires if r.rule == code],
        "edition": edition,
        "failing": queries.failing_now(code),
        "language": get_language(),
    }
    return render(request, "site_audit/rule.html", context)
