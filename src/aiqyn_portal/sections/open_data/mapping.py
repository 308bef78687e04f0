"""The rows of a file on the map of Kazakhstan: dots for coordinates, shades for KATO codes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, radians, sin, sqrt
from pathlib import Path

from django.utils.translation import gettext as _
from msgspec.structs import replace

from aiqyn.catalogue import read
from aiqyn.chain import Noun
from aiqyn.datastore import QueryRefused
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.places import Cell, Points, Regions, points, regions
from aiqyn.errors import EvidenceError
from aiqyn_portal.base import maps
from aiqyn_portal.base.formats import language, say_number
from aiqyn_portal.sections.open_data import graticule, tables
from aiqyn_portal.sections.open_data.graticule import Line, Window
from aiqyn_portal.sections.open_data.models import Column, File

SHOWN_CELLS = 20  # in the table beside dots
SMALLEST, LARGEST = 3.0, 16.0  # radius of a dot, while the whole sheet is seen
NEAR = 7.0  # the smallest, where only a part is seen
NARROWEST = 60.0  # of the sheet that is seen at least: some 200 km across
AROUND = 1.3  # room around the dots
NUMBERS = ("whole", "decimal", "code", "text")
_LAT = re.compile(r"\b(?:lat|latitude|y_?coord|ендік|ендігі|широта)\b", re.IGNORECASE)
_LON = re.compile(r"\b(?:lon|lng|long|longitude|x_?coord|бойлық|бойлығы|долгота)\b", re.IGNORECASE)
_KATO = re.compile(r"\b(?:kato|като|қато|ӘАОЖ)\b|(?:^|_)kato(?:_|$)", re.IGNORECASE)
# Albers' equal-area projection of tools/assets/map.mjs, on the sheet of base/shapes
_FIRST, _SECOND, _LAT0, _LON0 = radians(44), radians(52), radians(48), radians(67)
_N = (sin(_FIRST) + sin(_SECOND)) / 2
_C = cos(_FIRST) ** 2 + 2 * _N * sin(_FIRST)
_KNOWN = {  # longitude and latitude of places the sheet has spots for
    "kz-akm-astana": (71.43, 51.13),
    "kz-akm-almaty": (76.93, 43.25),
    "kz-akm-shymkent": (69.6, 42.32),
}


class Region(Noun, frozen=True, kw_only=True):
    """A region as KATO knows it."""

    kk: str
    ru: str
    en: str
    shape: str


@dataclass(frozen=True, slots=True)
class Dot:
    """Rows of one cell on the sheet."""

    x: float
    y: float
    radius: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map and the table beside it."""

    sheet: maps.RegionMap
    window: Window | None  # None: all of it
    degrees: list[Line]  # across the window
    dots: list[Dot]
    head: list[str]
    lines: list[list[str]]
    note: str


def drawn(file: File, columns: Sequence[Column]) -> Drawn | None:
    """Draw the rows of a file; None where no column says where they lie."""
    lat, lon = _named(columns, _LAT), _named(columns, _LON)
    kato = _named(columns, _KATO)
    try:
        if lat and lon:
            return _of_points(_points(file.table_sha256, lat.name, lon.name))
        if kato:
            return _of_regions(_regions(file.table_sha256, kato.name))
    except (QueryRefused, QueryTooLong, EvidenceError):
        """It is shown without a map."""
    return None


def _named(columns: Sequence[Column], words: re.Pattern[str]) -> Column | None:
    fitting = (each for each in columns if each.kind in NUMBERS and words.search(each.name))
    return next(fitting, None)


@lru_cache(maxsize=128)
def _points(table_sha256: str, lat: str, lon: str) -> Points:
    return points(tables.plain_file(table_sha256), lat=lat, lon=lon)


@lru_cache(maxsize=128)
def _regions(table_sha256: str, kato: str) -> Regions:
    return regions(tables.plain_file(table_sha256), kato)


def _of_points(found: Points) -> Drawn | None:
    found = _on_sheet_alone(found)
    if not found.cells:
        return None
    title = _("Where the rows lie, by coordinates")
    note = _noted(found)
    sheet = _sheet({}, title, note)
    spots = [on_sheet(cell.lon, cell.lat) for cell in found.cells]
    window = seen_of(sheet, spots)
    radius = _radius(found.cells[0].rows, window.width / sheet.width if window else 1.0)
    dots = [
        Dot(round(x, 2), round(y, 2), radius(cell.rows), _label(cell))
        for cell, (x, y) in zip(found.cells, spots, strict=True)
    ]
    lines = [
        [say_number(cell.lat), say_number(cell.lon), say_number(cell.rows)]
        for cell in found.cells[:SHOWN_CELLS]
    ]
    head = [_("Latitude"), _("Longitude"), _("Rows")]
    degrees = graticule.lines(window, _middle(found), on_sheet) if window else []
    return Drawn(sheet, window, degrees, dots, head, lines, note)


def _on_sheet_alone(found: Points) -> Points:
    """The same without cells beyond the sheet: their rows lie elsewhere."""
    sheet = _sheet({}, "", "")
    seen = []
    for cell in found.cells:
        x, y = on_sheet(cell.lon, cell.lat)
        if 0 <= x <= sheet.width and 0 <= y <= sheet.height:
            seen.append(cell)
    gone = sum(cell.rows for cell in found.cells) - sum(cell.rows for cell in seen)
    return replace(
        found,
        cells=tuple(seen),
        total=found.total - len(found.cells) + len(seen),
        inside=found.inside - gone,
        outside=found.outside + gone,
    )


