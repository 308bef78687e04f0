import pytest

from aiqyn.subjects.datafile import xml_text
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Trouble
from aiqyn.subjects.datafile.open import read


@pytest.fixture
def given(tmp_path):
    def write(content, name="data.xml", limits=None):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(file, limits=limits or Limits())

    return write


def kinds(found):
    return [trouble.kind for trouble in found.troubles]


def shape(found):
    return [(table.name, table.header, table.rows) for table in found.tables]


ROWS = "".join(
    f'<school id="{at}"><name>Мектеп {at}</name><place><city>Тараз</city></place></school>'
    for at in range(3)
)


@pytest.mark.parametrize(
    ("content", "tables"),
    [
        (f"<r>{ROWS}</r>", [("school", ("id", "name", "place.city"), 3)]),
        (
            f"<r><meta><a>1</a></meta><all>{ROWS}</all></r>",
            [("school", ("id", "name", "place.city"), 3)],
        ),
        (
            f"<r><part>{ROWS * 9}</part><part>{ROWS}</part></r>",
            [("school", ("id", "name", "place.city"), 30)],
        ),
        ('<r><row a="1" b="x"/><row a="2" b="y"/></r>', [("row", ("a", "b"), 2)]),
        ("<r><b><n>x</n><t>1</t><t>2</t></b><b><n>y</n><t>3</t></b></r>", [("b", ("n", "t"), 2)]),
        ("<r><b><n/></b><b><n/></b></r>", [("b", ("n",), 0)]),
        ('<r><b k="1">x</b><b k="2">y</b></r>', [("b", ("k", "b"), 2)]),
        (
            "<x:r xmlns:x='u'><x:b><x:n>1</x:n></x:b><x:b><x:n>2</x:n></x:b></x:r>",
            [("b", ("n",), 2)],
        ),
        ("<r><only><a>1</a><b>2</b></only></r>", [("only", ("a", "b"), 1)]),
        ("<r><i>1</i><i>2</i></r>", []),
        ("<r>words</r>", []),
    ],
)
def test_element_that_repeats_is_the_record(given, content, tables):
    found = given(content)

    assert shape(found) == tables
    assert kinds(found) == ([] if tables else ["no_records"])


def test_numbers_in_text_are_numbers_and_not_slips(given):
    found = given("<r>" + "".join(f"<b><n>{at}</n></b>" for at in range(5)) + "</r>")

    assert [(each.kind, each.greatest) for each in found.tables[0].columns] == [("whole", "4")]
    assert found.tables[0].troubles == ()


@pytest.mark.parametrize(
    ("content", "encoding", "troubles"),
    [
        ('<?xml version="1.0"?><r><b k="қала"/><b k="x"/></r>'.encode(), "utf-8", []),
        (
            '<?xml version="1.0" encoding="windows-1251"?><r><b k="город"/><b k="x"/></r>'.encode(
                "windows-1251"
            ),
            "windows-1251",
            ["not_utf8"],
        ),
        (
            '<?xml version="1.0" encoding="UTF-16"?><r><b k="город"/><b k="x"/></r>'.encode(
                "utf-16"
            ),
            "utf-16",
            ["not_utf8"],
        ),
    ],
)
def test_declared_encoding_is_read_and_told(given, content, encoding, troubles):
    found = given(content)

    assert (found.encoding, kinds(found), found.tables[0].rows) == (encoding, troubles, 2)


LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>'


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (LAUGHS, "entities"),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', "entities"),
        ('<!DOCTYPE r [<!ENTITY % a "x">]><r/>', "entities"),
        (f'<!DOCTYPE r [<!ENTITY a "{"x" * 301}">]><r/>', "entities"),
        ("<a>" * 1_000_000, "too_deep"),
        ("<r><b></r>", "broken_format"),
        ('<?xml version="1.0" encoding="martian"?><r/>', "broken_format"),
        ("<r><b k=", "truncated"),
        ("<r><![CDATA[x", "truncated"),
        ("<r>&what;</r>", "broken_format"),
    ],
)
def test_hostile_and_broken_documents_are_told(given, content, trouble):
    found = given(content)

    assert (kinds(found), found.was_cut, found.tables) == ([trouble], trouble == "too_deep", ())


def test_records_before_the_break_are_kept(given):
    found = given('<r><b k="1"/><b k="2"/><b k=')

    assert (shape(found), kinds(found)) == ([("b", ("k",), 2)], ["truncated"])


def test_document_type_of_others_is_not_fetched_and_plain_entities_are_read(given):
    head = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd" [<!ENTITY city "Тараз">]>'
    found = given(head + "<r>" + "<b><n>&city;</n></b>" * 2 + "</r>")

    assert (kinds(found), found.tables[0].columns[0].top) == ([], (("Тараз", 2),))


@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(cells=5)])
def test_records_beyond_a_limit_are_cut(given, limits):
    found = given('<r><b k="1" m="1"/><b k="2" m="1"/><b k="3" m="1"/></r>', limits=limits)

    assert (shape(found), found.was_cut) == ([("b", ("k", "m"), 2)], True)
    assert found.troubles == (Trouble(kind="too_large", detail="2"),)


def test_document_over_the_limit_is_not_read(given):
    assert kinds(given(f"<r>{ROWS}</r>", limits=Limits(parsed=10))) == ["too_large"]


def test_record_is_known_from_the_beginning_of_a_long_document(given, monkeypatch):
    monkeypatch.setattr(xml_text, "PIECE", 512)
    monkeypatch.setattr(xml_text, "LOOKED_AT", 1_024)
    found = given(f"<r>{ROWS * 40}</r>")

    assert (shape(found), kinds(found)) == ([("school", ("id", "name", "place.city"), 120)], [])


def test_gml_is_read_as_records(given):
    members = "".join(f"<g:m><g:name>x{at}</g:name></g:m>" for at in range(2))
    found = given(
        f"<g:FeatureCollection xmlns:g='http://www.opengis.net/gml'>{members}</g:FeatureCollection>"
    )

    assert (found.format, shape(found)) == ("gml", [("m", ("name",), 2)])


def test_spaces_around_a_value_are_told_and_indentation_is_none(tmp_path):
    path = tmp_path / "a.xml"
    names = [" Алмалы ", "\n    Медеу\n  ", "Әуезов"]
    rows = "".join(f"<row> <a>{each}</a> <b>{at}</b></row>" for at, each in enumerate(names))
    path.write_text(f"<rows>{rows}</rows>", "utf-8")

    (table,) = read(path).tables

    told = [(each.kind, spot.row, spot.saw) for each in table.troubles for spot in each.spots]
    assert (told, len(table.columns)) == ([("untidy_space", 1, " Алмалы ")], 2)
