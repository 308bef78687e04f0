import html
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Place
from aiqyn.report import grade_saw
from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.subjects.formats import format_of
from aiqyn_portal.base.formats import language, say_number, say_phrase
from aiqyn_portal.base.maps import RegionMap
from aiqyn_portal.sections.open_data import wording
from aiqyn_portal.sections.open_data.graticule import Line, Window
from aiqyn_portal.sections.open_data.mapping import Drawn
from aiqyn_portal.sections.open_data.models import Column
from aiqyn_portal.sections.open_data.models.sets import FREQUENCIES
from aiqyn_portal.sections.open_data.showing import Explained, View
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

register = template.Library()
DECIMAL = re.compile(r"-?\d{1,18}\.\d{1,9}")
COLUMN_OF_SET = re.compile(r"field (.+)", re.DOTALL)  # places of rules about passports
FILE_OF_SET = re.compile(r"distribution (\d+)(?:, \w+)?")
WORDS_OF_FREQUENCIES = dict(FREQUENCIES)
KINDS = {
    # kinds of columns, see aiqyn.subjects.datafile.model.Column
    "empty": _("empty"),
    "text": _("text"),
    "whole": _("whole number"),
    "decimal": _("decimal number"),
    "date": _("date"),
    "moment": _("date and time"),
    "yes_no": _("yes or no"),
    "code": _("code"),
    "address": _("address"),
    "mixed": _("mixed"),
}


@register.filter
def said_saw(place: Place) -> str:
    """`{{ place|said_saw }}`: what stands at a place of a file, without codes of formats."""
    return grade_saw.said_saw(place, language())


@register.filter
def extreme(each: Explained, name: str) -> str:
    """`{{ each|extreme:"least" }}`: an end of a column, its decimal sign the reader's."""
    said = str(getattr(each.figures, name))
    return say_number(Decimal(said)) if DECIMAL.fullmatch(said) else said


@register.filter
def figure(value: Any) -> str:
    """`{{ value|figure }}`: what was reckoned, a fraction to four decimals and with the sign of
    the reader's language.
    """
    is_fraction = isinstance(value, float) and not value.is_integer()
    return say_number(round(value, 4)) if is_fraction else cell(value)


@register.filter
def unit_apart(column: Column) -> str:
    """`{{ column|unit_apart }}`: its unit, where the heading does not say it already."""
    heading = say_phrase(column.title) or column.name
    return "" if column.unit.casefold() in heading.casefold() else column.unit


@register.filter
def full_stop(said: str) -> str:
    """`{{ day|full_stop }}`: with one full stop, also after «2026 г.»."""
    return said if said.endswith(".") else f"{said}."


@register.simple_tag
def stars(count: int) -> SafeString:
    """`{% stars 3 %}`: five stars, three of them filled, with words for those who listen."""
    words = ngettext("%(n)d star of five", "%(n)d stars of five", count) % {"n": count}
    return format_html(
        '<span class="data-stars" role="img" aria-label="{}" title="{}">'
        '<span aria-hidden="true">{}<span class="data-stars__rest">{}</span></span></span>',
        words,
        words,
        "★" * count,
        "★" * (5 - count),
    )


@register.filter
def category(code: str) -> str:
    found = categories().get(code)
    return say_phrase(found.title) if found else code


@register.filter
def licence(code: str) -> Any:
    """The licence named by a passport; None where it is not of the list."""
    return licences().get(code)


@register.filter
def format_name(code: str) -> str:
    return format_of(code).title if code else "–"


@register.filter
def any_phrase(said: Any) -> str:
    """A phrase of a stranger's passport, in whatever language it has."""
    return say_phrase(said) or next((words for words in said.values() if words), "")


@register.filter
def frequency(code: str) -> str:
    """How often, in words: Django's own `get_frequency_display` costs many times as much."""
    return str(WORDS_OF_FREQUENCIES.get(code, code))


@register.filter
def why_not_harvested(cause: str) -> Any:
    return wording.why_not_harvested(cause)


@register.filter
def kind(code: str) -> str:
    return str(KINDS.get(code, code))


