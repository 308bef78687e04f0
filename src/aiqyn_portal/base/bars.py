"""Bars, one for each thing counted: drawn, with the table that says the same."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.base.charts import SKY, chart_svg

WIDTH = 300  # a screen of 360 has room for it


class Bar(NamedTuple):
    words: str  # what is counted
    value: int
    colour: str = SKY


def drawn(title: str, bars: Sequence[Bar]) -> SafeString:
    """The drawing alone."""
    labels = [f"{bar.words}: {bar.value}" for bar in bars]
    rows = [
        {"words": bar.words, "label": label, "value": bar.value, "colour": bar.colour}
        for bar, label in zip(bars, labels, strict=True)
    ]
    # the words stand above their bar: beside it they would leave no room on a small screen
    spec: dict[str, Any] = {
        "title": title,
        "description": "; ".join(labels),
        "data": {"values": rows},
        "width": WIDTH,
        "height": {"step": 46},
        "encoding": {"y": {"field": "words", "type": "nominal", "sort": None, "axis": None}},
        "layer": [
            {
                "mark": {"type": "bar", "size": 16, "yOffset": 10},
                "encoding": {
                    "x": {"field": "value", "type": "quantitative", "axis": None},
                    "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "x": 0, "dy": -2},
                "encoding": {"text": {"field": "label", "type": "nominal"}},
            },
        ],
    }
    return chart_svg(spec)


def figure(name: str, title: str, bars: Sequence[Bar]) -> SafeString:
    """The drawing and its table; `name` tells the tables of one page apart."""
    context = {"name": name, "title": title, "bars": bars, "chart": drawn(title, bars)}
    return render_to_string("base/components/bars.html", context)
