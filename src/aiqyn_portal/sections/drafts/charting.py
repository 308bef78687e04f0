"""A body's comments by decision, drawn."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aiqyn_portal.base import bars
from aiqyn_portal.sections.drafts.queries.figures import OUTCOMES, Figures
from aiqyn_portal.sections.drafts.wording import outcome_said

COLOURS = {
    "accepted": "#0a6b4b",
    "partly": "#e0a100",
    "declined": "#b3261e",
    "passed_on": "#00789c",
    "waiting": "#6b7f88",
}


def fates(figures: Figures) -> list[tuple[str, int]]:
    """Decisions in words, with how many comments each has; none are left out."""
    return [(_said(code), figures.fates[code]) for code in OUTCOMES]


def _said(code: str) -> str:
    return str(outcome_said("" if code == "waiting" else code))


def chart(figures: Figures) -> SafeString | None:
    """Bars, one for each decision; None where nobody has commented."""
    return bars.drawn(_("What became of comments"), _bars(figures)) if figures.comments else None


def figure(figures: Figures) -> SafeString:
    """The same with its table, for the page of the body; nothing where nobody has commented."""
    if not figures.comments:
        return SafeString("")
    return bars.figure("comments", _("What became of comments"), _bars(figures))


def _bars(figures: Figures) -> list[bars.Bar]:
    found = [(code, figures.fates[code]) for code in OUTCOMES if figures.fates[code]]
    return [bars.Bar(_said(code), count, colour=COLOURS[code]) for code, count in found]
