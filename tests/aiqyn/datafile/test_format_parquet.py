import duckdb
import pytest

from aiqyn.subjects.datafile import parquet
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.open import read

QUERY = """
    copy (select i as id, 'Мектеп ' || i as name, date '2025-01-01' + i::int as day,
                 i * 1.5 as amount, [1, 2] as list, null as nothing, 'NaN'::double as odd,
                 'abc'::blob as bytes
          from range(10) as numbers(i)) to '{}' (format parquet)
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    file = tmp_path_factory.mktemp("parquet") / "a.parquet"
    duckdb.sql(QUERY.format(file))
    return file.read_bytes()


@pytest.fixture
def given(tmp_path):
    def write(content, name="a.parquet", limits=None):
        file = tmp_path / name
        file.write_bytes(content)
        return read(file, limits=limits or Limits())

    return write


def test_columns_come_with_their_names_and_kinds(given, content):
    found = given(content)

    assert (found.format, found.troubles, found.was_cut) == ("parquet", (), False)
    assert [(each.name, each.kind, each.least) for each in found.tables[0].columns] == [
        ("id", "whole", "0"),
        ("name", "text", ""),
        ("day", "date", "2025-01-01"),
        ("amount", "decimal", "0"),
        ("list", "text", ""),
        ("nothing", "empty", ""),
        ("odd", "empty", ""),
        ("bytes", "text", ""),
    ]


def test_name_with_a_pattern_reads_this_file_alone(given, content):
    given(content, name="ab.parquet")

    assert given(content, name="a[b]*.parquet").tables[0].rows == 10


@pytest.mark.parametrize(
    ("damage", "trouble"),
    [
        (lambda content: content[:-10], "truncated"),
        (lambda content: content[:-200] + bytes(150) + content[-50:], "broken_format"),
        (lambda content: content[:-8] + b"\xff\xff\xff\x7fPAR1", "broken_format"),
        (lambda content: b"PAR1" + bytes(len(content) - 4), "truncated"),
        (lambda content: b"PAR1", "broken_format"),
    ],
)
def test_damaged_footer_is_told(given, content, damage, trouble):
    found = given(damage(content))

    assert ([each.kind for each in found.troubles], found.tables) == ([trouble], ())


@pytest.mark.parametrize("limits", [Limits(rows=4), Limits(cells=32)])
def test_rows_beyond_a_limit_are_cut(given, content, limits):
    found = given(content, limits=limits)

    assert (found.was_cut, found.tables[0].rows) == (True, 4)


def test_many_rows_are_read_alike_the_fast_way(given, tmp_path, monkeypatch):
    file = tmp_path / "b.parquet"
    rows = "range(40) as numbers(i)"
    name = "case when i = 7 then 'н/д' else 'Мектеп, \"' || i || '\"' end as \"аты\""
    duckdb.sql(f"copy (select i as id, {name}, i * 1.5 as sum from {rows}) to '{file}'")
    slowly = read(file).tables[0]
    monkeypatch.setattr(parquet, "MANY", 10)
    found = read(file)
    quickly = found.tables[0]

    assert (found.format, found.encoding, found.troubles) == ("parquet", "", ())
    assert (quickly.header, quickly.rows, quickly.header_row, quickly.first_row) == (
        ("id", "аты", "sum"),
        40,
        0,
        1,
    )
    assert [(each.name, each.kind, each.greatest, each.mean) for each in quickly.columns] == [
        (each.name, each.kind, each.greatest, each.mean) for each in slowly.columns
    ]
    assert (slowly.first_row, slowly.troubles) == (quickly.first_row, quickly.troubles)


def test_names_that_are_no_text_are_told_as_damage(tmp_path):
    path = tmp_path / "a.parquet"
    duckdb.sql("SELECT 1 AS abcdef").write_parquet(str(path))
    path.write_bytes(path.read_bytes().replace(b"abcdef", b"ab\xff\xfeef"))

    found = read(path)

    assert [each.kind for each in found.troubles] == ["broken_format"]
