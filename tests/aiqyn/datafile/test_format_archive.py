import gzip
import io
import zipfile

import pytest

from aiqyn.subjects.datafile import delimited
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Member, Spot, Trouble
from aiqyn.subjects.datafile.open import read

CSV = "id;атауы\n" + "".join(f"{at};Мектеп {at}\n" for at in range(4))
JSON = '[{"a": 1}, {"a": 2}]'
TURTLE = "<http://a.kz/1> <http://b> <http://{host}/1> .\n"


def packed(members, **options):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return content.getvalue()


@pytest.fixture
def given(tmp_path):
    def write(content, name="a.zip", limits=None):
        file = tmp_path / name
        file.write_bytes(content)
        return read(file, limits=limits or Limits())

    return write


def told(found):
    return [(each.kind, each.detail) for each in found.troubles]


def shape(found):
    return [(table.name, table.rows) for table in found.tables]


def test_only_table_of_an_archive_is_read_as_if_it_lay_open(given):
    found = given(
        packed({"data/деректер.csv": CSV, "__MACOSX/x": "y", "data/": "", ".DS_Store": "z"})
    )

    assert (found.format, found.inside, found.media_type) == ("csv", "zip", "text/csv")
    assert (found.name, shape(found), told(found)) == ("a.zip", [("", 4)], [])
    assert found.members == (
        Member(name="data/деректер.csv", format="csv", size=len(CSV.encode())),
    )


def test_tables_of_one_format_make_the_archive_of_that_format(given):
    found = given(packed({"1.csv": CSV, "2.csv": CSV, "readme.txt": "Some words of advice."}))

    assert (found.format, found.inside) == ("csv", "zip")
    assert shape(found) == [("1.csv", 4), ("2.csv", 4)]
    assert [each.format for each in found.members] == ["csv", "csv", "text"]


def test_archive_of_several_formats_is_an_archive(given):
    found = given(packed({"1.csv": CSV, "2.json": JSON, "3.xml": "<a>"}))

    assert (found.format, found.inside, shape(found)) == (
        "zip",
        "zip",
        [("1.csv", 4), ("2.json", 2)],
    )


def test_troubles_of_several_members_name_them(given):
    found = given(packed({"1.csv": b"\xef\xbb\xbf" + CSV.encode(), "2.csv": CSV}))

    assert told(found) == [("byte_order_mark", "1.csv")]


def test_graphs_in_an_archive_are_added_up(given):
    found = given(packed({f"{at}.nt": TURTLE.format(host=f"h{at}.kz") for at in range(2)}))

    links = found.links
    assert (found.format, links.is_graph, links.triples, links.outward) == ("ntriples", True, 2, 2)
    assert (links.hosts, links.sample) == (
        ("h0.kz", "h1.kz"),
        ("http://h0.kz/1", "http://h1.kz/1"),
    )


def test_gzip_is_read_as_if_it_lay_open(given):
    found = given(gzip.compress(CSV.encode()), name="data.csv.gz")

    assert (found.format, found.inside, shape(found), told(found)) == ("csv", "gzip", [("", 4)], [])


def test_archives_are_opened_twice_and_not_further(given):
    twice = packed({"b.zip": packed({"c.csv": CSV})})
    thrice = packed({"a.zip": twice})

    assert (given(twice).inside, shape(given(twice))) == ("zip/zip", [("", 4)])
    assert (told(given(thrice)), given(thrice).was_cut) == ([("nested_archive", "b.zip")], True)


def linked(name, target):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return packed_infos([(info, target)])


def packed_infos(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for info, inside in members:
            archive.writestr(info, inside)
    return content.getvalue()


@pytest.mark.parametrize(
    "name", ["../up.csv", "/root.csv", "a/../../b.csv", "C:/x.csv", "..\\x.csv"]
)
def test_path_that_leads_out_of_the_archive_is_not_read(given, name):
    found = given(packed_infos([(zipfile.ZipInfo(name), CSV), (zipfile.ZipInfo("ok.csv"), CSV)]))

    assert (shape(found), told(found)[0][0]) == ([("", 4)], "unsafe_member")


def test_link_in_an_archive_is_not_followed(given):
    found = given(linked("data.csv", "/etc/passwd"))

    assert (found.tables, told(found)) == ((), [("unsafe_member", "data.csv")])


def test_bomb_is_cut_by_its_ratio_and_by_its_size(given):
    zeros = b"0" * 100_000
    limits = Limits(trusted=10_000, ratio=100)

    assert told(given(packed({"a.csv": zeros}), limits=limits)) == [("bomb", "")]
    assert told(given(gzip.compress(zeros), "a.gz", limits)) == [("bomb", "")]
    assert told(given(packed({"a.csv": zeros}), limits=Limits(unpacked=50_000))) == [("bomb", "")]


def test_what_was_read_before_a_bomb_is_kept(given):
    found = given(packed({"1.csv": CSV, "2.csv": b"0" * 90_000}), limits=Limits(unpacked=50_000))

    assert (shape(found), told(found), found.was_cut) == ([("", 4)], [("bomb", "")], True)


def test_many_members_are_cut(given):
    found = given(packed({f"{at}.csv": CSV for at in range(5)}), limits=Limits(members=2))

    assert (len(found.tables), told(found), found.was_cut) == (2, [("too_large", "5 files")], True)


def locked(content):
    content = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + at] |= 1
    return bytes(content)


