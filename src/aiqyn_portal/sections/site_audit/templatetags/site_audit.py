"""Severities, shares and marks of the audit's pages."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import unquote

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from aiqyn.chain import Place
from aiqyn.fetch.addresses import origin
from aiqyn.report.words import TONGUES, said_seen, word
from aiqyn.report.worth import Worth
from aiqyn.subjects.sections import sections
from aiqyn.text import first_sentence as first_sentence_of
from aiqyn_portal.base.formats import language, say_number, say_phrase, say_place
from aiqyn_portal.sections.site_audit import wording
from aiqyn_portal.sections.site_audit.families import heat_of
from aiqyn_portal.sections.site_audit.places import Alike, Noted, alike, by_page

register = template.Library()

MARKS = {
    "good": ("+", _("good")),
    "bad": ("−", _("bad")),
    "both": ("+−", _("both good and bad")),
    "": ("·", _("no opinion")),
}
STATUSES = {
    "fixed": (pgettext_lazy("comparison", "Fixed"), "green"),
    "new": (pgettext_lazy("comparison", "New"), "red"),
    "still": (pgettext_lazy("comparison", "Still there"), "yellow"),
    "not_comparable": (pgettext_lazy("comparison", "Not comparable"), "grey"),
}
OF_PLACES = {
    "fixed": _("Repaired places"),
    "new": _("New places"),
    "still": _("Places not repaired"),
}
RESULTS = {
    "repaired": (pgettext_lazy("recheck", "Repaired"), "green"),
    "partly": (pgettext_lazy("recheck", "Repaired in part"), "yellow"),
    "still": (pgettext_lazy("recheck", "Still there"), "red"),
    "unknown": (pgettext_lazy("recheck", "Could not be told"), "blue"),
}
PROMISES = {
    "kept": (pgettext_lazy("promise", "Kept"), "green"),
    "anew": (pgettext_lazy("promise", "Kept, broken again since"), "yellow"),
    "late": (pgettext_lazy("promise", "Not kept"), "red"),
    "unchecked": (pgettext_lazy("promise", "The day has passed, not checked since"), "yellow"),
    "waiting": (pgettext_lazy("promise", "Not due yet"), "blue"),
}
STRENGTHS = {
    "too_few": _("Too few aspects were judged by both to say how well they agree."),
    "undefined": _(
        "Both said the same thing about everything: the figure cannot tell agreement from chance."
    ),
    "almost_perfect": _("The machine and the person see almost the same."),
    "substantial": _("The machine and the person mostly see the same."),
    "moderate": _("The machine and the person agree more often than chance would have it."),
    "fair": _("The machine and the person agree a little more often than chance would have it."),
    "slight": _("The machine and the person agree hardly more often than chance would have it."),
    "poor": _("The machine and the person agree less often than chance would have it."),
}
_OPENS = ("https://", "http://")
WHOLE_DOCUMENT = "document"  # where a finding speaks of a file, see chain.Place
_EVERYWHERE = re.compile(r"\w+(?:\[[\w-]+\])?")  # main, drafts, a[href]
_ROOT = "html > body > "
_BREAKS = re.compile(r"(?<=[^/][/?&])(?=[^/])")  # where a line of an address may end


def _tag(words: Any, colour: str) -> SafeString:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.simple_tag
def severity_tag(severity: str) -> SafeString:
    """`{% severity_tag rule.text.severity %}`: how bad it is where the rule is broken."""
    return _tag(*wording.SEVERITIES[severity])


@register.simple_tag
def status_tag(status: str) -> SafeString:
    """`{% status_tag "fixed" %}`: what became of a rule between two audits."""
    return _tag(*STATUSES[status])


@register.simple_tag
def result_tag(result: str) -> SafeString:
    """`{% result_tag recheck.result %}`: what a recheck came to."""
    return _tag(*RESULTS[result or "unknown"])


@register.simple_tag
def promise_tag(state: str) -> SafeString:
    """`{% promise_tag promise.state %}`: what became of a repair a body has named a day for."""
    return _tag(*PROMISES[state])


@register.simple_tag
def mark(value: str) -> SafeString:
    """`{% mark aspect.machine %}`: the sign of the article, with words for who cannot see it."""
    sign, words = MARKS[value]
    return format_html(
        '<span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}</span>',
        sign,
        words,
    )


@register.simple_tag
def mark_in_words(value: str) -> SafeString:
    """`{% mark_in_words aspect.machine %}`: the sign of the article, and what it says."""
    sign, words = MARKS[value]
    return format_html('<span><span aria-hidden="true">{}</span> {}</span>', sign, words)


class Order(NamedTuple):
    """How a column is sorted now ("" when it is not), and what its heading asks for next."""

    now: str
    next: str


@register.simple_tag
def sorting(sort: str, column: str) -> Order:
    """`{% sorting sort "all" as order %}`: figures sort best first, names from the first letter."""
    usual, other = ("ascending", "descending")
    if column != "body":
        usual, other = other, usual
    if sort == column:
        return Order(usual, f"-{column}")
    return Order(other if sort == f"-{column}" else "", column)


@register.simple_tag
def fixed_word(key: str) -> str:
    """`{% fixed_word "why_edition" %}`: a fixed word of the library's reports."""
    return word(key, language())


