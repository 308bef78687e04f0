import json
import urllib.request

import pytest

from aiqyn.subjects.datafile import json_text, records
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.open import read

RECORDS = [
    {"коды": "750000000", "атауы": "Алматы", "саны": 5, "үлесі": 0.5},
    {"коды": "710000000", "атауы": "Астана", "саны": 7, "үлесі": 0.7},
    {"коды": "790000000", "атауы": "Шымкент", "саны": 9, "үлесі": 0.9},
]


@pytest.fixture
def given(tmp_path):
    def write(content, name="data.json", limits=None):
        file = tmp_path / name
        if not isinstance(content, bytes | str):
            content = json.dumps(content, ensure_ascii=False)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(file, limits=limits or Limits())

    return write


def shape(found):
    """Name, names of columns and number of rows of every table."""
    return [(table.name, table.header, table.rows) for table in found.tables]


def kinds(found):
    return [trouble.kind for trouble in found.troubles]


NAMES = ("коды", "атауы", "саны", "үлесі")


@pytest.mark.parametrize(
    ("content", "tables"),
    [
        (RECORDS, [("", NAMES, 3)]),
        ({"totalCount": 3, "data": RECORDS}, [("data", NAMES, 3)]),
        ({"result": {"records": RECORDS}}, [("result.records", NAMES, 3)]),
        ({"hits": {"hits": [{"_source": each} for each in RECORDS]}}, [("hits.hits", NAMES, 3)]),
        ({"a": RECORDS, "b": RECORDS}, [("a", NAMES, 3), ("b", NAMES, 3)]),
        ({"columns": ["x", "y"], "data": [[1, 2], [3, 4]]}, [("", ("x", "y"), 2)]),
        ({"x": [1, 2], "y": ["a", "b"]}, [("", ("x", "y"), 2)]),
        ([["x", "y"], [1, 2], [3, 4]], [("", ("x", "y"), 2)]),
        ([1, 2, 3], [("", ("value",), 3)]),
        ({"a": [1, 2, 3], "b": 1}, [("", ("a", "b"), 1)]),
        ({"a": {"x": 1}, "b": {"x": 2}, "c": {"x": 3}}, [("", ("key", "x"), 3)]),
        ({"a": {"x": 1}, "b": {"y": 2}, "c": {"z": 3}}, [("", ("a.x", "b.y", "c.z"), 1)]),
        ({"ok": True, "note": "x"}, [("", ("ok", "note"), 1)]),
        ([], []),
        ({}, []),
        ("words", []),
    ],
)
def test_records_are_found_however_they_are_wrapped(given, content, tables):
    found = given(json.dumps(content))

    assert shape(found) == tables


def test_numbers_and_words_come_as_the_file_stores_them(given):
    found = given([{"саны": 5}, {"саны": 7}, {"саны": "9"}, {"саны": 4}, {"саны": 3}])

    column = found.tables[0].columns[0]
    assert (column.kind, column.least, column.greatest) == ("whole", "3", "9")
    assert [(each.kind, each.spots) for each in found.tables[0].troubles] == [
        ("number_as_text", (Spot(row=3, column=1, name="саны", saw="9", wants="9"),))
    ]


def test_objects_inside_records_become_columns_and_lists_become_text(given):
    found = given(
        [
            {"id": 1, "a": {"b": {"c": {"d": 1}}}, "tags": ["x", 2], "in": [{"k": 1}], "e": {}},
            {"id": 2, "a": {"b": {"c": {"d": 2}}}, "tags": [], "in": [{"k": 2}], "e": {}},
        ]
    )

    assert found.tables[0].header == ("id", "a.b.c", "tags", "in", "e")
    assert found.tables[0].troubles[0] == Trouble(
        kind="nested_records",
        count=6,
        spots=(Spot(name="a.b.c"), Spot(name="in"), Spot(name="e")),
    )


def test_field_missing_from_some_records_is_told_with_its_place(given):
    found = given([{"a": 1, "b": 2}, {"a": 3}])

    assert found.tables[0].troubles[0] == Trouble(
        kind="missing_field", count=1, spots=(Spot(row=2, column=2, name="b"),)
    )


