import json
import zipfile

import pytest

from aiqyn.subjects.datafile.geo import Survey
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Shapes, Spot, Trouble
from aiqyn.subjects.datafile.open import read

RING = [[68.0, 43.0], [69.0, 43.0], [69.0, 44.0], [68.0, 43.0]]


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties or {"n": 1}, "geometry": geometry}


def point(*place):
    return {"type": "Point", "coordinates": list(place)}


@pytest.fixture
def given(tmp_path):
    def write(features, **more):
        file = tmp_path / "a.geojson"
        value = {"type": "FeatureCollection", "features": features, **more}
        if isinstance(features, dict):
            value = features
        file.write_text(json.dumps(value))
        return read(file)

    return write


def told(found):
    return [(each.kind, each.count, each.spots[0].row) for each in found.tables[0].troubles]


def test_features_are_rows_with_their_place(given):
    found = given(
        [
            {**feature(point(71.4, 51.1), name="Астана"), "id": "a"},
            {**feature(point(76.9, 43.2, 700), name="Алматы"), "id": "b"},
        ]
    )

    assert (found.format, found.troubles, found.tables[0].troubles) == ("geojson", (), ())
    assert found.tables[0].header == ("id", "name", "longitude", "latitude")
    assert found.shapes == Shapes(kinds=(("Point", 2),), box=("71.4", "43.2", "76.9", "51.1"))


SHAPES = {
    "MultiPoint": RING,
    "LineString": RING,
    "MultiLineString": [RING],
    "Polygon": [RING],
    "MultiPolygon": [[RING]],
}


@pytest.mark.parametrize("kind", SHAPES)
def test_every_kind_of_shape_is_read(given, kind):
    found = given([feature({"type": kind, "coordinates": SHAPES[kind]}, n=at) for at in range(2)])

    assert found.tables[0].troubles == ()
    assert found.shapes == Shapes(kinds=((kind, 2),), box=("68", "43", "69", "44"))


def test_shapes_inside_a_collection_are_counted(given):
    collection = {"type": "GeometryCollection", "geometries": [point(70, 50), point(71, 50)]}

    assert given([feature(collection)]).shapes.kinds == (("Point", 2),)
    assert given(collection).shapes.kinds == (("Point", 2),)


@pytest.mark.parametrize("value", [feature(point(70, 50)), point(70, 50)])
def test_one_feature_or_shape_alone_is_geojson(given, value):
    assert (given(value).format, given(value).shapes.kinds) == ("geojson", (("Point", 1),))


@pytest.mark.parametrize(
    ("geometry", "trouble"),
    [
        (point(43.2, 76.9), "coordinates_swapped"),
        (point(51.1, 71.4), "coordinates_swapped"),
        (point(300, 50), "coordinates_out_of_range"),
        (point(7_700_000, 5_300_000), "coordinates_out_of_range"),
        (point(0, 0), "zero_coordinates"),
        (point("76.9", "43.2"), "broken_coordinates"),
        (point(76.9), "broken_coordinates"),
        (point(True, 43), "broken_coordinates"),
        ({"type": "Point", "coordinates": {}}, "broken_coordinates"),
        ({"type": "Polygon", "coordinates": [RING[:3]]}, "open_ring"),
        ({"type": "Polygon", "coordinates": [[*RING[:3], RING[1]]]}, "open_ring"),
        ({"type": "Polygon", "coordinates": []}, "no_geometry"),
        ({"type": "Polygon", "coordinates": [5]}, "no_geometry"),
        ({"type": "MultiPolygon", "coordinates": [5]}, "no_geometry"),
        ({"type": "Circle", "coordinates": [1]}, "no_geometry"),
        (None, "no_geometry"),
        ("words", "no_geometry"),
    ],
)
def test_shape_that_is_wrong_is_told_with_its_feature(given, geometry, trouble):
    found = given(
        [feature(geometry, n=1), feature({"type": "LineString", "coordinates": RING}, n=2)]
    )

    assert (trouble, 1, 1) in told(found)


@pytest.mark.parametrize("place", [(51.2, 43.6), (-0.1, 51.5), (52.3, 54.9)])
def test_places_that_are_right_as_written_are_left_alone(given, place):
    assert given([feature(point(*place))]).tables[0].troubles == ()


