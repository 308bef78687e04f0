"""Bars, one for each thing counted: drawn, with the table that says the same."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.base.charts import SKY, chart_svg

FEW = 8  # of these each number stands on the axis


class Bar(NamedTuple):
    words: str  # what is counted
    value: int
    said: str = ""  # the value as the table says it; "": the number
    colour: str = SKY


def drawn(title: str, bars: Sequence[Bar]) -> SafeString:
    """The drawing alone."""
    rows = [{"words": bar.words, "value": bar.value, "colour": bar.colour} for bar in bars]
    spec: dict[str, Any] = {
        "title": title,
        "description": "; ".join(f"{bar.words}: {bar.said or bar.value}" for bar in bars),
        "data": {"values": rows},
        "mark": {"type": "bar", "size": 22},
        "width": 190,  # with the words beside it a small screen has room for it
        "height": {"step": 34},
        "encoding": {
            "y": {"field": "words", "type": "nominal", "sort": None, "title": None},
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "axis": _axis(max(bar.value for bar in bars)),
            },
            "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        },
    }
    return chart_svg(spec)


def _axis(highest: int) -> dict[str, Any]:
    """Things are counted by whole numbers."""
    return {"tickMinStep": 1} if highest > FEW else {"values": list(range(highest + 1))}


def figure(name: str, title: str, bars: Sequence[Bar]) -> SafeString:
    """The drawing and its table; `name` tells the tables of one page apart."""
    context = {"name": name, "title": title, "bars": bars, "chart": drawn(title, bars)}
    return render_to_string("base/components/bars.html", context)