def test_repeated_keys_and_values_json_does_not_have_are_noted(given):
    found = given('[{"a": 1, "a": 2, "b": NaN}, {"a": 3, "b": Infinity}, {"a": 4, "b": -Infinity}]')

    assert [(each.kind, each.count, each.spots[0].saw) for each in found.troubles] == [
        ("duplicate_field", 1, "a"),
        ("not_a_number", 3, "NaN"),
    ]


def test_whole_numbers_beyond_what_programs_keep_are_told(given):
    found = given('[{"a": 123456789012345678901}, {"a": 5}, {"a": ' + "9" * 5_000 + "}]")

    assert found.tables[0].troubles[0] == Trouble(
        kind="big_number",
        count=1,
        spots=(Spot(row=1, column=1, name="a", saw="123456789012345678901"),),
    )


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ('[{"a": 1}, {"a"', "truncated"),
        ('[{"a": "x', "truncated"),
        ('[{"a": 1} {"a": 2}]', "broken_format"),
        ('{"a": 1,}', "broken_format"),
        ("[" * 1_000_000, "truncated"),
        ("[" * 100_000 + "]" * 100_000, "too_deep"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "too_deep"),
    ],
)
def test_broken_cut_and_endlessly_nested_json_is_told(given, content, trouble):
    found = given(content)

    assert (kinds(found), found.was_cut, found.tables) == ([trouble], trouble == "too_deep", ())


def test_nesting_that_can_be_read_and_not_worked_with_is_told(given):
    deep = "[" * 900 + "]" * 900
    found = given(f'{{"@id": "http://a.kz/1", "a": {deep}}}')

    assert (kinds(found), found.was_cut) == (["too_deep"], True)


def test_json_over_the_limit_is_not_read(given):
    found = given(RECORDS, limits=Limits(parsed=50))

    assert (kinds(found), found.was_cut, found.tables) == (["too_large"], True, ())


@pytest.mark.parametrize(
    ("encoding", "troubles", "told"),
    [
        ("utf-8", [], "utf-8"),
        ("utf-8-sig", ["byte_order_mark"], "utf-8"),
        ("utf-16", ["not_utf8"], "utf-16-le"),
        ("utf-16-le", ["not_utf8"], "utf-16-le"),
        ("windows-1251", ["not_utf8"], "windows-1251"),
    ],
)
def test_encoding_other_than_utf_8_is_told_and_read(given, encoding, troubles, told):
    text = json.dumps([{"город": "Тараз"}, {"город": "Атырау"}], ensure_ascii=False)
    found = given(text.encode(encoding))

    assert (kinds(found), found.encoding, shape(found)) == (troubles, told, [("", ("город",), 2)])


def test_damaged_letters_are_told(given):
    content = json.dumps(RECORDS * 5, ensure_ascii=False).encode()
    found = given(content.replace("Алматы".encode(), "Алматы".encode()[:-1], 1))

    assert [(each.kind, each.count) for each in found.troubles] == [("invalid_encoding", 1)]


@pytest.mark.parametrize(
    ("said", "name", "count"),
    [
        (r"a\ud800", "a\ufffd", 1),
        (r"\udc00\ud83d", "\ufffd\ufffd", 2),
        (r"\ud83d\ude00", "😀", 0),
        (r"\\ud800", r"\ud800", 0),
    ],
)
def test_half_a_character_is_replaced_and_told(given, said, name, count):
    found = given(f'[{{"{said}": "x"}}]')

    assert found.tables[0].header == (name,)
    assert [each.count for each in found.troubles if each.kind == "invalid_encoding"] == (
        [count] if count else []
    )


def test_json_line_by_line_goes_on_after_a_broken_line(given):
    found = given('{"a": 1}\n{"a": 2, "a": 3}\n\n{"a":\n[4]\n', name="data.jsonl")

    assert shape(found) == [("", ("a", "value"), 3)]
    assert [(each.kind, each.spots) for each in found.troubles] == [
        ("broken_record", (Spot(row=4, saw='{"a":'),)),
        ("duplicate_field", (Spot(row=2, saw="a"),)),
    ]


@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(line=40), Limits(parsed=80)])
def test_json_line_by_line_is_cut_at_a_limit(given, limits):
    lines = "".join(f'{{"a": {number}}}\n' for number in range(3)) + '{"a": "' + "x" * 100 + '"}\n'
    found = given(lines, name="data.jsonl", limits=limits)

    assert (found.was_cut, found.format, kinds(found)[-1]) == (True, "jsonl", "too_large")
    assert [table.rows for table in found.tables] == [2 if limits.rows == 2 else 3]


