"""SQL of strangers: it reads the tables it names and cannot do anything else."""

import io
import resource
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import msgspec
import pytest

from aiqyn.datastore import Filter, QueryRefused, Sort, page, sql_child
from aiqyn.datastore import sql as running
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.sql import Answer, query
from aiqyn.datastore.sql_child import Asked, Told, answered


@pytest.fixture(scope="module")
def schools(tmp_path_factory) -> Path:
    to = tmp_path_factory.mktemp("tables") / "schools.parquet"
    rows = "(VALUES ('Абай', 2001, true), ('Ыбырай', 1998, NULL), ('Шоқан', NULL, false))"
    duckdb.sql(f"COPY (SELECT * FROM {rows} t(name, built, gas)) TO '{to}' (FORMAT parquet)")
    return to


@pytest.fixture(scope="module")
def secret(schools) -> Path:
    to = schools.with_name("secret.parquet")
    duckdb.sql(f"COPY (SELECT 'held' AS word) TO '{to}' (FORMAT parquet)")
    return to


@pytest.fixture
def path_of(schools):
    return {"7": schools, "it's": schools}.get


def test_query_reads_the_tables_it_names(path_of):
    sql = 'WITH old AS (SELECT * FROM "7" WHERE built < 2000) SELECT _id, name FROM old'

    assert query(sql, path_of, most=10) == Answer(
        columns=("_id", "name"), kinds=("BIGINT", "VARCHAR"), rows=[(2, "Ыбырай")]
    )


def test_query_may_join_group_and_order(path_of):
    sql = """SELECT a.gas, count(*) AS n FROM "7" a JOIN "it's" b USING (name)
             GROUP BY a.gas ORDER BY n, a.gas NULLS LAST"""

    assert query(sql, path_of, most=10).rows == [(False, 1), (True, 1), (None, 1)]


def test_more_rows_than_one_answer_holds_are_cut_and_said(path_of):
    told = query('SELECT name FROM "7"', path_of, most=2)

    assert (len(told.rows), told.was_cut) == (2, True)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("DROP TABLE x", "Only SELECT statements can be serialized to json!"),
        ('SELECT 1; SELECT 2 FROM "7"', "one SELECT, please"),
        ("SELECT * FROM nowhere", 'relation "nowhere" does not exist'),
        ("SELECT * FROM read_csv('/etc/passwd')", "table function cannot be read here"),
        ("SELECT * FROM \"7\", read_text('/etc/passwd')", "table function cannot be read here"),
        ("SELECT * FROM '/etc/passwd'", 'relation "/etc/passwd" does not exist'),
        ('SELECT getenv(\'HOME\') FROM "7"', "the function getenv is not allowed here"),
        ("SELECT current_setting('allowed_paths')",
         "the function current_setting is not allowed here"),
        ("SELECT * FROM information_schema.tables", "no schema 'information_schema'"),
        ("SELECT (SELECT max(x) FROM range(5) t(x))", "table function cannot be read here"),
        ("SHOW TABLES", "show ref cannot be read here"),
        ('SELECT n FROM "7"', 'Binder Error: Referenced column "n" not found in FROM clause!'),
        ('SELECT repeat(name, 9) FROM "7"', "the function repeat is not allowed here"),
        ("SELECT 1" + " " * 20_000, "longer than 20000 characters"),
        (" UNION ALL ".join(f'SELECT * FROM "{n}"' for n in range(11)), "more than 10 tables"),
        ("SELECT 1" + "+1" * 900, "nested too deep"),
        ("SELEC", 'syntax error at or near "SELEC"'),
    ],
)  # fmt: skip
def test_query_that_does_anything_else_is_refused(sql, why, schools):
    def known(name: str) -> Path | None:
        return schools if name.isdecimal() else None

    with pytest.raises(QueryRefused) as refused:
        query(sql, known, most=10)

    assert str(refused.value) == why


def test_neighbouring_file_cannot_be_opened_even_by_its_path(path_of, secret):
    with pytest.raises(QueryRefused, match="does not exist"):
        query(f"SELECT * FROM '{secret}'", path_of, most=10)


