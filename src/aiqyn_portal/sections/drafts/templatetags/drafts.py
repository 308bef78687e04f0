from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from aiqyn.acts.model import Trouble
from aiqyn.acts.redline import Run, proposal
from aiqyn_portal.base.formats import say_number, say_phrase
from aiqyn_portal.base.streams import player
from aiqyn_portal.sections.drafts import reading, vocabulary, wording
from aiqyn_portal.sections.drafts.models import Draft, Paragraph
from aiqyn_portal.sections.drafts.shelves import STANDS

register = template.Library()
RUN = {"added": "ins", "removed": "del", "kept": "span"}


@register.filter
def act_type(code: str) -> str:
    return say_phrase(vocabulary.types().get(code, code))


@register.filter
def draft_category(code: str) -> str:
    return wording.category_said(code)


@register.filter
def stream_player(link: str) -> str:
    """`{{ meeting.stream|stream_player }}`: what to frame; "" where there is none."""
    return player(link)


@register.simple_tag
def stands_tag(draft: Draft, today: date) -> SafeString:
    """`{% stands_tag draft today %}`: where a draft stands on a day, as a coloured word."""
    code = stands(draft, today)
    colour = wording.COLOURS["discussion" if code == "open" else code]
    words = STANDS.get(code) or draft.get_state_display()
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


def stands(draft: Draft, today: date) -> str:
    """A code of STANDS, or the state of a draft in preparation."""
    discussion = draft.discussion
    if draft.state != Draft.State.DISCUSSION or discussion is None:
        return draft.state
    if today < discussion.opens_on:
        return "soon"
    return "open" if today <= discussion.closes_on else "waiting"


@register.simple_tag
def decision_tag(outcome: str) -> SafeString:
    """`{% decision_tag comment.outcome %}`: a decision as a coloured word."""
    words, colour = wording.outcome_said(outcome), wording.COLOURS[outcome]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.simple_tag
def change_tag(fate: str) -> SafeString:
    """`{% change_tag row.fate %}`: what a version made of it; nothing if it is the same."""
    if fate in ("", "same"):
        return SafeString("")
    colour = wording.COLOURS.get(fate, "grey")
    words = wording.FATES[fate]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.filter
def runs(found: Iterable[Run]) -> SafeString:
    """`{{ line.runs|runs }}`: words kept, removed and added, told to those who listen too."""
    return format_html_join("", "{}", ((_run(run),) for run in found))


def _run(run: Run) -> SafeString:
    if run.what == "kept":
        return format_html("{}", run.text)
    said = gettext("[removed:") if run.what == "removed" else gettext("[added:")
    return format_html(
        '<{0}><span class="govuk-visually-hidden">{2} </span>{1}'
        '<span class="govuk-visually-hidden">] </span></{0}>',
        SafeString(RUN[run.what]),
        run.text,
        said,
    )


@register.simple_tag
def proposed(paragraph: Paragraph | None, comment: Any) -> SafeString:
    """`{% proposed row comment %}`: the wording somebody proposes, as changes of the paragraph."""
    text = paragraph.text(comment.language) if paragraph else ""
    if not text:
        return format_html("{}", comment.wording)
    return runs(proposal(text, comment.wording))


@register.simple_tag
def marked(text: str, places: Any) -> SafeString:
    """`{% marked text places %}`: a text with the places marked in which the languages differ."""
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, places)))


def _pieces(text: str, places: Any) -> Iterator[Any]:
    last = 0
    for start, end in sorted(places):
        if start < last or end > len(text):
            continue
        yield text[last:start]
        yield format_html('<mark class="draft-differs">{}</mark>', text[start:end])
        last = end
    yield text[last:]


@register.filter
def places_in(paragraph: Paragraph, language: str) -> list[list[int]]:
    """`{{ row|places_in:"kk" }}`: places of a text in which the languages differ."""
    return [place for each in paragraph.divergences for place in each[language]]


@register.filter
def said_trouble(trouble: dict[str, str]) -> str:
    """`{{ trouble|said_trouble }}`: what could not be read for certain, and what helps."""
    return reading.said(Trouble(**trouble))


@register.filter
def in_language(phrase: Any, language: str) -> str:
    """`{{ draft.title|in_language:"kk" }}`: a phrase in one language; "" where it lacks it."""
    return str(phrase.get(language, ""))


@register.filter
def reply_query(comment: Any, request: HttpRequest) -> str:
    """`{{ comment|reply_query:request }}`: parameters of the page on which one replies to it."""
    here = f"{request.path}#c-{comment.number}"
    return urlencode({"parent": comment.number, "anchor": comment.anchor, "next": here})


@register.filter
def size_of_file(size: int) -> str:
    """1 536 → "1,5 KB" in the reader's language."""
    if size < 1024 * 1024:
        return gettext("%(size)s KB") % {"size": say_number(max(1, round(size / 1024)))}
    return gettext("%(size)s MB") % {"size": say_number(round(size / 1024 / 1024, 1))}
