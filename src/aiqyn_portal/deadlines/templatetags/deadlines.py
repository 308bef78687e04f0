"""Tags for pages that speak of due dates.

{% load deadlines %}
{% deadline "question:2026-17" %}    the due dates of one subject; one query
{% deadline_of row %}                 one Deadline that is at hand; no query of its own
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from aiqyn.calendar import Calendar
from aiqyn.calendar.reckoning import Step
from aiqyn_portal.base.formats import language, say_phrase
from aiqyn_portal.deadlines import queries, saying
from aiqyn_portal.deadlines.models import Deadline, Event
from aiqyn_portal.deadlines.showing import in_language
from aiqyn_portal.deadlines.stakes import Stakes
from aiqyn_portal.deadlines.standing import standing

register = template.Library()
KEPT = "deadlines_calendar"
COLOURS = {"lapsed": "red", "met": "green", "recomputed": "orange", "suspended": "purple"}


def _calendar(context: template.Context) -> Calendar:
    """The calendar, read once for a page however many dates it shows."""
    kept = context.render_context
    if KEPT not in kept:
        kept[KEPT] = queries.calendar()
    found: Calendar = kept[KEPT]
    return found


@register.inclusion_tag("deadlines/_deadlines.html", takes_context=True)
def deadline(context: template.Context, subject: str) -> dict[str, Any]:
    """The due dates of `subject` that still run, else the last one, each leading to how it was
    computed.
    """
    rows = queries.of([subject])[subject]
    rows = [row for row in rows if row.is_open] or rows[-1:]
    return {"shown": [_shown(context, row) for row in rows], "says_what": True}


@register.inclusion_tag("deadlines/_deadlines.html", takes_context=True)
def deadline_of(context: template.Context, row: Deadline | None) -> dict[str, Any]:
    """The same for a row at hand, under a heading that says what it is; nothing for None."""
    return {"shown": [_shown(context, row)] if row else []}


def _shown(context: template.Context, row: Deadline) -> dict[str, Any]:
    today = queries.today()
    return {"deadline": row, "standing": standing(row, today, _calendar(context))}


@register.inclusion_tag("deadlines/_stake.html")
def at_stake(stakes: Stakes, row: Deadline) -> dict[str, Any]:
    """`{% at_stake stakes row %}`: up to how many points a due date is worth to its body."""
    return {"stake": stakes.of_term(row.body_id, row.term)}


@register.inclusion_tag("deadlines/_stake.html")
def rule_at_stake(stakes: Stakes, body_id: int, rule: str) -> dict[str, Any]:
    """`{% rule_at_stake stakes body.pk "H144" %}`: the same for what has no due date of its own."""
    return {"stake": stakes.of_rule(body_id, rule)}


@register.simple_tag
def words_of(rows: Iterable[Deadline]) -> dict[str, str]:
    """`{% words_of page as said %}`: what these due dates are about, by subject."""
    return saying.words_of([row.subject for row in rows])


@register.filter
def of_subject(said: Mapping[str, str], row: Deadline) -> str:
    """`{{ said|of_subject:row }}`: "" where it says nothing."""
    return said.get(row.subject, "")


@register.filter
def matter(row: Deadline) -> str:
    """The page of what is due, in the language of the reader; "" where there is none."""
    return in_language(row.href, language())


@register.inclusion_tag("deadlines/_reckoning.html")
def reckoning_steps(reckoning: Any) -> dict[str, Any]:
    """How a date follows, step by step."""
    return {"reckoning": reckoning, "steps": [_step(step) for step in reckoning.steps]}


def _step(step: Step) -> dict[str, Any]:
    return {
        "words": say_phrase(step.words),
        "days": step.days,
        "weekends": step.weekends,
        "reason": step.reason,
    }


@register.filter
def event_colour(event: Event) -> str:
    return COLOURS.get(event.what, "blue")
