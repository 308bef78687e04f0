from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from aiqyn import rules
from aiqyn.audit import edition_on
from aiqyn.report.findings import findings_csv, findings_json
from aiqyn.text import LANGUAGES
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit import queries

KINDS = {
    "site": _("The site as a whole"),
    "page": _("Every page"),
    "document": _("Every document"),
    "person": _("Questions to a person"),
}


def audits(request: HttpRequest) -> HttpResponse:
    """The newest audit of every body."""
    found = queries.newest_audits()
    counts = queries.tally(found)
    lines = [(audit, counts[audit.pk]) for audit in found]
    return render(request, "site_audit/audits.html", {"lines": lines})


def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: every rule, how it ended, and the places."""
    found = _audit(pk)
    context = {
        "audit": found,
        "edition": queries.edition_of(found),
        "groups": queries.groups(found),
    }
    return render(request, "site_audit/audit.html", context)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every rule, by what it looks at."""
    known = rules.load().values()
    kinds = [(title, [r for r in known if r.kind == kind]) for kind, title in KINDS.items()]
    context = {"kinds": kinds, "edition": edition_on(queries.REGULATION, date.max)}
    return render(request, "site_audit/rules.html", context)


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it asks, why, how to repair, worked cases, who breaks it now."""
    found = rules.load().get(code)
    if found is None:
        raise Http404(code)
    edition = edition_on(queries.REGULATION, date.max)
    context = {
        "rule": found,
        "is_question": found.check is None,
        "requirements": [r for r in edition.requires if r.rule == code],
        "edition": edition,
        "cases": found.text.cases,
        "failing": queries.failing_now(code),
    }
    return render(request, "site_audit/rule.html", context)


def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one audit, as `aiqyn audit --format json` prints it."""
    report = queries.report_of(_audit(pk))
    return _file(findings_json(report), f"audit-{pk}.json", "application/json")


def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """One row per place, in the language `lang`; opens in a spreadsheet as it is."""
    language = request.GET.get("lang", LANGUAGES[0])
    if language not in LANGUAGES:
        raise Http404(language)
    report = queries.report_of(_audit(pk))
    return _file("\ufeff" + findings_csv(report, language), f"audit-{pk}.csv", "text/csv")


def _audit(pk: int) -> Audit:
    return get_object_or_404(Audit.objects.select_related("body"), pk=pk)


def _file(content: str, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
