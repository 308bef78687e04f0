"""Tags of the page of answers."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aiqyn.words import Piece
from aiqyn_portal.base.templatetags.aiqyn import address_with

register = template.Library()


@register.simple_tag
def pieces(found: Iterable[Piece]) -> SafeString:
    """`{% pieces line.title %}`: a text with what was asked for marked in it."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p.text) if p.is_hit else p.text,) for p in found)
    )


@register.simple_tag(takes_context=True)
def without_filter(context: template.Context, name: str) -> Any:
    return address_with(context, **{name: "", "page": ""})
