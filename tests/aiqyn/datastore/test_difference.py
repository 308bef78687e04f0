"""What changed between two tables: whole answers, with a key and without one."""

from collections import Counter

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiqyn.datastore.difference import Change, Difference, Schema, compare
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.paging import QueryRefused


@pytest.fixture
def table(tmp_path):
    """Writes rows of a query as Parquet and returns the path."""

    def write(name, query):
        to = tmp_path / f"{name}.parquet"
        duckdb.sql(f"COPY ({query}) TO '{to}' (FORMAT parquet)")
        return to

    return write


OLD = "FROM (VALUES (1, 'Абай', 10), (2, 'Шоқан', 20), (3, 'Ыбырай', NULL)) t(id, name, n)"
NEW = "FROM (VALUES (1, 'Абай', 10), (3, 'Ыбырай', 35), (4, 'Жамбыл', 40)) t(id, name, n)"


def test_rows_are_told_apart_by_their_key(table):
    told = compare(table("a", OLD), table("b", NEW), key=["id"])

    assert told == Difference(
        schema=Schema(),
        columns=("id", "name", "n"),
        key=("id",),
        added=1,
        removed=1,
        changed=1,
        changes=(
            Change(kind="removed", before=("2", "Шоқан", "20")),
            Change(kind="added", after=("4", "Жамбыл", "40")),
            Change(kind="changed", before=("3", "Ыбырай", None), after=("3", "Ыбырай", "35")),
        ),
    )
    assert told.total == 3


@pytest.mark.parametrize("key", [(), ("name2",), ("n",), ("id", "nothing")])
def test_without_a_key_a_changed_row_is_removed_and_added(table, key):
    told = compare(table("a", OLD), table("b", NEW), key=key)

    assert told.key == ()
    assert (told.removed, told.added, told.changed) == (2, 2, 0)


def test_equal_rows_are_counted_as_often_as_they_stand(table):
    twice = table("a", "FROM (VALUES ('а'), ('а'), ('б')) t(w)")
    thrice = table("b", "FROM (VALUES ('б'), ('а'), ('а'), ('а')) t(w)")

    told = compare(twice, thrice)

    assert (told.removed, told.added) == (0, 1)
    assert told.changes == (Change(kind="added", after=("а",)),)


def test_columns_that_are_gone_or_retyped_break_readers(table):
    before = table("a", "SELECT 1 AS id, 'x' AS gone, 5 AS n")
    after = table("b", "SELECT '1' AS id, 5.0::DOUBLE AS n, true AS fresh")

    told = compare(before, after, key=["id"])

    assert told.schema == Schema(
        added=("fresh",),
        removed=("gone",),
        retyped=(("id", "INTEGER", "VARCHAR"), ("n", "INTEGER", "DOUBLE")),
    )
    assert told.schema.breaks
    assert told.changes == (Change(kind="changed", before=("1", "5"), after=("1", "5.0")),)
    assert not Schema(added=("fresh",)).breaks


def test_long_differences_come_by_pages(table):
    old, new = table("a", "SELECT 1 AS id"), table("b", "SELECT unnest(range(1, 11)) AS id")

    told = compare(old, new, key=["id"], offset=8, limit=5)

    assert told.added == 9
    assert [change.after for change in told.changes] == [("10",)]
    for offset, limit in ((-1, 5), (0, 10_001), (0, -1)):
        with pytest.raises(QueryRefused):
            compare(old, new, offset=offset, limit=limit)


def test_comparison_that_takes_too_long_is_stopped(table):
    old = table("a", "SELECT unnest(range(2_000_000)) AS id")

    with pytest.raises(QueryTooLong, match=r"0\.01 s"):
        compare(old, old, seconds=0.01)


ROWS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["а", "б", None])), max_size=8)


@given(old=ROWS, new=ROWS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_without_a_key_the_difference_is_that_of_bags(tmp_path, old, new):
    paths = []
    for name, rows in (("a", old), ("b", new)):
        to = tmp_path / f"{name}.parquet"
        with duckdb.connect() as engine:
            engine.execute("CREATE TABLE t (n INTEGER, w VARCHAR)")
            if rows:
                engine.executemany("INSERT INTO t VALUES (?, ?)", rows)
            engine.execute(f"COPY t TO '{to}' (FORMAT parquet)")
        paths.append(to)

    told = compare(*paths)

    bag = {
        name: Counter((str(n), w) for n, w in rows) for name, rows in (("old", old), ("new", new))
    }
    removed = Counter(each.before for each in told.changes if each.kind == "removed")
    added = Counter(each.after for each in told.changes if each.kind == "added")
    assert removed == bag["old"] - bag["new"]
    assert added == bag["new"] - bag["old"]
