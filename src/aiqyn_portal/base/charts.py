"""Charts as SVG in the page: Vega-Lite drawn on the server, nothing inline but geometry."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import vl_convert
from django.core.cache import cache
from django.utils.safestring import SafeString

from aiqyn_portal.base import formats

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
VEGA_LITE = "6.4"
DRAWING = "2"  # raise when `cleaned` or LOOK draws otherwise: kept drawings are then made anew
SECONDS_KEPT = 60 * 60 * 24 * 30

SKY = "#00789c"
GOLD = "#e0a100"
INK = "#10202a"
QUIET = "#47575f"
COLOURS = [SKY, GOLD, "#5a3a80", "#0a6b4b", "#b3261e", "#6b7f88"]
LOOK: dict[str, Any] = {
    "background": None,
    "font": "Golos Text",
    "view": {"stroke": None},
    "range": {"category": COLOURS, "ramp": ["#dcedf3", "#5fa8c0", "#00506b"]},
    "bar": {"color": SKY, "cornerRadiusEnd": 2},
    "line": {"color": SKY, "strokeWidth": 2.5},
    "point": {"color": SKY, "filled": True, "size": 60},
    "rule": {"color": QUIET},
    "text": {"color": INK, "fontSize": 14},
    "axis": {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelLimit": 320,
        "gridColor": "#e3ebee",
        "domainColor": "#c9d3d8",
        "tickColor": "#c9d3d8",
    },
    "legend": {
        "labelColor": INK,
        "titleColor": QUIET,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
    },
}
FORMATS = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
    "ru": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]},
}
FORMATS["kk"] = FORMATS["ru"]

# the drawing is one picture with a title and a description; Vega's English labels go
NOT_KEPT = ("style", "class", "role", "font-family", "cursor", "pointer-events", "href")
# Vega says them of every mark; without them it looks the same
SAYS_NOTHING = {("opacity", "1"), ("transform", "translate(0,0)"), ("stroke-width", "1")}
DRAWS_NOTHING = {"", "M0,0h0v0h0Z"}  # a path's d


def chart_svg(spec: Mapping[str, Any]) -> SafeString:
    """Draw a Vega-Lite specification; put a table with the same figures beside the drawing.

    `spec["title"]` and `spec["description"]` (both asked for) become the drawing's <title>
    and <desc>. Data must stand in the specification: nothing is fetched.
    """
    language = formats.language()
    content = json.dumps([spec, language, VEGA_LITE, DRAWING], sort_keys=True, default=str)
    digest = hashlib.sha256(content.encode()).hexdigest()
    key = f"chart:{digest}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = _draw(spec, language, digest[:12])
        cache.set(key, drawn, SECONDS_KEPT)
    return SafeString(drawn)


def _draw(spec: Mapping[str, Any], language: str, name: str) -> str:
    title, description = str(spec["title"]), str(spec["description"])
    bare = {key: value for key, value in spec.items() if key not in {"title", "description"}}
    plain = json.loads(json.dumps(bare, default=str))
    svg = vl_convert.vegalite_to_svg(
        plain,
        vl_version=VEGA_LITE,
        config=LOOK,
        allowed_base_urls=[],
        format_locale=FORMATS[language],
    )
    return cleaned(svg, title=title, description=description, name=name)


def cleaned(svg: str, *, title: str, description: str, name: str) -> str:
    """`svg` without styles, scripts, links or handlers; with a title and a description.

    `name` tells the drawings of one page apart.
    """
    root = ET.fromstring(svg)  # noqa: S314  our own renderer's output
    for element in list(root.iter()):
        for child in list(element):
            if not _is_drawn(child):
                element.remove(child)
        for attribute, value in list(element.attrib.items()):
            if not _is_kept(attribute) or (attribute, value) in SAYS_NOTHING:
                del element.attrib[attribute]
    _describe(root, title, description, name)
    ET.register_namespace("", SVG)  # each time: qrcode takes the name for itself when it draws
    return ET.tostring(root, encoding="unicode")


def _describe(root: ET.Element, title: str, description: str, name: str) -> None:
    root.set("role", "img")
    root.set("aria-labelledby", f"chart-{name}-title chart-{name}-description")
    for position, (tag, words, part) in enumerate(
        [("title", title, "title"), ("desc", description, "description")]
    ):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"chart-{name}-{part}"})
        element.text = words
        root.insert(position, element)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_drawn(element: ET.Element) -> bool:
    if _tag(element) == "path":
        return element.get("d") not in DRAWS_NOTHING
    return _tag(element) not in {"style", "script", "title", "desc", "foreignObject"}


def _is_kept(attribute: str) -> bool:
    if attribute.startswith((f"{{{XLINK}}}", "aria-", "on")):
        return False
    return attribute not in NOT_KEPT
