"""Tags and filters of every template: local dates, numbers, points, phrases, outcomes."""

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base import drawn, formats

register = template.Library()
register.simple_tag(drawn.open_place)  # `{% open_place "follow" %}`

OUTCOMES = {
    # outcome: (words, colour of the tag); the words carry the meaning, the colour repeats it
    "passed": (_("Passed"), "green"),
    "partly": (_("Partly"), "yellow"),
    "failed": (_("Failed"), "red"),
    "inapplicable": (_("Inapplicable"), "grey"),
    "cannot_tell": (_("Cannot tell"), "blue"),
}


@register.filter
def local_date(day: date | None) -> str:
    """`{{ day|local_date }}`: the date in words; a dash when there is none."""
    return formats.say_date(day) if day else "–"


@register.filter
def local_moment(moment: datetime | None) -> str:
    return formats.say_moment(moment) if moment else "–"


@register.simple_tag
def period(since: date | None, until: date | None) -> str:
    """`{% period body.valid_from body.valid_to %}`: from which day to which; a dash for always."""
    days = {"since": local_date(since), "until": local_date(until)}
    if since and until:
        return "{since} – {until}".format(**days)
    if since:
        return gettext("since %(since)s") % days
    return gettext("until %(until)s") % days if until else "–"


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """`{{ value|number }}` or `{{ value|number:2 }}`; a dash for None."""
    return "–" if value is None else formats.say_number(value, places)


@register.filter
def host(address: str) -> str:
    """`https://akimat.kz/` as people say it: `akimat.kz`."""
    return address.partition("://")[2].rstrip("/") or address


@register.filter
def phrase(value: Any) -> str:
    """`{{ text|phrase }}`: a {kk, ru, en} of the library in the reader's language."""
    return formats.say_phrase(value)


@register.filter
def said_place(where: str) -> str:
    """`{{ place.where|said_place }}`: "page 2" in the reader's language."""
    return formats.say_place(where)


@register.simple_tag
def points(value: Any, maximum: Any = None) -> str:
    """`{% points 55.66 100 %}`: "55,66 / 100"; says so when a figure is not known."""
    said = gettext("no figure") if value is None else formats.say_number(value)
    return said if maximum is None else f"{said} / {formats.say_number(maximum)}"


@register.simple_tag
def outcome_tag(outcome: Any) -> SafeString:
    """`{% outcome_tag finding.outcome %}`: the outcome as a coloured word."""
    words, colour = OUTCOMES[str(getattr(outcome, "value", outcome))]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: Any) -> str:
    """`?…` of this page with some parameters changed; None or "" removes one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page: "Page[Any]") -> list[int | str]:
    """Numbers to offer around the current page; "…" stands for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def table_cells(columns: list[tuple[str, bool]], row: list[Any]) -> SafeString:
    """Cells of one row; each repeats its column's label for the card view of a phone."""
    head, *rest = row
    first = format_html('<th scope="row" class="govuk-table__header">{}</th>', head)
    return first + format_html_join(
        "",
        '<td class="govuk-table__cell{}" data-label="{}">{}</td>',
        (
            (" govuk-table__cell--numeric" if is_number else "", label, cell)
            for (label, is_number), cell in zip(columns[1:], rest, strict=True)
        ),
    )
