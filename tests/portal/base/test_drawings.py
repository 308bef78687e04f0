"""Map and charts: what they say, and that nothing in them needs an exception of the policy."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import qrcode
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import override
from qrcode.image.svg import SvgPathImage

from aiqyn_portal.base import charts, maps

SPEC: dict[str, Any] = {
    "title": "Points <b>",
    "description": "Two bodies",
    "width": 200,
    "data": {"values": [{"body": "Қызылорда", "points": 95.8}, {"body": "Шымкент", "points": 1.5}]},
    "mark": {"type": "bar", "tooltip": True},
    "encoding": {
        "y": {"field": "body", "type": "nominal"},
        "x": {"field": "points", "type": "quantitative", "axis": {"format": ".1f"}},
        "href": {"value": "https://elsewhere.example"},
    },
}
INLINE = re.compile(r"style=|<style|<script|\son[a-z]+=|href|font-family")


def place(code: str, step: int = 3, value: str = "95,8") -> maps.Place:
    return maps.Place(code=code, label="Атау", value=value, step=step, href=f"/kk/bodies/{code}/")


@pytest.mark.parametrize(
    ("value", "step"), [(None, 0), (59, 1), (60, 2), (69.9, 2), (70, 3), (90, 5), (100, 5)]
)
def test_step_grows_with_the_value_and_a_missing_one_has_none(value: Any, step: int) -> None:
    assert maps.step_of(value, [60, 70, 80, 90]) == step


def test_map_knows_the_seventeen_of_2020_and_leaves_out_what_has_no_shape() -> None:
    codes = [shape["code"] for shape in [*maps._shapes()["regions"], *maps._shapes()["cities"]]]
    places = [place(code) for code in [*codes, "kz-akm-abai"]]

    drawn = maps.region_map(places, title="t", description="d", legend=[])

    assert (len(drawn.regions), len(drawn.cities)) == (14, 3)


def test_map_is_a_group_of_links_that_say_name_and_figure() -> None:
    drawn = maps.region_map(
        [place("kz-akm-kyzylorda"), place("kz-akm-astana", 0, "")],
        title="Map",
        description="Deeper is more",
        legend=[(1, "below 60")],
    )

    with override("en"):
        html = render_to_string("base/components/region_map.html", {"map": drawn})

    links = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', html)
    assert links == [
        ("/kk/bodies/kz-akm-kyzylorda/", "Атау: 95,8"),
        ("/kk/bodies/kz-akm-astana/", "Атау: no figure"),
    ]
    assert '<title id="map-title">Map</title>' in html
    assert not re.search(r"style=|<style|\son[a-z]+=", html)


def test_chart_has_a_title_a_description_and_nothing_inline() -> None:
    with override("kk"):
        drawn = charts.chart_svg(SPEC)

    root = ET.fromstring(drawn)
    title, description = list(root)[:2]
    assert (title.text, description.text) == ("Points <b>", "Two bodies")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert root.get("role") == "img"
    assert INLINE.findall(drawn.split("</desc>")[1]) == []


def test_chart_writes_numbers_as_the_language_does() -> None:
    with override("ru"):
        russian = charts.chart_svg(SPEC)
    with override("en"):
        english = charts.chart_svg(SPEC)

    assert ("20,0" in russian, "20.0" in english) == (True, True)


def test_chart_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = charts.chart_svg(SPEC)
    monkeypatch.setattr(charts, "_draw", lambda *arguments: pytest.fail("drawn again"))

    assert charts.chart_svg(SPEC) == first
    cache.clear()


def test_drawing_loses_everything_a_browser_would_refuse() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<style>a{}</style><a xlink:href="x"><path style="fill:red" onclick="x" d="M0,0" '
        'fill="red" aria-label="x"/></a><script>x</script></svg>'
    )

    assert charts.cleaned(svg, title="t", description="d", name="n") == (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        'aria-labelledby="chart-n-title chart-n-description">'
        '<title id="chart-n-title">t</title><desc id="chart-n-description">d</desc>'
        '<a><path d="M0,0" fill="red" /></a></svg>'
    )


def test_drawing_says_only_what_is_seen() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g transform="translate(0,0)">'
        '<path d="" display="none"/><path d="M0,0h0v0h0Z"/>'
        '<line transform="translate(5,0)" y2="5" stroke-width="2" opacity="0.5"/>'
        '<line transform="translate(0,0)" y2="5" stroke-width="1" opacity="1"/></g></svg>'
    )

    drawn = charts.cleaned(svg, title="t", description="d", name="n")

    assert drawn.partition("</desc>")[2] == (
        '<g><line transform="translate(5,0)" y2="5" stroke-width="2" opacity="0.5" />'
        '<line y2="5" /></g></svg>'
    )


def test_drawing_is_plain_after_a_square_code_was_drawn() -> None:
    qrcode.make("otpauth://totp/x", image_factory=SvgPathImage).to_string()

    drawn = charts.cleaned(
        '<svg xmlns="http://www.w3.org/2000/svg"/>', title="t", description="d", name="n"
    )

    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" role="img"')


def test_chart_without_a_title_is_refused() -> None:
    with pytest.raises(KeyError, match="title"):
        charts.chart_svg({key: value for key, value in SPEC.items() if key != "title"})
