"""GeoJSON: the properties of its features as a table, their shapes checked."""

from typing import Any

from msgspec.structs import replace

from aiqyn.subjects.datafile.geo import Survey
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.datafile.records import Record, of_records
from aiqyn.subjects.datafile.tables import Tables

GEOMETRIES = {  # how deep the positions of each lie in its coordinates
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_ROUND = ("Polygon", "MultiPolygon")


def is_geojson(value: Any) -> bool:
    """Whether a JSON document is GeoJSON by its own word and shape."""
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if kind == "FeatureCollection":
        return isinstance(value.get("features"), list)
    if kind == "Feature":
        return "geometry" in value
    if kind == "GeometryCollection":
        return isinstance(value.get("geometries"), list)
    return kind in GEOMETRIES and isinstance(value.get("coordinates"), list)


def begun(value: Any) -> Any:
    """Return the beginning of a document as GeoJSON where its word for that may be at its end."""
    features = value.get("features") if isinstance(value, dict) and "type" not in value else None
    if not isinstance(features, list) or not features:
        return value
    are_so = all(isinstance(each, dict) and each.get("type") == "Feature" for each in features)
    return {"type": "FeatureCollection", **value} if are_so else value


def read(value: Record, asking: Asking) -> DataFile:
    """Return the features as a table; a row is a feature, in the order of the file."""
    survey = Survey(crs=_crs(value))
    records: list[Record] = []
    points: list[Record] = []
    for row, feature in enumerate(_features(value), 1):
        record, geometry = _parts(feature)
        _survey(geometry, row, survey)
        records.append(record)
        points.append(_point(geometry))
    if any(points):
        nowhere = {"longitude": None, "latitude": None}
        records = [{**r, **nowhere, **point} for r, point in zip(records, points, strict=True)]
    tables = Tables(asking)
    if records:
        grid = of_records(records, asking.limits)
        tables.add(replace(grid, troubles=(*survey.troubles(), *grid.troubles)))
    return replace(tables.file("geojson"), shapes=survey.shapes())


def _features(value: Record) -> list[Any]:
    if value["type"] == "FeatureCollection":
        return value["features"]  # type: ignore[no-any-return]
    return [value] if value["type"] == "Feature" else [{"geometry": value}]


def _parts(feature: Any) -> tuple[Record, Any]:
    if not isinstance(feature, dict):
        return {}, None
    properties = feature.get("properties")
    record = dict(properties) if isinstance(properties, dict) else {}
    if feature.get("id") is not None:
        record = {"id": feature["id"], **record}
    return record, feature.get("geometry")


def _crs(value: Record) -> str:
    """Return what the file says of its coordinates; "" is longitude and latitude of WGS 84."""
    crs = value.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name[:200] if isinstance(name, str) else ""


def _point(geometry: Any) -> Record:
    """Return the place of a point as two columns."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return {}
    place = geometry.get("coordinates")
    if not isinstance(place, list) or len(place) < 2:
        return {}
    return {"longitude": place[0], "latitude": place[1]}


def _survey(geometry: Any, row: int, survey: Survey) -> None:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        for each in geometry["geometries"]:
            _survey(each, row, survey)
        return
    if kind not in GEOMETRIES:
        survey.add("", [], row)
        return
    parts = _lines(geometry.get("coordinates"), GEOMETRIES[kind])
    survey.add(kind, parts, row, is_round=kind in _ROUND)


def _lines(coordinates: Any, depth: int) -> list[list[Any]]:
    """Return the lists of positions at `depth` levels of coordinates."""
    if depth == 0:
        return [[coordinates]]
    level = [coordinates]
    for _ in range(depth - 1):
        level = [each for part in level if isinstance(part, list) for each in part]
    return [part for part in level if isinstance(part, list)]
