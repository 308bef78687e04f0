"""`{% load contributions %}`: forms, contributions and their fates on the pages of sections."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base import formats
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions import kinds, marks, queries, reasons
from aiqyn_portal.contributions.drawn_form import form_for
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines.terms import shipped

register = template.Library()

COLOURS = {"accepted": "green", "partly": "yellow", "declined": "red", "passed_on": "blue"}
SHOWN = {
    Contribution.Shown.REMOVED: _("Removed by a moderator"),
    Contribution.Shown.WITHDRAWN: _("Withdrawn by the author"),
    Contribution.Shown.ERASED: _("Text erased"),
}
WHERE = {
    "version": _("Version of the text"),
    "article": _("Article or paragraph"),
    "answer": pgettext_lazy("where it is reflected", "Answer"),
    "budget_line": _("Line of the budget"),
    "commitment": _("Commitment"),
    "data": _("Data set"),
}


@register.simple_tag
def fate_tag(contribution: Contribution) -> SafeString:
    """`{% fate_tag contribution %}`: what became of it, as a coloured word."""
    words: StrOrPromise
    if not contribution.is_public:
        words, colour = SHOWN[Contribution.Shown(contribution.shown)], "grey"
    else:
        standing = kinds.standing_of(contribution)
        common = {**dict(Contribution.State.choices), **dict(Contribution.Outcome.choices)}
        words = kinds.said_of(contribution.kind, standing) or common[standing]
        colour = COLOURS.get(contribution.outcome, "grey")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.simple_tag
def placeholder(contribution: Contribution) -> Any:
    """Why the text is not shown."""
    return SHOWN.get(Contribution.Shown(contribution.shown), "")


@register.simple_tag
def kind_title(contribution: Contribution) -> Any:
    return kinds.title_of(contribution.kind)


@register.filter
def takes_votes_against(contribution: Contribution) -> bool:
    """`{% if contribution|takes_votes_against %}`: a question is supported or not, no more."""
    return kinds.takes_votes_against(contribution.kind)


@register.simple_tag
def rule_of(contribution: Contribution, terms: Mapping[str, str]) -> str:
    """`{% rule_of row terms as rule %}`: the rule that counts its decision; "" where none does.

    `terms` are those that run, by subject: a question asked again is counted by another rule.
    """
    term = shipped().get(terms.get(contribution.subject, ""))
    if term and term.measured_by:
        return term.measured_by
    kind = kinds.get(contribution.kind)
    return kind.measured_by if kind else ""


@register.simple_tag
def rule_title(code: str) -> str:
    """What a rule of moderation is called."""
    rule = reasons.rules().get(code)
    return formats.say_phrase(rule.title) if rule else code


@register.filter
def where_said(name: str) -> Any:
    """`{{ "article"|where_said }}`: what a place of reflection is called."""
    return WHERE.get(name, name)


@register.simple_tag(takes_context=True)
def comment_form(
    context: template.Context, kind: str, key: str, anchor: str = "", parent: str = ""
) -> SafeString:
    """`{% comment_form "draft_comment" draft.slug anchor="art_5" %}`: a form that posts here.

    Comes back to the page it stands on.
    """
    about = kinds.about(kind, key)
    if about is None:
        return SafeString("")
    if not about.is_open:
        return format_html('<p class="govuk-inset-text">{}</p>', about.why_closed)
    return form_for(context["request"], kind, key, anchor, parent)


@register.inclusion_tag("contributions/_contribution.html", takes_context=True)
def contribution(
    context: template.Context,
    row: Contribution,
    vote: int = 0,
    removal: Any = None,
    is_open: bool = True,
) -> dict[str, Any]:
    """`{% contribution row vote=votes|get:row.pk is_open=… %}`: one contribution in a list.

    On a page kept for everybody (`is_kept`) the reader's own part is left open.
    """
    if context.get("is_kept"):
        own = marks.places(row, is_open=is_open)
    else:
        own = marks.Marks(context["request"]).of(row, vote, is_open=is_open)
    against = kinds.takes_votes_against(row.kind) or bool(row.votes_against)
    return {"contribution": row, "removal": removal, "takes_against": against, **own}


@register.inclusion_tag("contributions/_fate.html")
def fate(row: Contribution) -> dict[str, Any]:
    """`{% fate row %}`: the whole life, received → … → done."""
    return {"contribution": row, "life": queries.life(row)}