def test_query_that_runs_for_ever_is_stopped(path_of):
    sql = """WITH RECURSIVE more AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM more)
             SELECT count(*) FROM more"""

    with pytest.raises(QueryTooLong, match=r"0\.2 s"):
        query(sql, path_of, most=10, seconds=0.2)


def test_query_is_stopped_inside_one_function(path_of):
    many = ", ".join(f'"7" t{n}' for n in range(10))
    sql = f"""WITH s AS (SELECT string_agg(t0.name, '') x FROM {many})
              SELECT levenshtein(x, reverse(x)) FROM s"""

    with pytest.raises(QueryTooLong, match="1 s"):
        query(sql, path_of, most=10, seconds=1)


def test_query_that_outgrows_its_process_is_refused(path_of):
    sql = """SELECT length(replace(replace(replace(replace(replace(replace(
             name || 'aaaaaaaaaaaaaaa', 'a', 'bbbbbbbbbbbbbbbbbbbb'), 'b', 'cccccccccccccccccccc'),
             'c', 'dddddddddddddddddddd'), 'd', 'eeeeeeeeeeeeeeeeeeee'),
             'e', 'ffffffffffffffffffff'), 'f', 'gggggggggggggggggggg')) FROM "7" """

    with pytest.raises(QueryRefused, match=r"out of memory|took too much memory"):
        query(sql, path_of, most=10, seconds=90)


def test_process_that_dies_refuses_the_query(path_of, monkeypatch):
    monkeypatch.setattr(running, "CHILD", "aiqyn.no_such_module")

    with pytest.raises(QueryRefused, match="stopped"):
        query('SELECT name FROM "7"' + " " * 19_000, path_of, most=10)


def test_values_come_back_as_the_engine_gave_them(path_of):
    sql = """SELECT NULL, true, 5, 0.5::DOUBLE, 'ә', DATE '2024-02-29',
             TIMESTAMP '2024-02-29 10:11:12', 1.50::DECIMAL(5, 2), [1, 2],
             170141183460469231731687303715884105727::HUGEINT"""

    [row] = query(sql, path_of, most=10).rows

    assert row == (
        None, True, 5, 0.5, "ә", date(2024, 2, 29), datetime.fromisoformat("2024-02-29T10:11:12"),
        str(Decimal("1.50")), "[1, 2]", str(2**127 - 1),
    )  # fmt: skip


def test_query_sees_nothing_of_the_environment(monkeypatch):
    seen = {}

    def popen(command, **given):
        seen.update(given["env"])
        raise BlockingIOError

    monkeypatch.setenv("DATABASE_PASSWORD", "held")
    monkeypatch.setattr(running.subprocess, "Popen", popen)
    with pytest.raises(BlockingIOError):
        query("SELECT 1", {}.get, most=1)

    assert "PYTHONPATH" in seen
    assert "held" not in seen.values()


@pytest.fixture
def asked(schools):
    def asked(sql: str, most: int = 10) -> Told:
        question = Asked(sql=sql, paths={"7": str(schools)}, most=most, seconds=5)
        return msgspec.msgpack.decode(answered(question), type=Told)

    return asked


def test_child_answers_with_rows(asked):
    told = asked('SELECT name, DATE \'2024-01-01\' AS "on" FROM "7"', most=2)

    assert told.columns == ("name", "on")
    assert told.rows[0] == ("Абай", {"iso": "2024-01-01", "is_date": True})
    assert told.was_cut


def test_child_writes_out_what_no_integer_of_the_wire_holds(asked):
    assert asked("SELECT 9223372036854775808::HUGEINT").rows == [("9223372036854775808",)]


@pytest.mark.parametrize("largest", [20, 70])  # the rows alone, the rows with their heading
def test_child_refuses_an_answer_that_is_too_large(asked, monkeypatch, largest):
    monkeypatch.setattr(sql_child, "LARGEST", largest)

    assert asked('SELECT name AS a_heading_of_many_words FROM "7"').refused.startswith(
        "the answer is too large"
    )


def test_child_says_it_is_out_of_memory(asked, monkeypatch):
    def run(question):
        raise MemoryError

    monkeypatch.setattr(sql_child, "_run", run)

    assert asked("SELECT 1").refused == "out of memory"