@register.filter
def file_size(size: int) -> str:
    """1 536 → "1,5 KB" in the reader's language."""
    if size < 1024:
        return gettext("%(size)s bytes") % {"size": say_number(size)}
    if size < 1024 * 1024:
        return gettext("%(size)s KB") % {"size": say_number(round(size / 1024, 1))}
    return gettext("%(size)s MB") % {"size": say_number(round(size / 1024 / 1024, 1))}


@register.simple_tag
def state_tag(row: Any) -> SafeString:
    """`{% state_tag dataset %}`: a state, or the decision on a hold, as a coloured word."""
    field = "state" if hasattr(row, "state") else "decision"
    colour = wording.COLOURS[str(getattr(row, field))]
    words = getattr(row, f"get_{field}_display")()
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.filter
def failure(cause: str) -> str:
    return str(wording.why_failed(cause))


@register.filter
def cell(value: Any) -> str:
    """A value as the table has it: codes and years keep their digits together."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)


@register.simple_tag
def table_rows(
    lines: list[tuple[int | None, tuple[Any, ...]]], tells: str, tell_of: str, words: str
) -> SafeString:
    """`{% table_rows lines tells tell_of words %}`: rows of a table, each with its number.

    Where `tells` says an address, the number leads there, to tell of a mistake in the row of the
    file `tell_of`; `words` say so to those who listen.
    """
    before = f'<a class="govuk-link" rel="nofollow" href="{escape(tells)}?row='
    between = (
        f'%20({escape(quote(tell_of))})"><span class="govuk-visually-hidden">'
        f"{conditional_escape(words)} </span>"
    )
    drawn = []
    for number, row in lines:
        first = "–" if number is None else str(number)
        if tells and number:
            first = f"{before}{first}{between}{first}</a>"
        cells = "".join(map(_cell, row))
        drawn.append(f'<tr><td class="data-number app-note">{first}</td>{cells}</tr>\n')
    return SafeString("".join(drawn))


def _cell(value: Any) -> str:
    said = html.escape(cell(value))
    return f'<td class="data-number">{said}</td>' if is_number(value) else f"<td>{said}</td>"


@register.simple_tag
def written_at(line: Line, mapped: Drawn) -> str:
    """`{% written_at line mapped %}`: the transform that sets its degrees in their place."""
    scale = mapped.window.width / mapped.sheet.width if mapped.window else 1.0
    return f"translate({line.x} {line.y}) scale({scale:.4f})"


@register.simple_tag
def view_box(sheet: RegionMap, window: Window | None) -> str:
    """`{% view_box sheet window %}`: what is seen of a map."""
    if window is None:
        return f"0 0 {sheet.width} {sheet.height}"
    return f"{window.x} {window.y} {window.width} {window.height}"


@register.simple_tag(takes_context=True)
def sort_link(context: template.Context, view: View, column: Column) -> SafeString:
    """`{% sort_link view column %}`: the heading of a column, which sorts by it."""
    is_up = view.sort == column.number
    wanted = -column.number if is_up else column.number
    arrow = {column.number: " ▲", -column.number: " ▼"}.get(view.sort, "")
    address = _with(context, {"sort": str(wanted)}) + "#rows"
    title = say_phrase(column.title) or column.name
    return format_html('<a class="govuk-link" href="{}">{}</a>{}', address, title, arrow)


def _with(context: template.Context, changes: dict[str, str]) -> str:
    """`?…` of this page with some parameters changed, from its first page."""
    query = context["request"].GET.copy()
    for name, said in {**changes, "page": ""}.items():
        if said:
            query[name] = said
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"


@register.filter
def keywords(said: dict[str, list[str]]) -> str:
    """The keywords in the reader's language, or in the first that has any."""
    words = say_phrase({code: ", ".join(each) for code, each in said.items()})
    return words or "–"


@register.filter
def fraction(value: Fraction) -> str:
    """An exact fraction with one digit behind the comma."""
    return say_number(round(float(value), 1))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@register.filter
def personal_kind(code: str) -> str:
    found = kinds().get(code)
    return say_phrase(found.title) if found else code


@register.simple_tag
def passport_place(where: str) -> str:
    """`{% passport_place place.where %}`: which column or file of a set; "" where its note says."""
    if found := COLUMN_OF_SET.fullmatch(where):
        return gettext("Column “%(name)s”.") % {"name": found[1]}
    if found := FILE_OF_SET.fullmatch(where):
        return gettext("File %(number)s.") % {"number": found[1]}
    return ""
