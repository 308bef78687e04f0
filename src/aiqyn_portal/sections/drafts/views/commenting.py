"""Comments of a draft, and of one paragraph: supported first, near copies folded, replies below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from aiqyn_portal.base.drawn import Drawn
from aiqyn_portal.base.formats import language
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.contributions.drawn_form import form_for
from aiqyn_portal.contributions.marks import Marks
from aiqyn_portal.sections.drafts import kept_comments, showing, threads
from aiqyn_portal.sections.drafts.kept_comments import MOST_THREADS, ORDERS, PER_PAGE, Chosen, Said
from aiqyn_portal.sections.drafts.queries import commenting, standing


@same_for_all
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """All comments: of the whole draft, and of every paragraph, with what became of each."""
    found, counts = standing.standing_or_404(slug)
    day = timezone.localdate()
    drawn = kept_comments.drawn_comments(language(), found, day=day)
    parts = standing.parts(found)
    total, editions = (sum(each.total for each in parts), sum(each.edition for each in parts))
    said = Said(found.slug, found.pk, found.newest, None, total, editions, drawn.is_open)
    own = {
        "figures": kept_comments.drawn_figures(language(), counts),
        "say": _form(request, said, commenting.WHOLE),
        "threads": _threads(request, said, _chosen(request)),
    }
    main = drawn.main.filled(own.__getitem__)
    return render(request, "drafts/comments.html", {"drawn": drawn, "main": main})


@same_for_all
def paragraph(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """One paragraph: both texts, how it came to be, what people say of it."""
    found, _counts = standing.standing_or_404(slug)
    day, chosen = timezone.localdate(), _chosen(request)
    drawn = kept_comments.drawn_paragraph(
        language(), found, key, chosen.look, chosen.query, day=day
    )
    anchors, total, editions = standing.of_paragraph(found, key)
    said = Said(found.slug, found.pk, found.newest, anchors, total, editions, drawn.is_open)
    own = {
        "say": _form(request, said, str(key)),
        "threads": _threads(request, said, chosen),
    }
    main = drawn.main.filled(own.__getitem__)
    return render(request, "drafts/paragraph.html", {"drawn": drawn, "main": main})


def _chosen(request: HttpRequest) -> Chosen:
    order, outcome = request.GET.get("order", ""), request.GET.get("outcome", "")
    page = request.GET.get("page", "")
    return Chosen(
        order if order in ORDERS else "supported",
        outcome if outcome in threads.OUTCOMES else "",
        min(int(page), MOST_THREADS // PER_PAGE) if page.isdecimal() and len(page) < 9 else 1,
        showing.look_of(request.GET),
    )


def _form(request: HttpRequest, said: Said, anchor: str) -> SafeString:
    return form_for(request, commenting.KIND, said.slug, anchor) if said.is_open else SafeString("")


def _threads(request: HttpRequest, said: Said, chosen: Chosen) -> SafeString:
    drawn: Drawn = kept_comments.drawn_threads(language(), said, chosen, request.path)
    return drawn.filled(Marks(request, drawn).fill)
