"""Real files of every format, flipped and cut: whatever is in them, reading says so and ends."""

import gzip
import io
import json
import zipfile

import duckdb
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from aiqyn.errors import InputError
from aiqyn.subjects.datafile.grid import spotted
from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import DataFile, Spot, Trouble
from aiqyn.subjects.datafile.open import read

LIMITS = Limits(cells=200_000, rows=20_000, unpacked=4_000_000, parsed=1_000_000)
ROWS = [("Код", "Атауы", "Саны"), ("01", "Мектеп", 5), ("02", "Гимназия", 7), ("03", "Лицей", 9)]


def sheet():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet("s")
        for number, row in enumerate(ROWS):
            page.write_row(number, 0, row)
        page.merge_range("A6:B6", "x")
    return content.getvalue()


def old_sheet():
    book = xlwt.Workbook()
    page = book.add_sheet("s")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            page.write(number, column, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def parquet(folder):
    file = folder / "seed.parquet"
    duckdb.sql(f"copy (select i, 'x' || i as s from range(50) t(i)) to '{file}' (format parquet)")
    return file.read_bytes()


def packed(name, content):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, content)
    return archive.getvalue()


TURTLE = (
    '@prefix s: <https://schema.org/> .\n<http://a.kz/1> a s:Place ; s:name "Тараз"@kk ;\n'
    "  s:sameAs <http://b.kz/1> , [ s:size 5.0 ] .\n"
)
POINT = {"type": "Point", "coordinates": [70.1, 50.2]}
FEATURES = [{"type": "Feature", "properties": {"n": at}, "geometry": POINT} for at in range(3)]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    text = "\n".join(";".join(map(str, row)) for row in ROWS).encode()
    graph = Graph().parse(data=TURTLE, format="turtle")
    return {
        "csv": text,
        "xlsx": sheet(),
        "xls": old_sheet(),
        "json": json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS]).encode(),
        "geojson": json.dumps({"type": "FeatureCollection", "features": FEATURES}).encode(),
        "xml": b"<r>" + b'<b k="1"><n>x</n></b>' * 5 + b"</r>",
        "kml": b"<kml><Placemark><Point><coordinates>70,50</coordinates></Point></Placemark></kml>",
        "html": b"<table><tr><th>a<th>b</tr><tr><td rowspan=2>1<td>2</tr><tr><td>3</tr></table>",
        "ttl": TURTLE.encode(),
        "rdf": graph.serialize(format="xml", encoding="utf-8"),
        "nt": graph.serialize(format="nt", encoding="utf-8"),
        "jsonld": graph.serialize(format="json-ld", encoding="utf-8"),
        "parquet": parquet(tmp_path_factory.mktemp("seed")),
        "zip": packed("a.csv", text),
        "gz": gzip.compress(text),
        "docx": packed("word/document.xml", "<d><tbl><tr><tc>a</tc><tc>b</tc></tr></tbl></d>"),
    }


FORMATS = (
    "csv", "xlsx", "xls", "json", "geojson", "xml", "kml", "html", "ttl", "rdf", "nt", "jsonld",
    "parquet", "zip", "gz", "docx",
)  # fmt: skip


@pytest.mark.parametrize("fmt", FORMATS)
def test_seed_of_each_format_is_read(fmt, seeds, tmp_path):
    file = tmp_path / "seed"
    file.write_bytes(seeds[fmt])

    assert read(file).format not in ("unknown", "text")


@pytest.mark.parametrize("fmt", FORMATS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_flipped_and_cut_files_never_raise(fmt, seeds, tmp_path, drawn):
    content = bytearray(seeds[fmt])
    for _ in range(drawn.draw(st.integers(0, 6))):
        at = drawn.draw(st.integers(0, len(content) - 1))
        content[at] = drawn.draw(st.integers(0, 255))
    cut = drawn.draw(st.sampled_from([0, 0, 1, 30, len(content) // 2]))
    file = tmp_path / "mutant"
    file.write_bytes(bytes(content[: len(content) - cut]))

    found = read(file, limits=LIMITS)

    assert isinstance(found, DataFile)
    assert {each.kind for each in found.troubles} <= set(kinds())
    assert {each.kind for table in found.tables for each in table.troubles} <= set(kinds())


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_some_file(tmp_path, content):
    file = tmp_path / "any"
    file.write_bytes(content)

    assert read(file, limits=LIMITS).size == len(content)


def test_file_of_spaces_alone_is_an_empty_one(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("\n\n \r\n")

    assert read(file).troubles == (Trouble(kind="empty_file"),)


def test_empty_file_is_told(tmp_path):
    file = tmp_path / "a.csv"
    file.touch()

    assert read(file).troubles == (Trouble(kind="empty_file"),)


def test_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="directory"):
        read(tmp_path)


def test_bytes_that_are_no_data_are_told(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(bytes(range(256)) * 4)

    assert read(file).troubles == (Trouble(kind="unknown_format", detail="unknown"),)


def test_words_are_text_without_tables(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Бұл жерде кесте жоқ.\nТек сөздер бар.\n")

    assert (read(file).format, read(file).tables, read(file).troubles) == ("text", (), ())


@pytest.mark.parametrize(
    ("head", "tail", "fmt"),
    [
        (b"%PDF-1.4\n", b"id;name\n1;2\n", "pdf"),
        (b"<html><table></table></html>", b"%PDF-1.4\n", "html"),
        (b'{"a": "%PDF-1.4"}', b"", "json"),
    ],
)
def test_file_of_two_formats_is_the_one_its_beginning_says(tmp_path, head, tail, fmt):
    file = tmp_path / "a.csv"
    file.write_bytes(head + tail)

    assert read(file).format == fmt


def test_places_of_a_trouble_are_bounded_and_counted():
    (trouble,) = spotted("missing_field", (Spot(row=row) for row in range(1_500)))

    assert (trouble.count, len(trouble.spots), spotted("missing_field", [])) == (1_500, 1_000, ())
