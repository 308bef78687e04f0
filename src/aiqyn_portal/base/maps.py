"""Kazakhstan's regions as an accessible drawing: every region a link with its name and figure.

The shapes know 14 regions and three cities, the borders of 2018–2022. Natural Earth
has no shapes yet for the regions created in June 2022; a place without a shape is
left to the table that always stands beside the map.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NO_FIGURE = 0
STEPS = 5  # colours from pale to deep, 1 … 5


@dataclass(frozen=True)
class Place:
    """What the map shows of one state body."""

    code: str  # of the body: "kz-akm-kyzylorda"
    label: str  # short name in the reader's language
    value: str  # the figure as the reader's language writes it; "" when there is none
    step: int  # 0 no figure, 1 pale … 5 deep
    href: str
    remark: str = ""  # a small line under the figure


@dataclass(frozen=True)
class Region:
    place: Place
    path: str
    x: int  # where the middle of the label stands
    y: int
    is_outside: bool  # beside the shape, in dark letters


@dataclass(frozen=True)
class City:
    place: Place
    x: int
    y: int
    label_x: int
    label_y: int


@dataclass(frozen=True)
class RegionMap:
    """Input of base/components/region_map.html."""

    title: str
    description: str
    legend: list[tuple[int, str]]  # step, what it stands for
    width: int
    height: int
    regions: list[Region]
    cities: list[City]


# where the middle of a city's label stands from its circle, so that it covers no other label
CITY_LABELS = {"kz-akm-astana": (14, 30), "kz-akm-almaty": (10, 32), "kz-akm-shymkent": (44, 30)}


def step_of(value: Any, bounds: Sequence[Any]) -> int:
    """The colour of `value`: `bounds` are four rising bounds between the five steps.

    A value on a bound belongs to the deeper step; None has no figure.
    """
    return NO_FIGURE if value is None else bisect_right(list(bounds), value) + 1


def region_map(
    places: Sequence[Place], *, title: str, description: str, legend: list[tuple[int, str]]
) -> RegionMap:
    """Put `places` on the map; those without a shape are left out."""
    shapes = _shapes()
    by_code = {place.code: place for place in places}
    return RegionMap(
        title=title,
        description=description,
        legend=legend,
        width=shapes["width"],
        height=shapes["height"],
        regions=[
            _region(by_code[shape["code"]], shape)
            for shape in shapes["regions"]
            if shape["code"] in by_code
        ],
        cities=[
            _city(by_code[shape["code"]], *shape["spot"])
            for shape in shapes["cities"]
            if shape["code"] in by_code
        ],
    )


def _region(place: Place, shape: Any) -> Region:
    x, y = shape["label"]
    return Region(place, shape["path"], x, y, shape["outside"])


def _city(place: Place, x: int, y: int) -> City:
    right, down = CITY_LABELS[place.code]
    return City(place, x, y, x + right, y + down)


@cache
def _shapes() -> Any:
    return json.loads(files("aiqyn_portal.base").joinpath("shapes/kazakhstan.json").read_text())
