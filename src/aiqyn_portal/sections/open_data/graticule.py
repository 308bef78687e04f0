"""Meridians and parallels of a part of the map: where no border is near, they tell the place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from aiqyn_portal.base.formats import say_number

STEPS = (0.1, 0.2, 0.5, 1, 2, 5)  # degrees between two lines
MOST = 6  # lines across
POINTS = 16  # of a line, which is a curve

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen of the sheet, in its units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its degrees, written where it leaves the window."""

    points: str  # of an SVG polyline
    label: str
    x: float
    y: float


def lines(window: Window, middle: Spot, on_sheet: Callable[[float, float], Spot]) -> list[Line]:
    """Return the lines that cross the window; `middle` is a longitude and latitude seen in it.

    `on_sheet` tells where a longitude and latitude stand on the sheet.
    """
    lon, lat = middle
    here, east, north = on_sheet(lon, lat), on_sheet(lon + 0.5, lat), on_sheet(lon, lat + 0.5)
    wide = window.width / (2 * (east[0] - here[0]))  # degrees
    high = window.height / (2 * (here[1] - north[1]))
    step = next((each for each in STEPS if wide <= each * MOST), STEPS[-1])
    lons = [lon + wide * (2 * n / POINTS - 1) for n in range(POINTS + 1)]
    lats = [lat + high * (2 * n / POINTS - 1) for n in range(POINTS + 1)]
    drawn = [
        _line([on_sheet(each, y) for y in lats], each, window, 1)
        for each in _multiples(lons[0], lons[-1], step)
    ]
    drawn += [
        _line([on_sheet(x, each) for x in lons], each, window, 0)
        for each in _multiples(lats[0], lats[-1], step)
    ]
    return [each for each in drawn if _is_seen(each, window)]


def _is_seen(line: Line, window: Window) -> bool:
    across = window.x <= line.x <= window.x + window.width
    return across and window.y <= line.y <= window.y + window.height


def _multiples(least: float, most: float, step: float) -> Iterator[float]:
    return (n * step for n in range(ceil(least / step), floor(most / step) + 1))


def _line(spots: list[Spot], degrees: float, window: Window, axis: int) -> Line:
    """A line, labelled at the lower end of the window (`axis` 1) or at its left one (0)."""
    edge = window.y + window.height if axis else window.x
    near = min(spots, key=lambda spot: abs(spot[axis] - edge))
    x, y = (near[0], edge) if axis else (edge, near[1])
    points = " ".join(f"{across:.2f},{down:.2f}" for across, down in spots)
    return Line(points, f"{say_number(round(degrees, 1))}°", round(x, 2), round(y, 2))
