import struct
import zipfile

import pytest

from aiqyn.subjects.datafile import ole
from aiqyn.subjects.datafile.sniff import ENDINGS, MEDIA_TYPES, decoded, disagrees, sniff

TEXTS = {
    "csv": ["id;name\n1;a\n2;b\n", '"a","b"\n"1","2"\n'],
    "tsv": ["id\tname\n1\ta\n"],
    "text": ["Just some words.\nAnd more of them.\n", "   \n", "< 5 km\n", "<!-- never closed"],
    "json": ['{"a": 1}', "[1, 2]", "[", "{", ' [{"a": 1}]', '\ufeff{"a": 1}', "[]", "[null]"],
    "jsonl": ['{"a": 1}\n{"a": 2}\n', '{"a": 1}\r\n{"a": 2}\r\n'],
    "xml": ['<?xml version="1.0"?><a><b/></a>', "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "<r:a>"],
    "kml": ['<?xml version="1.0"?>\n<!-- x -->\n<kml xmlns="k"></kml>', "<k:kml/>"],
    "gml": ["<wfs:FeatureCollection></wfs:FeatureCollection>"],
    "html": [
        "<!DOCTYPE html><html></html>",
        "<html><table></table>",
        "<table><tr><td>1</td></tr></table>",
        "<!-- x --><div>",
    ],
    "rdf": ['<?xml version="1.0"?><rdf:RDF xmlns:rdf="r"></rdf:RDF>'],
    "image": ['<svg xmlns="s"></svg>'],
    "turtle": [
        "@prefix a: <http://a/> .\na:b a a:c .",
        "# words\n\nPREFIX a: <http://a/>\na:b a a:c .",
        "@base <http://a/> .",
        '<http://a/1> a <http://b/2> ;\n <http://c> "x" .',
    ],
    "trig": ["@prefix a: <http://a/> .\na:g { a:b a a:c . }"],
    "ntriples": ['<http://a/1> <http://b> "x"@kk .\n', "_:a <http://b> _:c .\n# words\n"],
    "nquads": ['# words\n<http://a/1> <http://b> "x" <http://g> .\n'],
}
BYTES = {
    "pdf": [b"%PDF-1.7\n", b"junk %PDF-1.4\n"],
    "parquet": [b"PAR1...."],
    "gzip": [b"\x1f\x8b\x08"],
    "image": [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"RIFF0000WEBPVP8 ",
        b"BM1234\0\0\0\0\x36\0\0\0",
    ],
    "7z": [b"7z\xbc\xaf\x27\x1c"],
    "rar": [b"Rar!\x1a\x07\x00"],
    "sqlite": [b"SQLite format 3\x00"],
    "shapefile": [b"\x00\x00\x27\x0a\x00\x00"],
    "tar": [b"name".ljust(257, b"\0") + b"ustar"],
    "rtf": [b"{\\rtf1"],
    "xls": [b"\x09\x08\x10\x00\x00\x06\x05\x00"],
    "unknown": [
        bytes(range(256)),
        b"\x01\x02\x03\x04\x05",
        ole.MAGIC,
        ole.MAGIC + bytes(600),
        bytes(4_000),
        b"a\n" + bytes(40),
    ],
    "csv": [
        b"id,name\n1,a\0b\n2,c\0d\n",
        "а;б\n1;2\n".encode("windows-1251"),
        "а;б\n1;2\n".encode("utf-16"),
    ],
    "zip": [b"PK\x05\x06" + bytes(18)],
}


@pytest.mark.parametrize(
    ("fmt", "content"),
    [(fmt, text.encode()) for fmt, texts in TEXTS.items() for text in texts]
    + [(fmt, content) for fmt, contents in BYTES.items() for content in contents],
)
def test_format_is_told_from_the_bytes_whatever_the_name_says(tmp_path, fmt, content):
    file = tmp_path / "data.bin"
    file.write_bytes(content)

    assert sniff(file, "data.bin") == fmt


def test_every_format_with_a_name_ending_has_a_media_type():
    assert set(ENDINGS) < set(MEDIA_TYPES)


def test_one_column_is_a_table_where_the_name_says_so(tmp_path):
    file = tmp_path / "x"
    file.write_text("name\nfirst\nsecond\n")

    assert (sniff(file, "x.txt"), sniff(file, "x.csv")) == ("text", "csv")


def test_utf_16_without_its_mark_is_text():
    assert decoded("id;name".encode("utf-16-le")) == "id;name"
    assert decoded("id;name".encode("utf-16-be")) == "id;name"


@pytest.mark.parametrize(
    ("names", "fmt"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], "xlsx"),
        (["[Content_Types].xml", "xl/workbook.bin", "xl/x.xml"], "xlsb"),
        (["[Content_Types].xml", "word/document.xml"], "docx"),
        (["[Content_Types].xml", "ppt/slides/1.xml"], "pptx"),
        (["[Content_Types].xml", "other"], "zip"),
        (["xl/workbook.xml"], "zip"),
        (["mimetype"], "zip"),
    ],
)
def test_package_is_told_by_the_names_inside(tmp_path, names, fmt):
    file = tmp_path / "x"
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "words")

    assert sniff(file) == fmt


