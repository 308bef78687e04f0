"""What programs read: a feed of drafts, the drafts as JSON."""

from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from aiqyn.text import LANGUAGES, NOT_IN_XML
from aiqyn_portal.base.formats import say_date
from aiqyn_portal.sections.drafts import shelves
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.nouns import as_noun, with_texts
from aiqyn_portal.sections.drafts.views.acting import public_draft

NEWEST = 50  # drafts in the feed
PER_PAGE = 50  # drafts in one document
NAMESPACE = UUID("6d0c4a52-1f7a-4f83-9c4e-2f6f0b5f8a11")  # ours; entries keep their ids by it


@require_safe
def feed(request: HttpRequest, language: str = settings.LANGUAGE_CODE) -> HttpResponse:
    """An Atom feed of discussions, the newest first."""
    if language not in LANGUAGES:
        raise Http404(language)
    rows = Draft.objects.public().select_related("body", "discussion")
    with override(language):
        told = Atom1Feed(
            title=_("Aiqyn: draft acts"),
            link=request.build_absolute_uri(reverse("drafts:home")),
            description="",
            subtitle=_("Drafts put up for public discussion, newest first."),
            author_name="Aiqyn",
            language=language,
            feed_url=request.build_absolute_uri(reverse("drafts_feed_in", args=[language])),
            feed_guid=uuid5(NAMESPACE, language).urn,
        )
        for row in rows.order_by("-discussion__noticed_at", "-pk")[:NEWEST]:
            _add(told, row, request)
        return _document(told.writeString("utf-8").encode(), told.content_type)


def _add(told: Atom1Feed, row: Draft, request: HttpRequest) -> None:
    discussion = row.discussion
    assert discussion is not None  # noqa: S101  a public draft has one
    days = {"from": say_date(discussion.opens_on), "until": say_date(discussion.closes_on)}
    text = _("Comments are taken from %(from)s until %(until)s.") % days
    told.add_item(
        title=f"{row.body.name}: {row}".translate(NOT_IN_XML),
        link=request.build_absolute_uri(reverse("drafts:draft", args=[row.slug])),
        description=f"{text} {row.summary}".strip().translate(NOT_IN_XML),
        unique_id=uuid5(NAMESPACE, f"{row.slug}/{discussion.number}").urn,
        pubdate=discussion.noticed_at,
        updateddate=row.changed_at,
    )


@require_safe
def drafts_json(request: HttpRequest) -> HttpResponse:
    """`/api/drafts?q=&stands=&type=&category=&body=&sort=&page=`: the catalogue."""
    wanted = shelves.asked(request.GET)
    found = shelves.found(wanted, timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    told: dict[str, Any] = {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "results": [as_noun(row, _origin(request)) for row in page],
    }
    return _json(told)


@require_safe
def draft_json(request: HttpRequest, slug: str) -> HttpResponse:
    """`/api/drafts/2026-0012`: one draft, its discussions, versions and files."""
    return _json(with_texts(public_draft(slug), _origin(request)))


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _json(told: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _document(content: bytes, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
