"""Maps and charts of the public pages. Drawn once for each set of figures, then kept by it."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aiqyn.catalogue import read
from aiqyn.text import Text, say
from aiqyn_portal.base import maps
from aiqyn_portal.base.charts import chart_svg
from aiqyn_portal.base.formats import language, say_phrase
from aiqyn_portal.reports import figures
from aiqyn_portal.reports.places import Place, method_of
from aiqyn_portal.reports.rows import PublishedRound

BOUNDS = (60, 70, 80, 90)  # percent of the maximum; between the colours of the map
KEPT = 200
PLACES_KEPT = 4096
BAR = 24  # pixels a bar takes on an axis
LETTER_WIDTH, WIDE_WIDTH, LETTER_HEIGHT = 9, 12, 20  # pixels, a little generous
WIDE = frozenset("жмфшщыюmw")
# parts of one whole: no red, which would read as bad
PARTS = ["#00506b", "#e0a100", "#5fa8c0", "#5a3a80", "#7fb08f", "#6b7f88", "#b2d6e3"]


class Figure(NamedTuple):
    """One body's total, as the map needs it."""

    code: str
    name: str
    value: str
    step: int
    remark: str


class Part(NamedTuple):
    """One criterion of one body, as a stacked bar needs it."""

    body: str
    criterion: str
    points: str  # exact, as text
    order: int


@cache
def _short_names() -> dict[str, Text]:
    return read(Path(__file__).with_name("short_names.yaml"), dict[str, Text])


def short_name(code: str, name: str) -> str:
    """A name that fits on a map or an axis; the full one when there is no shorter."""
    known = _short_names().get(code)
    return say(known, language()) if known else name


def region_map(round_: PublishedRound, places: Sequence[Place]) -> SafeString:
    """The regions of a round coloured by total; empty when none of them has a shape."""
    shown = tuple(_figure(place, language()) for place in places)
    return _drawn_map(language(), round_.code, str(round_.title), shown)


@lru_cache(maxsize=PLACES_KEPT)
def _figure(place: Place, _language: str) -> Figure:
    result, point = place.result, figures.separator()
    return Figure(
        result.body,
        short_name(result.body, str(result.name)),
        figures.figure(result.points, point, 1) if place.percent is not None else "",
        maps.step_of(place.percent, BOUNDS),
        _remark(place, point),
    )


def _remark(place: Place, point: str) -> str:
    """What the source printed, when it is another total."""
    if place.result.printed is None:
        return ""
    return _("published: %(printed)s") % {"printed": figures.figure(place.result.printed, point, 1)}


@lru_cache(maxsize=KEPT)
def _drawn_map(
    _language: str, round_code: str, title: str, shown: tuple[Figure, ...]
) -> SafeString:
    address = reverse("reports:why", args=[round_code, "BODY"])
    map_ = maps.region_map(
        [
            maps.Place(f.code, f.name, f.value, f.step, address.replace("BODY", f.code), f.remark)
            for f in shown
        ],
        title=title,
        description=_("Each region is coloured by its total; the table has the same figures."),
        legend=_legend(any(not figure.value for figure in shown)),
    )
    if not map_.regions and not map_.cities:
        return SafeString("")
    return render_to_string("base/components/region_map.html", {"map": map_})


def _legend(some_unknown: bool) -> list[tuple[int, str]]:
    words = [_("under %(top)s %%") % {"top": BOUNDS[0]}]
    words += [f"{low}–{high} %" for low, high in pairwise(BOUNDS)]
    words.append(_("%(low)s %% and more") % {"low": BOUNDS[-1]})
    legend = list(enumerate(words, start=1))
    return [*legend, (maps.NO_FIGURE, _("not known"))] if some_unknown else legend


