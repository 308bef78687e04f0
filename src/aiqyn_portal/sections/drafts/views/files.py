"""Files of drafts: texts of versions in every format, attachments, reports, cards. No language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from aiqyn_portal.base import dear
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.drafts import downloads, kit, permissions, writing
from aiqyn_portal.sections.drafts.models import Attachment, Draft
from aiqyn_portal.sections.drafts.queries import reporting
from aiqyn_portal.sections.drafts.views.acting import public_draft, published_version

SANDBOX = "sandbox; default-src 'none'"
A_DAY, FIVE_MINUTES = "public, max-age=86400", "public, max-age=300"
PRICES = {"pdf": dear.PAPER, "docx": dear.SHEET}  # of a text that does not lie ready


@require_safe
def text(request: HttpRequest, slug: str, number: int, language: str, ending: str) -> HttpResponse:
    """A published version in a language as AKN, DOCX, PDF, HTML; or the file as it came."""
    version = published_version(public_draft(slug), number)
    found = get_object_or_404(version.texts, language=language)
    price = PRICES.get(ending, dear.TEXT)
    if not downloads.is_kept(version, found, ending) and (
        refused := dear.refusal(request, price, language)
    ):
        return refused
    content, media_type = downloads.written(version, found, ending)
    name = f"{slug}-v{number}-{language}.{downloads.ending_of(ending)}"
    return _file(content, media_type, name, A_DAY)


@require_safe
def original(request: HttpRequest, slug: str, number: int, language: str) -> HttpResponse:
    """The file as the body uploaded it."""
    version = published_version(public_draft(slug), number)
    found = get_object_or_404(version.texts, language=language)
    return _file(store().get(found.sha256), "application/octet-stream", found.name, A_DAY)


@require_safe
def attachment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A file beside the text; of a draft in preparation for those who may see it."""
    found = get_object_or_404(Attachment.objects.select_related("draft__body"), pk=pk)
    draft = found.draft
    if draft.slug != slug:
        raise Http404(slug)
    if not draft.is_public and not permissions.may_see_unpublished(request.user, draft.body):
        raise Http404(slug)
    caching = FIVE_MINUTES if draft.is_public else "private, no-store"
    return _file(store().get(found.sha256), found.media_type, found.name, caching)


@require_safe
def card(request: HttpRequest, slug: str, language: str, ending: str) -> HttpResponse:
    """The picture for social networks."""
    draft = public_draft(slug)
    assert draft.discussion is not None  # noqa: S101  a public draft has one
    if language not in kit.LANGUAGES:
        raise Http404(language)
    if ending != "svg" and (refused := dear.refusal(request, dear.SHEET, language)):
        return refused
    svg = kit.card(draft, draft.discussion, language)
    if ending == "svg":
        answer = HttpResponse(svg, content_type="image/svg+xml")
        answer["Content-Security-Policy"] = SANDBOX
    else:
        answer = HttpResponse(kit.png(svg), content_type="image/png")
    answer["Cache-Control"] = FIVE_MINUTES
    return answer


@require_safe
def report_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The report of a discussion, a line for every comment."""
    if refused := dear.refusal(request, dear.TEXT):
        return refused
    content = writing.csv_of(_report(slug, number)).encode()
    return _file(content, "text/csv; charset=utf-8", f"{slug}-report-{number}.csv", FIVE_MINUTES)


@require_safe
def report_pdf(request: HttpRequest, slug: str, number: int, language: str) -> HttpResponse:
    """The report of a discussion on paper."""
    if language not in kit.LANGUAGES:
        raise Http404(language)
    if refused := dear.refusal(request, dear.PAPER, language):
        return refused
    content = writing.pdf_of(_report(slug, number), language)
    name = f"{slug}-report-{number}-{language}.pdf"
    return _file(content, "application/pdf", name, FIVE_MINUTES)


def _report(slug: str, number: int) -> reporting.Report:
    """A published report; a discussion that still goes on has none."""
    draft: Draft = public_draft(slug)
    discussion = get_object_or_404(draft.discussions, number=number, closed_at__isnull=False)
    return reporting.of_discussion(draft, discussion)


def _file(content: bytes, media_type: str, name: str, caching: str) -> HttpResponse:
    """Bytes as a download no browser will run."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = caching
    return answer