@register.simple_tag
def what_of_places(status: str) -> Any:
    """`{% what_of_places "fixed" %}`: what became of places of a rule between two audits."""
    return OF_PLACES[status]


@register.filter
def two_places(value: Any) -> str:
    """`{{ agreement.kappa|two_places }}`: a fraction as a decimal number."""
    return say_number(round(float(value), 2), 2)


@register.filter
def percent(share: int | None) -> str:
    """`{{ chapter.share|percent }}`: 85 %; a dash when nothing could be told."""
    return "–" if share is None else f"{share}\u00a0%"


@register.filter
def heat(share: int | None) -> int:
    """`{{ chapter.share|heat }}`: the shade behind a share, as in the table of all bodies."""
    return heat_of(share)


@register.filter
def why_failed(cause: str) -> Any:
    """`{{ run.failure|why_failed }}`: the cause as a sentence."""
    return wording.why_failed(cause)


@register.filter
def strength(key: str) -> Any:
    """`{{ agreement.strength|strength }}`: what kappa means, in plain words."""
    return STRENGTHS[key]


@register.filter
def of_rule(gains: Mapping[str, Any], rule: str) -> Any:
    """`{{ gains|of_rule:line.finding.rule }}`: points a repair adds; None when it adds none."""
    return gains.get(rule)


@register.filter
def points_gained(gain: Decimal) -> str:
    """`{{ gain|points_gained }}`: "+1.5 points"; a fraction is counted as two are."""
    count = int(gain) if gain == int(gain) else 2
    text = ngettext("+%(gain)s point", "+%(gain)s points", count)
    return text % {"gain": say_number(gain)}


@register.filter
def how_long(seconds: int | None) -> str:
    """`{{ run.seconds_left|how_long }}`: "about 3 minutes"; a dash when nobody can say."""
    if seconds is None:
        return "–"
    if seconds < 60:
        return str(_("less than a minute"))
    minutes = round(seconds / 60)
    if minutes < 90:
        text = ngettext("about %(n)d minute", "about %(n)d minutes", minutes)
        return text % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(n)d hour", "about %(n)d hours", hours) % {"n": hours}


@register.filter
def first_sentence(phrase: Any) -> str:
    """`{{ line.fix|first_sentence }}`: the remedy in one line, in the reader's language."""
    return first_sentence_of(say_phrase(phrase))


@register.filter
def said_saw(place: Place) -> str:
    """`{{ place|said_saw }}`: what was seen there; "" where the note has said it already.

    Of a whole document a bare number (of its pages, of its bytes) is no words to be quoted.
    """
    is_told = place.note == f"no_{place.saw}"
    is_measure = place.where == WHOLE_DOCUMENT and place.saw.isdecimal()
    return "" if is_told or is_measure else said_seen(place, language())


@register.filter
def said_name(place: Place) -> str:
    """`{{ place|said_name }}`: the section it speaks of; "" where it speaks of none."""
    section = sections().get(place.where)
    return say_phrase(section.title) if section else ""


@register.filter
def is_quoted(place: Place) -> bool:
    """`{% if place|is_quoted %}`: whether the site wrote what was seen, and not the machine.

    It tells versions of a site by language, and counts.
    """
    version = place.saw.partition(": ")[0] if said_name(place) else place.saw
    return TONGUES.fullmatch(version) is None and not said_saw(place).isdecimal()


@register.filter
def said_where(place: Place) -> str:
    """`{{ place|said_where }}`: the path on the page or "page 2"; "" for a page as a whole.

    A single word, the name of a part (main) or of a section (drafts), helps nobody find it, nor
    does "some link" (a[href]) or a document as a whole; every path begins with html > body.
    """
    if place.where == WHOLE_DOCUMENT:
        return ""
    said = say_place(place.where)
    if said == place.where and _EVERYWHERE.fullmatch(said):
        return ""
    return f"… > {said.removeprefix(_ROOT)}" if said.startswith(_ROOT) else said


@register.filter
def pages_of(places: Iterable[Noted]) -> list[Alike]:
    """`{{ line.places|pages_of }}`: the places page by page, pages with equal remarks together."""
    return alike(by_page(places))


@register.filter
def within(address: str, site: str) -> SafeString:
    """`{{ page.address|within:audit.start }}`: without the host where it is the site's own.

    Escaped letters are shown as letters, and lines may end after a slash.
    """
    path = address.removeprefix(origin(site))
    is_own = path != address and len(path) > 1 and path.startswith("/")
    told = _in_letters(path if is_own else address)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in _BREAKS.split(told)))


def _in_letters(address: str) -> str:
    try:
        said = unquote(address, errors="strict")
    except UnicodeDecodeError:  # of another alphabet's page
        return address
    return said if said.isprintable() else address  # no line ends, nothing that turns the text


@register.filter
def said_worth(worth: Worth) -> str:
    """`{{ advice.worth|said_worth }}`: "52 of 100 points"."""
    return worth.said(language())


@register.filter
def opens(address: str) -> bool:
    """`{% if place.address|opens %}`: whether a browser may be sent there."""
    return address.lower().startswith(_OPENS)
