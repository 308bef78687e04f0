"""Legal terms of a discussion and of its report; the terms themselves are data of `deadlines`."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext
from msgspec import convert

from aiqyn.calendar import Reckoning, Term, reckon
from aiqyn_portal.deadlines import queries as deadlines
from aiqyn_portal.deadlines.terms import Known
from aiqyn_portal.sections.drafts.models import Discussion, Draft

ORDINARY, OF_SERVICES, REPORT = "draft_discussion", "draft_discussion_service", "draft_report"
DISCUSSIONS = (ORDINARY, OF_SERVICES)  # terms a discussion may keep, in the order of a form


def known(code: str) -> Known:
    """A term with its legal source, as administrators last set it."""
    return deadlines.terms()[code]


def reckoned(code: str, start: date) -> Reckoning:
    """How the last day of a term follows from its first, by the calendar of today."""
    return reckon(start, known(code).rule(), deadlines.calendar())


def reckoned_again(discussion: Discussion) -> Reckoning:
    """The same for a discussion that runs, by the term it began with."""
    rule = convert(discussion.rule, Term) if discussion.rule else known(discussion.term).rule()
    return reckon(discussion.opens_on, rule, deadlines.calendar())


def report_subject(draft: Draft, number: int) -> str:
    """How the deadlines name the report of the `number`-th discussion."""
    return f"draft_report:{draft.slug}/{number}"


def href(draft: Draft) -> str:
    """The page a deadline leads to; without a language."""
    return reverse("draft_permanent", args=[draft.slug])


def said(known: Known) -> str:
    """The length of a term in words: "15 working days"."""
    count = {"count": known.count}
    if known.unit == "working":
        return ngettext("%(count)s working day", "%(count)s working days", known.count) % count
    if known.unit == "calendar":
        return ngettext("%(count)s calendar day", "%(count)s calendar days", known.count) % count
    if known.unit == "weeks":
        return ngettext("%(count)s week", "%(count)s weeks", known.count) % count
    return ngettext("%(count)s month", "%(count)s months", known.count) % count