def test_encrypted_member_is_told(given):
    assert told(given(locked(packed({"a.csv": CSV})))) == [("encrypted", "a.csv")]


def test_damaged_member_does_not_stop_the_rest(given):
    content = bytearray(packed({"a.csv": CSV, "b.csv": CSV}))
    content[45:60] = bytes(15)
    found = given(bytes(content))

    assert (shape(found), told(found)) == ([("", 4)], [("broken_format", "a.csv")])


@pytest.mark.parametrize(
    ("content", "name", "trouble"),
    [
        (packed({"a.csv": CSV})[:60], "a.zip", "broken_format"),
        (gzip.compress(CSV.encode() * 100)[:80], "a.gz", "truncated"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 40, "a.gz", "broken_format"),
        (packed({}), "a.zip", "empty_file"),
    ],
    ids=["cut zip", "cut gzip", "no gzip", "empty zip"],  # packed bytes carry the time of day
)
def test_archive_that_cannot_be_opened_is_told(given, content, name, trouble):
    found = given(content, name)

    assert ([each.kind for each in found.troubles], found.tables) == ([trouble], ())


@pytest.mark.parametrize("encoding", ["cp866", "utf-8"])
def test_names_in_old_encodings_are_read_and_told(given, encoding):
    name = "данные.csv".encode(encoding)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("x" * len(name), CSV)
    content = archive.getvalue().replace(b"x" * len(name), name)
    found = given(content)

    assert [each.name for each in found.members] == ["данные.csv"]
    assert found.troubles == (
        Trouble(kind="member_name", count=1, spots=(Spot(saw="данные.csv"),)),
    )


@pytest.mark.parametrize("kind", ["7z\xbc\xaf\x27\x1c", "Rar!\x1a\x07", "{\\rtf1"])
def test_formats_we_do_not_open_are_told(given, kind):
    found = given(kind.encode("latin-1"), "a.bin")

    assert told(found) == [("unread_format", found.format)]


def test_cells_of_members_are_kept_under_the_names_of_their_tables(tmp_path):
    for members in ({"1.csv": CSV}, {"1.csv": CSV, "2.json": JSON}):
        file = tmp_path / "a.zip"
        file.write_bytes(packed(members))
        kept = {}
        found = read(file, keep=kept.__setitem__)

        assert {table.name: table.rows for table in found.tables} == {
            name: len(rows) - (table.header_row or 0)
            for (name, rows), table in zip(kept.items(), found.tables, strict=True)
        }


@pytest.mark.parametrize(("cells", "rows"), [(1_000, 5), (6, 3)])
def test_cells_of_a_large_table_are_kept_too(given, tmp_path, monkeypatch, cells, rows):
    monkeypatch.setattr(delimited, "SMALL", 10)
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"a.csv": b"\xef\xbb\xbf" + CSV.encode()}))
    kept = []
    read(file, limits=Limits(cells=cells), keep=lambda name, given: kept.append((name, given)))

    whole = [["id", "атауы"], *([str(at), f"Мектеп {at}"] for at in range(4))]
    assert kept[1:] == [("", whole[:rows])]


def test_shapefile_is_its_own_parts_and_not_what_describes_them(given):
    header = bytes.fromhex("0000270a") + bytes(96)
    parts = {
        "a.shp": header,
        "a.shx": header,
        "a.dbf": b"\x03\x7e\x0b\x17" + bytes(60) + b"\r",
        "a.prj": 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.2]]]',
        "a.cpg": "UTF-8",
    }

    found = given(packed(parts))

    assert [(each.name, each.format) for each in found.members] == [
        ("a.shp", "shapefile"),
        ("a.shx", "shapefile"),
        ("a.dbf", "dbf"),
        ("a.prj", "text"),
        ("a.cpg", "text"),
    ]
    assert (found.format, found.tables) == ("shapefile", ())
    assert told(found) == [
        ("unread_format", "a.shp: shapefile"),
        ("unread_format", "a.shx: shapefile"),
    ]
