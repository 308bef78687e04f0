"""SQL of strangers: it reads the tables it names and cannot do anything else."""

from pathlib import Path

import duckdb
import pytest

from aiqyn.datastore import Filter, QueryRefused, Sort, page
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.sql import Answer, query


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


def test_query_that_wants_too_much_memory_is_refused(path_of):
    ten = ", ".join(f'"7" t{n}' for n in range(16))
    sql = f"SELECT list(t1.name || t2.name) FROM {ten}"

    with pytest.raises((QueryRefused, QueryTooLong), match=r"Memory|memory|20 s"):
        query(sql, path_of, most=10, seconds=20)


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
