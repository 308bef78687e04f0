"""Downloads: addresses without a language of the page."""

from django.http import Http404, HttpRequest, HttpResponse

from aiqyn.report.findings import findings_csv, findings_json
from aiqyn.text import LANGUAGES
from aiqyn_portal.sections.site_audit import families, queries
from aiqyn_portal.sections.site_audit.views.acting import audit_or_404


def audit_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one audit, as `aiqyn audit --format json` prints it."""
    report = queries.report_of(audit_or_404(pk))
    return _file(findings_json(report), f"audit-{pk}.json", "application/json")


def audit_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """One row per place, in the language `lang`; opens in a spreadsheet as it is."""
    language = _language(request)
    report = queries.report_of(audit_or_404(pk))
    return _file("\ufeff" + findings_csv(report, language), f"audit-{pk}.csv", "text/csv")


def families_csv(request: HttpRequest) -> HttpResponse:
    """All bodies by families of rules, percent of rules passed, in the language `lang`."""
    language = _language(request)
    content = families.as_csv(families.table("body"), language)
    return _file("\ufeff" + content, "site-audits.csv", "text/csv")


def _language(request: HttpRequest) -> str:
    language = request.GET.get("lang", LANGUAGES[0])
    if language not in LANGUAGES:
        raise Http404(language)
    return language


def _file(content: str, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
