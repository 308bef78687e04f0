"""How a body keeps the dates it owes people, for its page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from aiqyn_portal.base.bars import Bar, figure
from aiqyn_portal.base.sections import Summary
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import queries

IN_TIME, LATE = "#0a6b4b", "#b3261e"


def summary(body: Body) -> Summary | None:
    """What was done in time and what late; nothing where nothing has been due yet."""
    found = queries.promptness(body)
    if not found.in_time + found.late:
        return None
    bars = [
        Bar(_("Done in time"), found.in_time, colour=IN_TIME),
        Bar(_("Late"), found.late, colour=LATE),
    ]
    title = _("Due dates, kept and not")
    lines = [_("Answers, reports and promises that were due: each has its day and its reckoning.")]
    return Summary(
        _("Due dates"),
        lines,
        reverse("deadlines:body", args=[body.code]),
        figure("promptness", title, bars),
    )
