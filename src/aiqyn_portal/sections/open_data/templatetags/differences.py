"""What the page of a difference shows of one changed row."""

from itertools import zip_longest

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from aiqyn.datastore.difference import Change

register = template.Library()
CHANGES = {
    "added": (pgettext_lazy("row", "Added"), "green"),
    "removed": (pgettext_lazy("row", "Removed"), "red"),
    "changed": (pgettext_lazy("row", "Changed"), "yellow"),
}


@register.simple_tag
def change_tag(kind: str) -> SafeString:
    """`{% change_tag each.kind %}`: what became of the row."""
    words, colour = CHANGES[kind]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.filter
def cells_of(change: Change) -> list[tuple[str | None, str | None, bool]]:
    """`{% for was, now, differs in each|cells_of %}`: each cell before and after."""
    pairs = zip_longest(change.before, change.after)
    return [(was, now, was != now) for was, now in pairs]
