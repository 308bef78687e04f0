"""Reading a draft: side by side, a part at a time; one paragraph; what has changed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from aiqyn_portal.sections.drafts import contributing, permissions, redlining, showing, terms
from aiqyn_portal.sections.drafts.models import Draft, Paragraph, Version
from aiqyn_portal.sections.drafts.queries import commenting, readiness
from aiqyn_portal.sections.drafts.views.acting import public_draft, published_version
from aiqyn_portal.sections.drafts.views.commenting import comment_context


def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version with the state of the discussion above it."""
    found = public_draft(slug)
    assert found.newest is not None  # noqa: S101  a public draft has one
    return _page(request, found, found.newest)


def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier version, as it was."""
    found = public_draft(slug)
    return _page(request, found, published_version(found, number))


def _page(request: HttpRequest, found: Draft, shown: Version) -> HttpResponse:
    asked = request.GET.get("part", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    part = number or showing.part_of(shown, request.GET.get("at", ""))
    now = timezone.now()
    may_prepare = permissions.may_prepare(request.user, found.body)
    context = {
        **head(found),
        "version": shown,
        "is_newest": shown.pk == found.newest_id,
        "reading": showing.read_part(shown, part, commenting.counted(found, shown)),
        "look": showing.look_of(request.GET),
        "differing": shown.paragraphs.exclude(divergences=[]).count(),
        "attachments": found.attachments.exclude(kind="minutes"),
        "versions": found.versions.filter(published_at__isnull=False),
        "texts": shown.texts.all(),
        "meetings": found.meetings.select_related("minutes"),
        "now": now,
        "may_prepare": may_prepare,
        "in_preparation": readiness.open_version(found) if may_prepare else None,
    }
    return render(request, "drafts/draft.html", context)


def head(found: Draft) -> dict[str, Any]:
    """What stands at the head of every page of a draft."""
    discussion, today = found.discussion, timezone.localdate()
    return {
        "draft": found,
        "topic": f"draft:{found.slug}",
        "discussion": discussion,
        "term": terms.known(discussion.term) if discussion else None,
        "why_closed": contributing.closed_because(found),
        "days_left": discussion.days_left(today) if discussion else 0,
        "counts": commenting.counts(found),
        "today": today,
    }


def paragraph(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """One paragraph: both texts, how it came to be, what people say of it."""
    found = public_draft(slug)
    rows = Paragraph.objects.filter(
        version__draft=found, version__published_at__isnull=False, key=key
    ).select_related("version")
    row = rows.order_by("-version__number").first()
    if row is None:
        raise Http404(str(key))
    is_alive = row.version_id == found.newest_id
    context = {
        **head(found),
        "row": row,
        "shown": showing.shown_paragraph(row),
        "is_alive": is_alive,
        "became": [] if is_alive else commenting.became(found, key),
        "history": redlining.history(rows.order_by("version__number")),
        "look": showing.look_of(request.GET),
        **comment_context(
            request, found, anchors=commenting.anchors_of(found, key), anchor=str(key)
        ),
    }
    return render(request, "drafts/paragraph.html", context)


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


def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """All comments: of the whole draft, and of every paragraph, with what became of each."""
    found = public_draft(slug)
    context = {**head(found), **comment_context(request, found)}
    return render(request, "drafts/comments.html", context)
