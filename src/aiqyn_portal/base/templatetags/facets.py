"""What narrows the list a page shows, and widens it again, as plain values: a piece is drawn once
for equal ones.
"""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString

from aiqyn_portal.base.facets import Facet, Option

register = template.Library()


class Choice(NamedTuple):
    """One value of a facet."""

    code: str
    label: str
    is_markup: bool  # whether the label is
    many: int
    is_more: bool


class Narrowing(NamedTuple):
    """One facet."""

    name: str
    title: str
    chosen: str
    rest: str  # all else that this page was asked, from its first page
    choices: tuple[Choice, ...]


@register.simple_tag(takes_context=True)
def narrowings(context: template.Context, facets: Iterable[Facet]) -> tuple[Narrowing, ...]:
    """`{% narrowings facets as plain %}`: those with something to choose or to take away."""
    asked = [pair for pair in context["request"].GET.lists() if pair[0] != "page"]
    return tuple(
        Narrowing(
            facet.name,
            str(facet.title),
            facet.chosen,
            urlencode([pair for pair in asked if pair[0] != facet.name], doseq=True),
            tuple(map(_choice, facet.options)),
        )
        for facet in facets
        if facet.options or facet.chosen
    )


def _choice(option: Option) -> Choice:
    label = str(option.label)
    is_markup = isinstance(label, SafeString)
    # the letters alone: markup among values of a piece could be taken for text that is equal
    return Choice(option.code, label[:], is_markup, option.count, option.is_more)