def test_another_system_of_coordinates_is_told_and_not_judged(given):
    name = "urn:ogc:def:crs:EPSG::32642"
    crs = {"type": "name", "properties": {"name": name}}
    found = given([feature(point(500_000, 4_800_000))], crs=crs)

    assert found.tables[0].troubles == (Trouble(kind="foreign_crs", detail=name),)
    assert found.shapes == Shapes(kinds=(("Point", 1),), crs=name)


@pytest.mark.parametrize(
    "crs",
    [
        None,
        {"properties": 5},
        {"properties": {"name": 5}},
        {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
    ],
)
def test_usual_system_of_coordinates_is_no_trouble(given, crs):
    assert given([feature(point(70, 50))], crs=crs).tables[0].troubles == ()


def test_features_that_are_none_are_rows_without_a_place(given):
    found = given(
        ["words", {"type": "Feature", "properties": None, "geometry": None}, feature(point(70, 50))]
    )

    assert found.tables[0].troubles[0] == Trouble(
        kind="no_geometry", count=2, spots=(Spot(row=1), Spot(row=2))
    )


@pytest.mark.parametrize(
    "value",
    [
        {"type": "FeatureCollection", "features": 5},
        {"type": "Feature"},
        {"type": "GeometryCollection"},
        {"type": "Point"},
    ],
)
def test_json_that_only_calls_itself_so_is_no_geojson(given, value):
    assert given(value).format == "json"


def test_collection_without_features_is_empty(given):
    found = given([])

    assert (found.format, [each.kind for each in found.troubles]) == ("geojson", ["empty_file"])


def test_spots_of_a_survey_are_bounded():
    survey = Survey()
    for row in range(1_500):
        survey.add("", [], row)

    assert [(each.count, len(each.spots)) for each in survey.troubles()] == [(1_500, 1_000)]


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Қала</name>
<Placemark><name>Мектеп</name><ExtendedData>
  <Data name="саны"><value>5</value></Data><SchemaData><SimpleData name="код">12</SimpleData>
  </SchemaData></ExtendedData>
  <Point><coordinates>68.2,43.3,0</coordinates></Point></Placemark>
<Placemark><name>Саябақ</name><description>кең</description>
  <MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>
  68,43 69,43 69,44 68,43</coordinates></LinearRing></outerBoundaryIs></Polygon>
  <Point><coordinates>43.3,68.2</coordinates></Point></MultiGeometry></Placemark>
<Placemark><name>Жоқ</name></Placemark>
<Placemark><name>Қате</name><Point><coordinates>x,y</coordinates></Point>
  <Point><coordinates></coordinates></Point></Placemark>
</Document></kml>"""


def test_placemarks_are_rows_with_their_data_and_shapes(tmp_path):
    file = tmp_path / "a.kml"
    file.write_text(KML)
    found = read(file)

    assert (found.format, found.encoding, found.troubles) == ("kml", "utf-8", ())
    assert found.tables[0].header == (
        "name", "саны", "код", "longitude", "latitude", "description"
    )  # fmt: skip
    assert found.shapes.kinds == (("Point", 3), ("Polygon", 1))
    assert told(found)[:3] == [
        ("broken_coordinates", 1, 4),
        ("coordinates_swapped", 1, 2),
        ("no_geometry", 2, 3),
    ]


def test_kmz_is_kml_inside_zip(tmp_path):
    file = tmp_path / "a.kmz"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("doc.kml", KML)
        package.writestr("files/a.png", b"\x89PNG\r\n\x1a\n")
    found = read(file)

    assert (found.format, found.inside, found.troubles) == ("kml", "zip", ())
    assert found.tables[0].rows == 4


@pytest.mark.parametrize(
    ("content", "limits", "troubles"),
    [
        ("<kml></kml>", Limits(), ["empty_file"]),
        ("<kml><Placemark><name>a</name></Placemark>", Limits(), ["truncated"]),
        (KML.replace('encoding="UTF-8"', 'encoding="windows-1251"'), Limits(), ["not_utf8"]),
        (KML, Limits(parsed=10), ["too_large"]),
    ],
)
def test_kml_that_cannot_be_read_whole_is_told(tmp_path, content, limits, troubles):
    file = tmp_path / "a.kml"
    file.write_text(content)

    assert [each.kind for each in read(file, limits=limits).troubles] == troubles
