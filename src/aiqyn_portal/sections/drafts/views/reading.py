"""Reading a draft: side by side, a part at a time; one paragraph; what has changed."""

from functools import partial

from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from aiqyn_portal.accounts.permissions import officer_body_ids
from aiqyn_portal.base.context import origin
from aiqyn_portal.base.formats import language
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.base.streams import PLAYER
from aiqyn_portal.contributions.queries import Counts
from aiqyn_portal.notices.buttons import follow_button
from aiqyn_portal.sections.drafts import redlining, showing
from aiqyn_portal.sections.drafts.framing import head
from aiqyn_portal.sections.drafts.kept_reading import (
    Page,
    drawn_count,
    drawn_counts,
    drawn_reading,
    load,
    parts_of,
)
from aiqyn_portal.sections.drafts.models import Paragraph
from aiqyn_portal.sections.drafts.queries import readiness, standing
from aiqyn_portal.sections.drafts.queries.standing import Edition, Standing
from aiqyn_portal.sections.drafts.views.acting import public_draft, published_version

FRAMES = {"frame-src": [PLAYER]}  # streams of meetings


@csp_update(FRAMES)
@same_for_all
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version with the state of the discussion above it."""
    return _page(request, slug, 0)


@csp_update(FRAMES)
@same_for_all
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier version, as it was."""
    if not number:
        raise Http404(slug)
    return _page(request, slug, number)


def _page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What everybody reads is kept; counts and what belongs to one reader are not."""
    found, counts = standing.standing_or_404(slug)
    beside = standing.beside(found)
    shown = standing.edition_or_404(beside, number) if number else found.newest
    may_prepare = found.body in officer_body_ids(request.user)
    # the officers' links beside meetings depend on the hour
    draw = drawn_reading.__wrapped__ if may_prepare else drawn_reading
    drawn = draw(
        language(),
        origin(request),
        found,
        beside,
        Page(shown, _part(request, shown), showing.look_of(request.GET)),
        day=timezone.localdate(),
        may_prepare=may_prepare,
    )
    totals = standing.counted(found) if shown == found.newest else {}
    fill = partial(_filled, request, found, counts, totals)
    return render(request, "drafts/draft.html", {"drawn": drawn, "main": drawn.main.filled(fill)})


def _part(request: HttpRequest, shown: Edition) -> int:
    """The part asked for by its number, or as the one a paragraph stands in."""
    asked = request.GET.get("part", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    number = number or showing.part_of(shown.pk, request.GET.get("at", ""))
    return min(max(number, 1), parts_of(shown))


def _filled(
    request: HttpRequest, found: Standing, counts: Counts, totals: dict[int, int], place: str
) -> SafeString:
    """What stands in an open place of the text."""
    if place.startswith("count:"):
        key = int(place.partition(":")[2])
        return drawn_count(language(), found.slug, key, totals.get(key, 0))
    if place == "counts":
        return drawn_counts(language(), found.slug, counts)
    if place == "follow":
        return follow_button(request, f"draft:{found.slug}")
    if place == "officer" and found.body in officer_body_ids(request.user):
        row = load(found)
        context = {**head(row), "in_preparation": readiness.open_version(row)}
        return render_to_string("drafts/officer.html", context, request)
    return SafeString("")


@same_for_all
def redline(request: HttpRequest, slug: str, older: int, newer: int) -> HttpResponse:
    """What has changed from one version to another, in one language."""
    if older >= newer:
        raise Http404(slug)
    found = public_draft(slug)
    before, after = published_version(found, older), published_version(found, newer)
    asked = request.GET.get("text") or get_language() or ""
    language = "ru" if asked[:2] == "ru" else "kk"
    lines = redlining.lines(before, after, language)
    only = request.GET.get("all") != "1"
    shown = [line for line in lines if line.is_changed] if only else lines
    context = {
        **head(found),
        "before": before,
        "after": after,
        "language": language,
        "only": only,
        "changed": sum(line.is_changed for line in lines),
        "page": Paginator(shown, redlining.PER_PAGE).get_page(request.GET.get("page")),
        "versions": found.versions.filter(published_at__isnull=False),
    }
    return render(request, "drafts/redline.html", context)


def choose_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the form with two versions to what has changed between them."""
    found = public_draft(slug)
    numbers = sorted(
        int(said[:4]) for name in ("a", "b") if (said := request.GET.get(name, "")).isdecimal()
    )
    if len(set(numbers)) != 2:
        return redirect("drafts:draft", slug=found.slug)
    return redirect("drafts:redline", slug=found.slug, older=numbers[0], newer=numbers[1])


def permanent(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the page in the reader's language."""
    return redirect("drafts:draft", slug=public_draft(slug).slug)


def permanent_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Lead to the version's page in the reader's language."""
    found = published_version(public_draft(slug), number)
    return redirect("drafts:version", slug=slug, number=found.number)


def permanent_paragraph(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Lead to the paragraph's page in the reader's language."""
    found = public_draft(slug)
    get_object_or_404(Paragraph.objects.filter(version=found.newest), key=key)
    return redirect("drafts:paragraph", slug=slug, key=key)
