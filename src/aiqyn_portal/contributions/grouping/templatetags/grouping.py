"""`{% load grouping %}`: how many more say the same, beside a contribution."""

from typing import Any

from django import template

from aiqyn_portal.contributions.grouping import queries
from aiqyn_portal.contributions.models import Contribution

register = template.Library()


@register.inclusion_tag("grouping/_copies.html")
def copies_line(contribution: Contribution) -> dict[str, Any]:
    """`{% copies_line contribution %}` on the page of one; two queries."""
    return {
        "contribution": contribution,
        "copies": queries.copies([contribution]).get(contribution.pk, 0),
    }