@pytest.mark.parametrize(("kind", "fmt"), [("spreadsheet", "ods"), ("text", "odt")])
def test_open_document_is_told_by_its_mimetype_even_when_cut(tmp_path, kind, fmt):
    file = tmp_path / "x"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", "x" * 1_000)
    whole = sniff(file)
    file.write_bytes(file.read_bytes()[:200])

    assert (whole, sniff(file)) == (fmt, "ods" if fmt == "ods" else "zip")


@pytest.mark.parametrize("first", ["[Content_Types].xml", "docProps/app.xml"])
def test_cut_package_is_told_by_its_first_members(tmp_path, first):
    file = tmp_path / "x"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(first, "x")
        package.writestr("xl/workbook.xml", "x" * 1_000)
    file.write_bytes(file.read_bytes()[:300])

    assert sniff(file) == "xlsx"


@pytest.mark.parametrize(
    ("name", "fmt", "lies"),
    [
        ("a.csv", "csv", False),
        ("a.CSV", "xlsx", True),
        ("a.csv.gz", "csv", False),
        ("a.csv.gz", "gzip", False),
        ("a.xls", "html", True),
        ("a", "html", False),
        ("a.2025", "html", False),
        ("a.csv", "unknown", False),
    ],
)
def test_name_that_promises_another_format_is_known(name, fmt, lies):
    assert disagrees(name, fmt) is lies


def container(*names, size=9, chain=True):
    """An OLE container: header, one table of sectors, a directory of two sectors."""
    sector = 1 << size
    head = bytearray(512)
    head[:8] = ole.MAGIC
    struct.pack_into("<H", head, 30, size)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    after = [0xFFFFFFFD, 2 if chain else 0xFFFFFFFE, 0xFFFFFFFE]
    table = struct.pack("<3I", *after).ljust(sector, b"\xff")
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<H", len(name) * 2 + 2).ljust(64, b"\0")
        for name in names
    )
    return bytes(head) + table + entries.ljust(2 * sector, b"\0")


def test_streams_of_a_container_are_followed_over_its_sectors(tmp_path):
    file = tmp_path / "x"
    file.write_bytes(container("Root Entry", "a", "b", "c", "Workbook"))

    assert list(ole.streams(file)) == ["Root Entry", "a", "b", "c", "Workbook"]
    assert sniff(file) == "xls"


@pytest.mark.parametrize(
    ("stream", "fmt"), [("EncryptedPackage", "xlsx"), ("WordDocument", "doc"), ("other", "unknown")]
)
def test_container_is_told_by_its_streams(tmp_path, stream, fmt):
    file = tmp_path / "x"
    file.write_bytes(container("Root Entry", stream, chain=False))

    assert sniff(file) == fmt


@pytest.mark.parametrize("kept", [8, 600, 1_024 + 200])
def test_cut_container_gives_the_streams_it_still_has(tmp_path, kept):
    file = tmp_path / "x"
    file.write_bytes(container("Root Entry", "Workbook")[:kept])

    assert list(ole.streams(file)) == (["Root Entry"] if kept > 1_024 else [])


def test_container_whose_table_leads_nowhere_ends(tmp_path):
    content = bytearray(container("Root Entry"))
    struct.pack_into("<I", content, 76, 0xFFFFFFFF)
    lost = tmp_path / "lost"
    lost.write_bytes(bytes(content))
    round_ = tmp_path / "round"
    ring = bytearray(container("Root Entry"))
    struct.pack_into("<I", ring, 512 + 4, 1)
    round_.write_bytes(bytes(ring))

    assert (list(ole.streams(lost)), list(ole.streams(round_))) == (["Root Entry"],) * 2
