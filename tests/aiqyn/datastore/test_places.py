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
    assert found.step == 0.2
    assert (found.total, found.inside, found.outside, found.without) == (2, 3, 1, 2)


@pytest.mark.parametrize(("across", "step"), [(0, 0.001), (0.05, 0.001), (0.7, 0.02), (12.5, 0.2)])
def test_cells_are_as_fine_as_what_they_cover_allows(tmp_path, across, step):
    path = tmp_path / "a.parquet"
    rows = f"(48.4, 67.0), (48.4, 67.0), (48.4, {67 + across / 2}), (48.4, {67 + across})"
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {rows}) t(y, x)) TO '{path}' (FORMAT parquet)")

    found = points(path, lat="y", lon="x")

    assert found.step == step
    assert found.cells[0] == Cell(lon=67.0, lat=48.4, rows=2 if across else 4)
    assert found.total == len(found.cells) == (3 if across else 1)


def test_nothing_inside_has_no_cells(tmp_path):
    path = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT 1.0 AS y, 2.0 AS x) TO '{path}' (FORMAT parquet)")

    found = points(path, lat="y", lon="x")

    assert (found.cells, found.total, found.outside) == ((), 0, 1)


def test_rows_are_gathered_by_codes(parquet):
    assert regions(parquet, "kato") == Regions(rows={"71": 1, "75": 1}, without=4)


def test_a_column_that_is_not_there_is_refused(parquet):
    with pytest.raises(QueryRefused, match="no column 'x'"):
        points(parquet, lat="lat", lon="x")