def league_chart(places: Sequence[Place], methodology: str) -> SafeString:
    """What each total is made of: a stacked bar per body, best first; empty without totals."""
    ranked = sorted((p for p in places if p.rank is not None), key=lambda p: p.rank or 0)
    bars = (_parts(place, methodology, language()) for place in ranked)
    parts = tuple(chain.from_iterable(bars))
    return _drawn_league(language(), parts) if parts else SafeString("")


@lru_cache(maxsize=PLACES_KEPT)
def _parts(place: Place, methodology: str, _language: str) -> tuple[Part, ...]:
    """The bar of one body."""
    criteria = method_of(methodology).criteria
    titles = {c.code: (say_phrase(c.title), order) for order, c in enumerate(criteria)}
    name = short_name(place.result.body, str(place.result.name))
    return tuple(
        Part(name, titles[score.code][0], str(score.points), titles[score.code][1])
        for score in place.result.tree.criteria
        if score.points is not None and score.code in titles
    )


@lru_cache(maxsize=KEPT)
def _drawn_league(_language: str, parts: tuple[Part, ...]) -> SafeString:
    bodies = list(dict.fromkeys(part.body for part in parts))
    criteria = list(dict.fromkeys(part.criterion for part in parts))
    return chart_svg(
        {
            "title": _("Points by criterion"),
            "description": _("Each bar is one body; the table has the same figures."),
            "width": 520,
            "height": len(bodies) * BAR,
            **_room(bodies, top=len(criteria) * LETTER_HEIGHT + 24, right=16),
            "data": {"values": [part._asdict() | {"points": float(part.points)} for part in parts]},
            "mark": {"type": "bar", "cornerRadiusEnd": 0},
            "encoding": {
                "y": {
                    "field": "body",
                    "type": "nominal",
                    "sort": bodies,
                    "title": None,
                    "axis": {"labelLimit": 0},
                },
                "x": {"field": "points", "type": "quantitative", "title": _("points")},
                "color": {
                    "field": "criterion",
                    "type": "nominal",
                    "sort": criteria,
                    "title": None,
                    "scale": {"range": PARTS},
                    "legend": {"orient": "top", "columns": 1, "labelLimit": 0},
                },
                "order": {"field": "order", "type": "quantitative"},
            },
        }
    )


def _room(labels: Sequence[str], *, top: int, right: int) -> dict[str, Any]:
    """Room around the bars, counted in letters: a machine without our font measures wrong."""
    left = max(map(_width, labels), default=0) + 16
    padding = {"left": left, "top": top, "right": right, "bottom": 48}
    return {"autosize": "none", "padding": padding}


def _width(words: str) -> int:
    return sum(WIDE_WIDTH if letter in WIDE else LETTER_WIDTH for letter in words.lower())


def series_chart(
    title: str, points: Sequence[tuple[int, Decimal]], ends: tuple[Decimal, Decimal]
) -> SafeString:
    """A value over the years; `ends` of the axis, bottom and top: the best place is at the top."""
    exact = tuple((year, str(value)) for year, value in points)
    return _drawn_series(language(), title, exact, (str(ends[0]), str(ends[1])))


@lru_cache(maxsize=KEPT)
def _drawn_series(
    _language: str, title: str, points: tuple[tuple[int, str], ...], ends: tuple[str, str]
) -> SafeString:
    bottom, top = float(ends[0]), float(ends[1])
    x = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    y = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "axis": {"tickMinStep": 1} if bottom > top else {},
        "scale": {"domain": sorted([bottom, top]), "reverse": bottom > top, "zero": False},
    }
    label = {"type": "text", "dy": -14}
    return chart_svg(
        {
            "title": title,
            "description": _("A line over the years; the table has the same figures."),
            "width": 280,  # a screen of 360 has room for it
            "height": 180,
            "data": {"values": [{"year": year, "value": float(v)} for year, v in points]},
            "layer": [
                {"mark": {"type": "line", "point": True}, "encoding": {"x": x, "y": y}},
                {"mark": label, "encoding": {"x": x, "y": y, "text": {"field": "value"}}},
            ],
        }
    )