def _noted(found: Points) -> str:
    said = {
        "inside": say_number(found.inside),
        "outside": say_number(found.outside),
        "without": say_number(found.without),
        "cells": say_number(len(found.cells)),
        "total": say_number(found.total),
        "step": say_number(found.step),
    }
    note = _(
        "Rows on the map: %(inside)s; elsewhere: %(outside)s; without coordinates: %(without)s. "
        "Places drawn: %(cells)s of %(total)s; rows within a cell of %(step)s° are one place."
    )
    return note % said


def _radius(most: int, scale: float) -> Callable[[int], float]:
    """How large a dot is by its rows, on a sheet seen at this scale: areas tell the rows."""
    least = SMALLEST if scale == 1 else NEAR
    return lambda rows: round(
        scale * (least + (LARGEST - least) * sqrt(rows / most) if most > 1 else least), 2
    )


def _label(cell: Cell) -> str:
    return f"{say_number(cell.lat)}; {say_number(cell.lon)}: {say_number(cell.rows)}"


def _middle(found: Points) -> tuple[float, float]:
    lons, lats = [each.lon for each in found.cells], [each.lat for each in found.cells]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def seen_of(sheet: maps.RegionMap, spots: Sequence[tuple[float, float]]) -> Window | None:
    """Return the part of the sheet around some spots, as wide to its height as the sheet."""
    ends = [(min(each), max(each)) for each in zip(*spots, strict=True)]
    (west, east), (north, south) = ends
    ratio = sheet.width / sheet.height
    width = max(AROUND * (east - west), AROUND * (south - north) * ratio, NARROWEST)
    if width >= sheet.width:
        return None
    height = width / ratio
    x = min(max((west + east - width) / 2, 0), sheet.width - width)
    y = min(max((north + south - height) / 2, 0), sheet.height - height)
    return Window(round(x, 1), round(y, 1), round(width, 1), round(height, 1))


def _of_regions(found: Regions) -> Drawn | None:
    known = {code: rows for code, rows in found.rows.items() if code in _names()}
    if not known:
        return None
    ranked = sorted(known.items(), key=lambda each: (-each[1], each[0]))
    lines = [[getattr(_names()[code], language()), say_number(rows)] for code, rows in ranked]
    without = found.without + sum(found.rows.values()) - sum(known.values())
    note = _("Rows without a KATO code of a region: %(without)s.") % {
        "without": say_number(without)
    }
    unseen = [
        line[0]
        for line, (code, _rows) in zip(lines, ranked, strict=True)
        if not _names()[code].shape
    ]
    if unseen:
        note += " " + _("Without a shape on the map, in the table only: %(names)s.") % {
            "names": ", ".join(unseen)
        }
    title = _("Where the rows lie, by KATO codes")
    return Drawn(_sheet(known, title, note), None, [], [], [_("Region"), _("Rows")], lines, note)


def _sheet(rows: dict[str, int], title: str, description: str) -> maps.RegionMap:
    """All shapes there are, shaded by how many rows lie in them."""
    most = max(rows.values(), default=1)
    places = [
        maps.Place(
            code=region.shape,
            label=getattr(region, language()),
            value=say_number(rows[code]) if code in rows else "",
            step=1 + (maps.STEPS - 1) * rows[code] // most if code in rows else maps.NO_FIGURE,
            href="",
        )
        for code, region in _names().items()
    ]
    return maps.region_map(places, title=title, description=description, legend=[])


@cache
def _names() -> dict[str, Region]:
    return read(Path(__file__).with_name("regions.yaml"), dict[str, Region])


def on_sheet(lon: float, lat: float) -> tuple[float, float]:
    """Return where a place stands on the sheet of the shapes."""
    scale, right, down = _fitted()
    x, y = _projected(lon, lat)
    return x * scale + right, y * scale + down


def _projected(lon: float, lat: float) -> tuple[float, float]:
    theta = _N * (radians(lon) - _LON0)
    rho = sqrt(_C - 2 * _N * sin(radians(lat))) / _N
    rho0 = sqrt(_C - 2 * _N * sin(_LAT0)) / _N
    return rho * sin(theta), rho * cos(theta) - rho0


@cache
def _fitted() -> tuple[float, float, float]:
    """Return scale and offsets by which the known places come nearest to their spots."""
    spots = {city.place.code: (city.x, city.y) for city in _sheet({}, "", "").cities}
    flat = [_projected(*_KNOWN[code]) for code in spots]
    xs, ys = [x for x, _y in flat], [y for _x, y in flat]
    ups, downs = [spot[0] for spot in spots.values()], [spot[1] for spot in spots.values()]
    count = len(flat)
    mean = [sum(each) / count for each in (xs, ys, ups, downs)]
    shared = sum(
        (x - mean[0]) * (u - mean[2]) + (y - mean[1]) * (d - mean[3])
        for x, y, u, d in zip(xs, ys, ups, downs, strict=True)
    )
    spread = sum((x - mean[0]) ** 2 + (y - mean[1]) ** 2 for x, y in flat)
    scale = shared / spread
    return scale, mean[2] - scale * mean[0], mean[3] - scale * mean[1]
