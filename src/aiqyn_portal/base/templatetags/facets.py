"""Links that narrow the list a page shows, and widen it again."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aiqyn_portal.base.facets import Facet, Option

register = template.Library()


@register.simple_tag(takes_context=True)
def without_facet(context: template.Context, facet: Facet) -> str:
    """`{% without_facet facet %}`: the address of this page without its choice."""
    return f"?{_rest(context, facet)}"


@register.simple_tag(takes_context=True)
def facet_options(context: template.Context, facet: Facet) -> list[tuple[Option, SafeString]]:
    """`{% facet_options facet as options %}`: each with a link that chooses it; the chosen bold."""
    rest = _rest(context, facet)
    before = f"{rest}&" if rest else ""
    return [(each, _value(facet, each, before)) for each in facet.options]


def _value(facet: Facet, option: Option, before: str) -> SafeString:
    if option.code == facet.chosen:
        return format_html('<strong aria-current="true">{}</strong>', option.label)
    query = before + urlencode({facet.name: option.code})
    return format_html('<a class="govuk-link" href="?{}">{}</a>', query, option.label)


def _rest(context: template.Context, facet: Facet) -> str:
    """All else that this page was asked, from its first page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query.pop(facet.name, None)
    return str(query.urlencode())