def test_child_says_what_the_engine_says(asked):
    assert asked("SELECT nothing").refused.startswith("Binder Error")


def test_child_keeps_the_numbers_of_a_table_that_has_them(tmp_path):
    to = tmp_path / "own.parquet"
    duckdb.sql(f"COPY (SELECT 41 AS _id) TO '{to}' (FORMAT parquet)")
    question = Asked(sql="FROM t", paths={"t": str(to)}, most=1, seconds=5)

    assert msgspec.msgpack.decode(answered(question), type=Told).rows == [(41,)]


def test_child_limits_itself_before_it_runs(monkeypatch):
    limits = {}
    question = msgspec.msgpack.encode(Asked(sql="SELECT 1", paths={}, most=1, seconds=5))
    answer = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(question)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=answer))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: limits.update({kind: pair[0]}))

    sql_child.main()

    assert limits[resource.RLIMIT_AS] == sql_child.CEILING
    assert limits[resource.RLIMIT_CPU] == 7
    assert msgspec.msgpack.decode(answer.getvalue(), type=Told).rows == [(1,)]


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ('SELECT sql FROM duckdb_views, "7", (WITH duckdb_views AS (SELECT 1) FROM duckdb_views)',
         "duckdb_views"),
        ("WITH Duckdb_Views AS (SELECT 1) SELECT * FROM duckdb_views", "Duckdb_Views"),
        ("WITH sqlite_master AS (SELECT * FROM sqlite_master) FROM sqlite_master", "sqlite_master"),
        ("WITH \"/etc/passwd\" AS (SELECT 1) SELECT * FROM '/etc/passwd'", "/etc/passwd"),
        ("SELECT * FROM held, (WITH held AS (SELECT 1) FROM held)", "held"),
        ("WITH held AS (SELECT * FROM held) FROM held", "held"),
        ("WITH a AS (FROM held), held AS (SELECT 1) FROM a", "held"),
        ("WITH RECURSIVE held AS (SELECT 1) SELECT * FROM pg_tables", "pg_tables"),
    ],
)  # fmt: skip
def test_names_of_with_hide_no_other_table(sql, why, path_of):
    with pytest.raises(QueryRefused, match=why):
        query(sql, path_of, most=10)


def test_names_of_with_are_seen_where_they_reach_without_case(path_of):
    sql = """WITH Old AS (SELECT name FROM "7" WHERE built < 2000), Again AS (FROM OLD)
             SELECT (SELECT max(name) FROM old) FROM again"""

    assert query(sql, path_of, most=10).rows == [("Ыбырай",)]


def test_table_named_twice_in_another_case_is_one(schools):
    sql = 'SELECT count(*) FROM "Schools", "sCHOOLS"'

    assert query(sql, lambda name: schools, most=10).rows == [(9,)]


def test_table_with_its_own_numbers_keeps_them(tmp_path):
    to = tmp_path / "own.parquet"
    duckdb.sql(f"COPY (SELECT 41 AS _id, 'а' AS word) TO '{to}' (FORMAT parquet)")

    assert query('SELECT * FROM "1"', {"1": to}.get, most=10).rows == [(41, "а")]
    assert page(to, numbered=True).rows == [(41, "а")]


def test_rows_keep_their_numbers_whatever_is_asked(schools):
    found = page(
        schools, columns=["_id", "name"], sort=[Sort(column="name", descending=True)], numbered=True
    )

    assert found.rows == [(2, "Ыбырай"), (3, "Шоқан"), (1, "Абай")]
    assert found.kinds == ("BIGINT", "VARCHAR")


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (Filter(column="built", operation="one_of", values=("1998", "2001")), [1, 2]),
        (Filter(column="built", operation="one_of", values=("",)), [3]),
        (Filter(column="built", operation="one_of"), []),
        (Filter(column="gas", operation="one_of", values=("true",)), [1]),
        (Filter(operation="anywhere", value="ыБы"), [2]),
        (Filter(operation="anywhere", value="2001"), [1]),
    ],
)
def test_filters_of_many_values_and_of_all_columns(schools, asked, ids):
    found = page(schools, filters=[asked], columns=["_id"], numbered=True)

    assert [row[0] for row in found.rows] == ids
    assert found.total == len(ids)
