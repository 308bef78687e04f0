"""Pages of what people say of an idea or of a request; a comment's address leads to its page."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from aiqyn_portal.contributions.models import Contribution

PER_PAGE = 30


def asked_page(request: HttpRequest, rows: QuerySet[Contribution], order: str) -> Page[Any]:
    """The page of `?page=`, else the one on which the comment `?comment=<number>` stands.

    `order` is "pk", the oldest first, or "-pk".
    """
    asked: str | int = request.GET.get("page", "")
    said = request.GET.get("comment", "").replace("\0", "")
    if said and not asked:
        asked = _page_of(said, rows, order)
    return Paginator(rows.order_by(order), PER_PAGE).get_page(asked)


def _page_of(number: str, rows: QuerySet[Contribution], order: str) -> int:
    """The page of the comment of this number; the first where it is not among them."""
    key = rows.filter(number=number).values_list("pk", flat=True).first()
    if key is None:
        return 1
    before = rows.filter(pk__lt=key) if order == "pk" else rows.filter(pk__gt=key)
    return before.count() // PER_PAGE + 1
