"""JSON that is larger than is held: its beginning is graded, whatever stands where."""

import json

import pytest

from aiqyn.subjects.datafile import json_begun
from aiqyn.subjects.datafile.json_begun import Begun
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Trouble
from aiqyn.subjects.datafile.open import read

RECORDS = [{"коды": f"75{at:04d}", "саны": at * 10, "үлесі": at / 4} for at in range(400)]


@pytest.fixture(autouse=True)
def _steps(monkeypatch):
    monkeypatch.setattr(json_begun, "STEP", 37)


@pytest.fixture
def given(tmp_path):
    def write(content, **limits):
        file = tmp_path / "data.json"
        if not isinstance(content, bytes | str):
            content = json.dumps(content, ensure_ascii=False)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file, Limits(**({"parsed": 5_000} | limits))

    return write


def begun(path, limits):
    return Begun(path, json.JSONDecoder().raw_decode, limits).value


def kinds(found):
    return {trouble.kind for trouble in found.troubles}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("wrap", "name"),
    [
        (lambda records: records, ""),
        (lambda records: {"meta": {"a": 1, "b": [], "c": {}}, "data": records, "z": 1}, "data"),
        (lambda records: {"result": {"page": 2.5, "records": records}}, "result.records"),
    ],
)
def test_as_many_records_as_fit_are_graded(given, wrap, name, indent):
    path, limits = given(json.dumps(wrap(RECORDS), ensure_ascii=False, indent=indent))

    found = read(path, limits=limits)

    (table,) = found.tables
    assert (found.format, found.encoding, found.was_cut) == ("json", "utf-8", True)
    assert found.troubles == (Trouble(kind="too_large", detail=str(path.stat().st_size)),)
    assert (table.name, table.header) == (name, ("коды", "саны", "үлесі"))
    assert 40 < table.rows < 200
    assert [column.kind for column in table.columns][1:] == ["whole", "decimal"]


@pytest.mark.parametrize("limits", [{"rows": 7}, {"cells": 21}])
def test_no_more_rows_and_cells_are_held_than_may_be(given, limits):
    assert begun(*given(RECORDS, **limits)) == RECORDS[:7]


def test_members_of_an_object_are_counted_too(given):
    assert begun(*given({str(at): at for at in range(100)}, cells=3)) == {"0": 0, "1": 1, "2": 2}


@pytest.mark.parametrize(
    "value",
    [
        [1, -25, 3.5e10, True, None, 'a\\"b', "\u2028", [], [[1]], {}, {"a": [{}]}],
        {"a": {"b": {"c": {"d": {"e": [1, 2]}}}}},
        {"a": 5, "b": {"c": 7.25, "d": 1e-7}, "e": -3},
        "жалғыз жол",
        12345,
        [],
        {},
    ],
)
def test_what_fits_is_read_as_anybody_reads_it(given, value):
    for step in range(1, 9):
        json_begun.STEP = step
        assert begun(*given(json.dumps(value, ensure_ascii=False))) == value
        assert begun(*given(json.dumps(value, indent=1))) == value


def test_a_first_value_that_is_too_long_leaves_nothing_to_grade(given):
    path, limits = given('["' + "a" * 9_000 + '"]', line=1_000)

    found = read(path, limits=limits)

    assert (found.tables, kinds(found), found.was_cut) == ((), {"too_large"}, True)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[{"a":1},{"a":2;}]', "character 16"),
        ('[{"a":1} {"a":2}]', "character 10"),
        ('{"a" [1]}', "character 6"),
        ('[{"a":1}] [{"a":2}]', "character 11"),
        ('{\n "a": 1\n}\n{\n "a": 2\n}', "character 13"),
        ("[0,]", "character 4"),
        ('{"a":{"b":1,},"c":[1]}', "character 13"),
        ('{"a":{5:1},"c":[1]}', "character 7"),
        (f"{' ' * 300}[1, x]", "character 305"),
    ],
)
def test_broken_json_is_told_with_its_place(given, text, where):
    path, limits = given(text + " " * 6_000)

    (trouble,) = read(path, limits=limits).troubles

    assert trouble.kind == "broken_format"
    assert trouble.detail.startswith(f"{where}: ")


