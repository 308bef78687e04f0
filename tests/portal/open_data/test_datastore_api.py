"""CKAN's DataStore: rows of a table, asked as its clients ask."""

from threading import BoundedSemaphore

import duckdb
import pytest

from aiqyn_portal.sections.open_data import tables
from aiqyn_portal.sections.open_data.api import tables as api_tables
from aiqyn_portal.sections.open_data.models import Hold
from tests.portal.open_data.sets import AT, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(body, officer):
    """A file with a table of three rows."""
    found = published(body, officer).newest.files.get()
    to = tables.folder() / "made.parquet"
    rows = """(VALUES (791010000, 'Шымкент', 153.5, DATE '2026-01-01', true),
               (311010000, 'Тараз', 'nan'::DOUBLE, NULL, false), (1, 'Арыс', 3.0, NULL, NULL))"""
    duckdb.sql(
        f"COPY (SELECT * FROM {rows} t(kato, oblys, mektep, kun, gaz)) TO '{to}' (FORMAT parquet)"
    )
    found.table_sha256 = tables.keep(to)
    found.save()
    return found


def ask(client, action, **asked):
    answer = client.post(f"/api/3/action/{action}", asked, "application/json")
    return answer.status_code, answer.json()


def test_rows_come_with_their_numbers_types_and_total(client, file):
    status, told = ask(client, "datastore_search", resource_id=str(file.pk), limit=2)

    assert status == 200
    result = told["result"]
    assert result["fields"] == [
        {"id": "_id", "type": "int"},
        {"id": "kato", "type": "int4"},
        {"id": "oblys", "type": "text"},
        {"id": "mektep", "type": "float8"},
        {"id": "kun", "type": "date"},
        {"id": "gaz", "type": "bool"},
    ]
    assert result["records"] == [
        {
            "_id": 1,
            "kato": 791010000,
            "oblys": "Шымкент",
            "mektep": 153.5,
            "kun": "2026-01-01",
            "gaz": True,
        },
        {
            "_id": 2,
            "kato": 311010000,
            "oblys": "Тараз",
            "mektep": None,
            "kun": None,
            "gaz": False,
        },
    ]
    assert (result["total"], result["total_was_estimated"]) == (3, False)
    assert result["_links"]["next"].endswith("&limit=2&offset=2")


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"filters": {"oblys": "Тараз"}}, [2]),
        ({"filters": {"oblys": ["Тараз", "Арыс"]}}, [2, 3]),
        ({"filters": '{"kato": 1}'}, [3]),
        ({"filters": {"gaz": True}}, [1]),
        ({"filters": {"kun": None}}, [2, 3]),
        ({"q": "шЫм"}, [1]),
        ({"q": "Шым 153"}, [1]),
        ({"q": {"oblys": "ара"}}, [2]),
        ({"q": '{"oblys": "ара"}'}, [2]),
        ({"sort": "oblys desc"}, [1, 2, 3]),
        ({"sort": '"mektep" asc, oblys'}, [3, 1, 2]),
        ({"offset": 2}, [3]),
        ({"limit": 0}, []),
    ],
)
def test_rows_are_filtered_searched_and_sorted(client, file, asked, ids):
    status, told = ask(client, "datastore_search", resource_id=str(file.pk), **asked)

    assert status == 200, told
    assert [row["_id"] for row in told["result"]["records"]] == ids


def test_fields_and_total_are_what_was_asked_for(client, file):
    _, told = ask(
        client, "datastore_search", id=str(file.pk), fields="oblys,_id", include_total=False
    )

    assert told["result"]["records"][0] == {"oblys": "Шымкент", "_id": 1}
    assert "total" not in told["result"]


