"""The catalogue of drafts, and the drafts of one body or category."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from aiqyn_portal.base import measuring
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.notices.buttons import follow_button
from aiqyn_portal.sections.drafts import (
    charting,
    counts,
    kept_catalogue,
    permissions,
    shelves,
    vocabulary,
)
from aiqyn_portal.sections.drafts.queries import desk, figures
from aiqyn_portal.sections.drafts.views.acting import body_or_404


@same_for_all
def home(request: HttpRequest) -> HttpResponse:
    """All public drafts, narrowed by what the reader chooses; kept for everybody."""
    takes_part = permissions.takes_part(request.user)
    work = render_to_string("drafts/to_work.html") if takes_part else SafeString("")
    main = kept_catalogue.catalogue(request, work + _following(request))
    return render(request, "drafts/catalogue.html", {"main": main})


def _following(request: HttpRequest) -> SafeString:
    """The button to follow the category the list is narrowed to; nothing where it is to none."""
    code = request.GET.get("category", "")
    title = vocabulary.categories().get(code)
    if title is None:
        return SafeString("")
    button = follow_button(request, f"category:{code}")
    return render_to_string("drafts/follow_category.html", {"title": title, "button": button})


def category(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the catalogue of a category: followers of it come from their notices."""
    if code not in vocabulary.categories():
        raise Http404(code)
    return redirect(f"{reverse('drafts:home')}?category={code}")


def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body's drafts, how it treats comments; its officers also see what is to do."""
    found = body_or_404(code)
    today = timezone.localdate()
    may_prepare = permissions.may_prepare(request.user, found)
    drafts = shelves.with_comments(found.drafts.public().select_related("discussion", "body"))
    counted = figures.of_body(found, today)
    span = measuring.span("", today)
    context = {
        "body": found,
        "topic": f"body:{found.code}",
        "page": Paginator(drafts, shelves.PER_PAGE).get_page(request.GET.get("page")),
        "figures": counted,
        "chart": charting.chart(counted),
        "fates": charting.fates(counted),
        "measures": counts.measures(found, since=span.since, until=span.until),
        "desk": desk.of_body(found, today) if may_prepare else None,
        "may_prepare": may_prepare,
        "today": today,
    }
    return render(request, "drafts/body.html", context)


def measures(request: HttpRequest, code: str) -> HttpResponse:
    """How one body discusses, by number: what is counted, how, and where it fell short."""
    found = body_or_404(code)
    today = timezone.localdate()
    span = measuring.span(request.GET.get("year", ""), today)
    context = {
        "body": found,
        "measures": counts.measures(found, since=span.since, until=span.until),
        "span": span,
        "years": measuring.years(today),
    }
    return render(request, "drafts/measures.html", context)