def test_json_that_is_too_deep_is_told(given):
    path, limits = given("[" + "[" * 100_000 + "]" * 100_000 + "]", parsed=150_000)

    assert kinds(read(path, limits=limits)) == {"too_deep"}


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", {"too_large"}),
        ("utf-8-sig", {"too_large", "byte_order_mark"}),
        ("utf-16", {"too_large", "not_utf8"}),
    ],
)
def test_encodings_are_told(given, encoding, expected):
    path, limits = given(json.dumps(RECORDS, ensure_ascii=False).encode(encoding))

    found = read(path, limits=limits)

    assert kinds(found) == expected
    assert found.tables[0].header == ("коды", "саны", "үлесі")


def test_broken_letters_and_halves_of_characters_are_counted(given):
    text = json.dumps(
        [{"а": f"жолдардағы ә\ufffd{at}"} for at in range(300)], ensure_ascii=False
    ).encode()
    text = text.replace(b"\xd3\x99\xef\xbf\xbd7", b"\xd3\xef\xbf\xbd7", 1)
    text = text.replace("ә".encode(), rb"\ud83d", 1)
    path, limits = given(text)

    found = read(path, limits=limits)

    assert [(each.kind, each.count) for each in found.troubles if each.kind != "too_large"] == [
        ("invalid_encoding", 1),
        ("invalid_encoding", 1),
    ]


def test_the_beginning_of_a_map_is_a_map(given):
    features = [
        {
            "type": "Feature",
            "properties": {"атауы": f"Мектеп {at}"},
            "geometry": {"type": "Point", "coordinates": [76.9, 43.2]},
        }
        for at in range(200)
    ]
    path, limits = given({"type": "FeatureCollection", "features": features})

    found = read(path, limits=limits)

    assert (found.format, found.was_cut) == ("geojson", True)
    assert 10 < found.tables[0].rows < 100


def test_what_follows_the_first_value_makes_it_no_json(given):
    path, limits = given('[{"a":1},{"a":2}]' + "<html>қате</html>\n" * 400)

    found = read(path, limits=limits)

    assert (found.tables, kinds(found)) == ((), {"broken_format"})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('{"x":1,"x":2,"x":3,"data":[%s]}', ["x"]),
        ('{"data":[{"id":1}],"data":[%s]}', ["data"]),
        ('{"meta":{"x":1,"x":2},"a":{"b":{"c":1,"c":[%s]}}}', ["x", "c"]),
    ],
)
def test_names_told_twice_around_the_list_are_told(given, text, names):
    path, limits = given(text % ",".join(f'{{"id":{at}}}' for at in range(800)))

    (twice,) = [each for each in read(path, limits=limits).troubles if each.kind != "too_large"]

    assert (twice.kind, twice.count) == ("duplicate_field", len(names))
    assert [spot.saw for spot in twice.spots] == names


def test_what_is_wrong_in_a_record_that_the_window_cuts_is_counted_once(given):
    record = r'{"a":"\ud83d","b":NaN,"c":{"d":1,"d":2}}'
    for step in (3, 11, 40, 1_000):
        json_begun.STEP = step
        path, limits = given(f"[{record},{record}]" + " " * 5_000)

        found = {each.kind: each.count for each in read(path, limits=limits).troubles}

        assert found == {
            "duplicate_field": 2,
            "invalid_encoding": 2,
            "not_a_number": 2,
            "too_large": 1,
        }


@pytest.mark.parametrize("missing", [1, 2])
def test_a_byte_order_mark_past_the_limit_cuts_nothing(given, missing):
    content = json.dumps(RECORDS).encode("utf-8-sig")
    path, limits = given(content, parsed=len(content) - missing)

    found = read(path, limits=limits)

    assert kinds(found) == {"byte_order_mark", "too_large"}
    assert found.tables[0].rows == len(RECORDS)


def test_a_map_that_tells_last_what_it_is_is_a_map(given):
    point = {"type": "Point", "coordinates": [76.9, 43.2]}
    features = [
        {"type": "Feature", "geometry": point, "properties": {"id": at}} for at in range(99)
    ]
    path, limits = given({"features": features, "type": "FeatureCollection"})

    assert read(path, limits=limits).format == "geojson"


@pytest.mark.parametrize("features", [[{"id": at} for at in range(900)], list(range(2_000))])
def test_features_of_another_kind_are_no_map(given, features):
    path, limits = given({"features": features})

    assert read(path, limits=limits).format == "json"
