import duckdb
import pytest

from aiqyn.datastore import QueryRefused
from aiqyn.datastore.places import Cell, Regions, points, regions


@pytest.fixture
def parquet(tmp_path):
    path = tmp_path / "a.parquet"
    duckdb.sql(
        f"""COPY (SELECT * FROM (VALUES
            ('43,25', 76.93, '751010000'), ('43.24', 76.91, '75'), ('51.1', 71.4, ' 711010000 '),
            ('10', 10.0, NULL), (NULL, 70.0, 'жоқ'), ('солтүстік', 70.0, '011010000')
        ) t(lat, lon, kato)) TO '{path}' (FORMAT parquet)"""
    )
    return path


def test_rows_are_gathered_by_coordinates(parquet):
    found = points(parquet, lat="lat", lon="lon")

    assert found.cells == (Cell(lon=77.0, lat=43.2, rows=2), Cell(lon=71.4, lat=51.2, rows=1))
    assert (found.total, found.inside, found.outside, found.without) == (2, 3, 1, 2)


def test_rows_are_gathered_by_codes(parquet):
    assert regions(parquet, "kato") == Regions(rows={"71": 1, "75": 1}, without=4)


def test_a_column_that_is_not_there_is_refused(parquet):
    with pytest.raises(QueryRefused, match="no column 'x'"):
        points(parquet, lat="lat", lon="x")
