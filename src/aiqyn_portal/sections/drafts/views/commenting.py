"""Comments as pages of a draft show them: supported first, near copies folded, replies below."""

from typing import Any

from django.http import HttpRequest

from aiqyn_portal.base.paging import BoundedPaginator
from aiqyn_portal.sections.drafts import threads
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries import commenting

PER_PAGE = 30  # threads
ORDERS = ("supported", "new")


def comment_context(
    request: HttpRequest, draft: Draft, *, anchors: list[str] | None = None, anchor: str = ""
) -> dict[str, Any]:
    """Threads, the form, and how the reader has voted; `anchors` narrow to paragraphs."""
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "supported"
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in threads.OUTCOMES else ""
    heads = threads.heads(draft, anchors, order=order, outcome=outcome)
    page = BoundedPaginator(heads, PER_PAGE).get_page(request.GET.get("page"))
    shown = threads.threads(draft, list(page), reader=request.user)
    return {
        "kind": commenting.KIND,
        "anchor": anchor,
        "page": page,
        "threads": shown,
        "order": order,
        "outcome": outcome,
    }
