"""What became of the questions a body was asked, drawn."""

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aiqyn_portal.base import bars
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.dialogue.contributing import LIVE_QUESTION, QUESTION, SAID

PASSED_ON = Contribution.Outcome.PASSED_ON
SHOWN = {
    "accepted": (SAID["accepted"], "#0a6b4b"),
    "partly": (SAID["partly"], "#e0a100"),
    "declined": (SAID["declined"], "#b3261e"),
    "passed_on": (PASSED_ON.label, "#00789c"),
    "": (SAID["registered"], "#6b7f88"),
}


def figure(body: Body) -> SafeString:
    """Bars with their table, one for each fate; nothing where nobody has asked."""
    asked = Contribution.objects.public().filter(body=body, kind__in=(QUESTION, LIVE_QUESTION))
    counted = dict(asked.order_by().values_list("outcome").annotate(Count("pk")))
    rows = [
        bars.Bar(str(words), counted[outcome], colour=colour)
        for outcome, (words, colour) in SHOWN.items()
        if counted.get(outcome)
    ]
    return bars.figure("questions", _("What became of questions"), rows) if rows else SafeString("")
