"""A body's comments by decision, drawn."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aiqyn_portal.base.charts import chart_svg
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
    if not figures.comments:
        return None
    rows = [
        {"decision": _said(code), "comments": figures.fates[code], "colour": COLOURS[code]}
        for code in OUTCOMES
        if figures.fates[code]
    ]
    spec: dict[str, Any] = {
        "title": _("What became of comments"),
        "description": "; ".join(f"{row['decision']}: {row['comments']}" for row in rows),
        "data": {"values": rows},
        "mark": {"type": "bar", "size": 22},
        "width": 420,
        "height": {"step": 34},
        "encoding": {
            "y": {"field": "decision", "type": "nominal", "sort": None, "title": None},
            "x": {
                "field": "comments",
                "type": "quantitative",
                "title": None,
                "axis": {"tickMinStep": 1},
            },
            "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        },
    }
    return chart_svg(spec)
