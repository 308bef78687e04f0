"""Downloads: addresses without a language of the page."""

from contextlib import suppress

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import override
from msgspec.structs import replace

from aiqyn.audit import Report
from aiqyn.errors import EvidenceError, InputError
from aiqyn.report.findings import findings_csv, findings_json
from aiqyn.report.findings_pdf import findings_pdf
from aiqyn.report.findings_xlsx import findings_xlsx
from aiqyn.report.model import Account
from aiqyn.text import LANGUAGES
from aiqyn_portal.base import dear
from aiqyn_portal.base.formats import say_moment
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.base.views import too_many
from aiqyn_portal.evidence.archive import OthersAreGiven, archive_of
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.site_audit import families, queries
from aiqyn_portal.sections.site_audit.advice import valued
from aiqyn_portal.sections.site_audit.views.acting import audit_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_MOMENT = 30  # seconds, as other archives are given


def audit_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one audit, as `aiqyn audit --format json` prints it."""
    audit = audit_or_404(request, pk)
    if refused := dear.refusal(request, dear.TEXT):
        return refused
    return _file(findings_json(_report(request, audit)), f"audit-{pk}.json", "application/json")


def audit_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """One row per place, in the language `lang`; opens in a spreadsheet as it is."""
    audit, language = audit_or_404(request, pk), _language(request)
    if refused := dear.refusal(request, dear.TEXT, language):
        return refused
    content = "\ufeff" + findings_csv(_report(request, audit), language)
    return _file(content, f"audit-{pk}.csv", "text/csv")


def audit_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings as a spreadsheet, in the language `lang`: a sheet of rules, one of places."""
    audit, language = audit_or_404(request, pk), _language(request)
    if refused := dear.refusal(request, dear.SHEET, language):
        return refused
    content = findings_xlsx(_account(request, audit, language))
    return _file(content, f"audit-{pk}.xlsx", XLSX)


@same_for_all
def audit_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report for print, in the language `lang`: page one for who decides, all of it tagged.

    It is dear, so it has one address in each language.
    """
    audit, language = audit_or_404(request, pk), _language(request)
    asked = f"lang={language}"
    if request.META.get("QUERY_STRING", "") not in ("", asked):
        return redirect(f"{reverse('audit_pdf', args=[pk])}?{asked}")
    if refused := dear.refusal(request, dear.PAPER, language):
        return refused
    account = _account(request, audit, language)
    content = findings_pdf(replace(account, pictures=_pictures(account.report)))
    return _file(content, f"audit-{pk}.pdf", "application/pdf")


def audit_warc(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything the audit has read and the reader may look at, for tools of archives."""
    audit = audit_or_404(request, pk)
    if refused := dear.refusal(request, dear.ARCHIVE, _language(request)):
        return refused
    try:
        content = archive_of(audit, request.user)
    except OthersAreGiven:
        with override(_language(request)):
            return too_many(request, seconds=A_MOMENT, is_busy=True)
    except (EvidenceError, InputError) as problem:
        raise Http404(pk) from problem
    return StreamingHttpResponse(
        content,
        content_type="application/gzip",
        headers={
            "Content-Disposition": f'attachment; filename="audit-{pk}.warc.gz"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@same_for_all
def families_csv(request: HttpRequest) -> HttpResponse:
    """All bodies by families of rules, percent of rules passed, in the language `lang`."""
    language = _language(request)
    if refused := dear.refusal(request, dear.TEXT, language):
        return refused
    content = families.as_csv(families.table(), language)
    return _file("\ufeff" + content, "site-audits.csv", "text/csv")


def _account(request: HttpRequest, audit: Audit, language: str) -> Account:
    report = _report(request, audit)
    with override(language):
        taken = say_moment(audit.finished_at)
    return Account(report=report, language=language, worth=valued(report), taken=taken)


def _pictures(report: Report) -> dict[str, bytes]:
    """What a browser showed of the places, as far as it is kept."""
    places = [place for finding in report.findings for place in finding.places]
    kept = {}
    for digest in sorted({place.picture for place in places if place.picture}):
        with suppress(EvidenceError):
            kept[digest] = store().get(digest)
    return kept


def _report(request: HttpRequest, audit: Audit) -> Report:
    """The audit as the library reports it; rules no longer in the catalogue are left out."""
    return queries.report_with(
        audit, [line.finding for line in queries.lines_of(audit, request.user)]
    )


def _language(request: HttpRequest) -> str:
    language = request.GET.get("lang", LANGUAGES[0])
    if language not in LANGUAGES:
        raise Http404(language)
    return language


def _file(content: str | bytes, name: str, media_type: str) -> HttpResponse:
    charset = "; charset=utf-8" if isinstance(content, str) else ""
    return HttpResponse(
        content,
        content_type=f"{media_type}{charset}",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