@pytest.mark.parametrize(
    ("shape", "records"),
    [
        ("lists", [["Шымкент", 153.5], ["Тараз", None]]),
        ("csv", "Шымкент,153.5\nТараз,\n"),
        ("tsv", "Шымкент\t153.5\nТараз\t\n"),
    ],
)
def test_rows_come_in_the_shape_that_was_asked_for(client, file, shape, records):
    asked = {"fields": "oblys,mektep", "limit": 2, "records_format": shape}
    _, told = ask(client, "datastore_search", id=str(file.pk), **asked)

    result = told["result"]
    assert (result["records"], result["records_format"], result["total"]) == (records, shape, 3)
    assert f"records_format={shape}" in result["_links"]["next"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"records_format": "xml"}, {"records_format": ["Not one of objects, lists, csv, tsv"]}),
        (
            {"distinct": True},
            {"distinct": ["Not here: ask datastore_search_sql for SELECT DISTINCT"]},
        ),
        ({"filters": {"colour": "red"}}, {"query": ["no column 'colour'"]}),
        ({"filters": [1]}, {"filters": ["Not a json object"]}),
        ({"filters": "{"}, {"filters": ["Cannot parse JSON"]}),
        ({"sort": "colour"}, {"query": ["no column 'colour'"]}),
        ({"fields": ["colour"]}, {"query": ["no column 'colour'"]}),
        ({"q": "а " * 30}, {"query": ["more than one page holds"]}),
    ],
)
def test_what_cannot_be_asked_is_named(client, file, asked, told):
    status, answer = ask(client, "datastore_search", resource_id=str(file.pk), **asked)

    assert (status, answer["error"]) == (409, {"__type": "Validation Error", **told})


def test_columns_are_explained(client, file):
    file.dictionary.filter(name="oblys").update(title={"kk": "Облыс"}, description={"kk": "Атауы"})

    _, told = ask(client, "datastore_info", id=str(file.pk))

    assert told["result"]["meta"]["count"] == 3
    fields = {each["id"]: each for each in told["result"]["fields"]}
    assert fields["oblys"]["info"] == {"label": "Облыс", "notes": "Атауы"}
    assert "info" not in fields["gaz"]


def test_sql_reads_the_tables_it_names(client, file):
    sql = f'SELECT oblys, count(*) AS n FROM "{file.pk}" WHERE kato > 1 GROUP BY 1 ORDER BY 1'

    status, told = ask(client, "datastore_search_sql", sql=sql)

    assert status == 200, told
    assert told["result"]["records"] == [{"oblys": "Тараз", "n": 1}, {"oblys": "Шымкент", "n": 1}]
    assert told["result"]["records_truncated"] is False


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE x",
        "SELECT * FROM read_text('/etc/passwd')",
        'SELECT * FROM "999"',
        "SELECT * FROM auth_user",
    ],
)
def test_sql_that_does_anything_else_is_refused(client, file, sql):
    status, told = ask(client, "datastore_search_sql", sql=sql)

    assert (status, told["error"]["__type"]) == (409, "Validation Error")


def test_table_that_is_held_or_not_there_is_not_found(client, file):
    Hold.objects.create(file=file, found=[], held_at=AT)
    for action in ("datastore_search", "datastore_info"):
        assert ask(client, action, id=str(file.pk))[0] == 404
    assert ask(client, "datastore_search_sql", sql=f'SELECT * FROM "{file.pk}"')[0] == 409
    Hold.objects.all().delete()
    file.table_sha256 = ""
    file.save()

    assert ask(client, "datastore_search", resource_id=str(file.pk))[0] == 404


def test_queries_in_sql_wait_their_turn_and_are_turned_away(client, file, monkeypatch):
    monkeypatch.setattr(api_tables, "_sql_at_once", BoundedSemaphore(1))
    monkeypatch.setattr(api_tables, "SECONDS_TO_WAIT", 0.01)
    sql = f'SELECT 1 AS n FROM "{file.pk}"'

    with api_tables._sql_at_once:
        status, told = ask(client, "datastore_search_sql", sql=sql)
    later = [ask(client, "datastore_search_sql", sql=each)[0] for each in ("DROP x", sql, sql)]

    assert (status, told["error"]["sql"][0][:16]) == (409, "too many queries")
    assert later == [409, 200, 200]
