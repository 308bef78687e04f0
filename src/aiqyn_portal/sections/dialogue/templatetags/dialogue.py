"""`{% load dialogue %}`: what pages of the dialogue say."""

from collections.abc import Mapping

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aiqyn.likeness.answers import Fault, Reason
from aiqyn_portal.base.formats import say_moment
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.dialogue.models import Commitment, Conference

register = template.Library()
COLOURS = {"open": "blue", "kept": "green", "dropped": "grey"}


@register.filter
def vote_on(votes: Mapping[int, int], contribution: Contribution) -> int:
    """`{{ votes|vote_on:contribution }}`: how the reader voted, 0 for not at all."""
    return votes.get(contribution.pk, 0)


@register.simple_tag
def commitment_tag(commitment: Commitment) -> SafeString:
    """What became of a promise, as a coloured word."""
    if commitment.state == Commitment.State.OPEN and commitment.due_on < timezone.localdate():
        return _tag("red", _("Overdue"))
    return _tag(COLOURS[commitment.state], Commitment.State(commitment.state).label)


@register.simple_tag
def conference_tag(conference: Conference) -> SafeString:
    """Whether it is announced, live, over or called off."""
    now = timezone.now()
    if not conference.stands:
        return _tag("grey", _("Called off"))
    if conference.is_live(now):
        return _tag("red", _("Live"))
    return _tag("green", _("Over")) if conference.is_over(now) else _tag("blue", _("Announced"))


@register.simple_tag
def hours(conference: Conference) -> str:
    """From when till when: the day is said once where both are the same."""
    begins, ends = timezone.localtime(conference.starts_at), timezone.localtime(conference.ends_at)
    if begins.date() != ends.date():
        return f"{say_moment(begins)} – {say_moment(ends)}"
    return f"{say_moment(begins)}–{ends:%H:%M}"


def _tag(colour: str, words: StrOrPromise) -> SafeString:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.filter
def said_fault(fault: Fault) -> str:
    """Why an answer looks like one for any question."""
    if fault.reason == Reason.COPY:
        return gettext("The same was answered to another question.")
    if fault.reason == Reason.OFF_TOPIC:
        words = {"words": ", ".join(fault.missing[:6])}
        return gettext("Nothing of the question is in it: %(words)s.") % words
    if fault.reason == Reason.SET_PHRASES:
        return gettext("It is made of phrases that suit any question.")
    return gettext("There are no words in it.")