def test_lines_far_down_are_read_quickly_and_alike(given, monkeypatch):
    monkeypatch.setattr(json_text, "CAREFULLY", 1)
    lines = '{"a": 1, "a": 2}\n{"a": 3, "a": 4}\n{"a": NaN}\n{"a":\n[5]\n{"a": 6}\n'
    found = given(lines, name="data.jsonl")

    assert (shape(found), found.tables[0].columns[0].least) == ([("", ("a", "value"), 4)], "2")
    assert [(each.kind, each.count) for each in found.troubles] == [
        ("broken_record", 1),
        ("duplicate_field", 1),
        ("not_a_number", 1),
    ]


def test_records_of_ever_new_fields_are_cut(given):
    found = given([{f"k{at}": at} for at in range(20)], limits=Limits(cells=100))

    assert (found.was_cut, len(found.tables[0].columns)) == (True, 20)
    assert found.tables[0].troubles[0] == Trouble(kind="too_large", detail="20 × 20")


def test_lines_without_a_single_record_have_no_table(given):
    found = given('{"a"}\n{"b"}\n', name="data.jsonl")

    assert (found.tables, kinds(found)) == ((), ["broken_record"])


def test_columns_beyond_the_limit_are_left_out(given):
    found = given([{"a": 1, "b": 2, "c": 3}, {"d": 4}], limits=Limits(columns=2))

    assert found.tables[0].header == ("a", "b")


def test_search_for_records_ends(given, monkeypatch):
    monkeypatch.setattr(records, "SEARCHED", 3)
    found = given({"a": 1, "b": 2, "c": RECORDS})

    assert [table.header for table in found.tables] == [("a", "b", "c")]


def test_places_of_irregular_values_are_bounded(given):
    found = given("[" + ", ".join(['{"a": NaN}'] * 1_500) + "]")

    assert [(each.count, len(each.spots)) for each in found.troubles] == [(1_500, 1_000)]


LINKED = {
    "@context": {"@vocab": "https://schema.org/", "sameAs": {"@type": "@id"}},
    "@graph": [
        {"@id": "https://data.gov.kz/1", "name": "a", "sameAs": "https://www.wikidata.org/Q1"},
        {"@id": "https://data.gov.kz/2", "name": "b"},
    ],
}


def test_json_ld_is_a_graph_with_things_and_links(given):
    found = given(LINKED, name="data.jsonld")

    links = found.links
    assert (found.format, found.tables, found.troubles) == ("jsonld", (), ())
    assert (links.is_graph, links.triples, links.subjects, links.named) == (True, 3, 2, 2)
    assert (links.outward, links.hosts, links.sample) == (
        1,
        ("wikidata.org",),
        ("https://www.wikidata.org/Q1",),
    )


def test_contexts_of_other_sites_are_never_fetched(given, monkeypatch):
    asked = []
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", lambda *a, **k: asked.append(a))
    document = {
        "@context": ["http://127.0.0.1:9/context", "https://schema.org/", {"@import": "http://x/"}],
        "@id": "https://a.kz/1",
        "name": "x",
        "about": {"@context": "http://127.0.0.1:9/other", "@id": "https://b.kz/1"},
    }
    found = given(document)

    assert asked == []
    assert (found.format, found.links.triples) == ("jsonld", 2)
    assert found.troubles == (
        Trouble(
            kind="remote_context",
            count=2,
            spots=(Spot(saw="http://127.0.0.1:9/context"), Spot(saw="http://127.0.0.1:9/other")),
        ),
    )


def test_json_ld_that_says_nothing_is_read_as_records(given):
    found = given([{"@id": "a", "name": "x"}, {"@id": "b", "name": "y"}])

    assert (found.format, shape(found)) == ("json", [("", ("@id", "name"), 2)])


def test_field_that_is_null_everywhere_is_an_empty_column_and_a_blank_record_stays(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1, "b": null}, {"a": 2, "b": null}, {"a": null, "b": null}]', "utf-8")

    (table,) = read(path).tables

    told = {each.kind: each.spots for each in table.troubles}
    assert (table.rows, len(table.columns)) == (2, 2)
    assert told == {
        "blank_row": (Spot(row=3),),
        "empty_column": (Spot(column=2, name="b", saw="b"),),
    }
