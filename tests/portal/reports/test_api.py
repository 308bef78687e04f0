"""The JSON API: what it promises in OpenAPI, conditional answers, errors in one envelope."""

import re
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate

from aiqyn_portal.evaluation.models import Rating, Round
from aiqyn_portal.project.wsgi import application

SCHEMA = "/api/openapi.json"


def test_openapi_is_valid_3_1(client: Client) -> None:
    schema = client.get(SCHEMA).json()

    assert schema["openapi"] == "3.1.0"
    validate(schema)


@pytest.mark.parametrize("address", ["/en/api/", "/kk/api/", "/ru/api/"])
def test_guide_names_every_operation(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    words = re.sub(r"<[^>]+>", "", page)
    for path in client.get(SCHEMA).json()["paths"]:
        assert f"GET {path}" in words
        assert (f'href="{path}"' in page) == ("{" not in path)  # what needs no code can be tried
    assert '{"error": {"code": "…", "message": "…", "details": […]}}' in words  # quotes of JSON
    assert "`" not in words


def test_docs_lead_to_the_guide(client: Client) -> None:
    assert client.get("/api/docs").url == "/kk/api/"


def test_ratings_are_those_of_the_round(client: Client, published) -> None:
    answer = client.get("/api/v1/ratings?round=kz-openness-2020&limit=100").json()

    rows = Rating.objects.filter(entry__round__code="kz-openness-2020").order_by("rank")
    assert answer["count"] == 17
    assert [(one["body"], one["rank"], one["points"]) for one in answer["items"]] == [
        (row.entry.body.code, row.rank, float(row.points)) for row in rows
    ]


def test_list_comes_in_pages(client: Client, published) -> None:
    first = client.get("/api/v1/ratings?round=kz-openness-2020&limit=5").json()
    second = client.get("/api/v1/ratings?round=kz-openness-2020&limit=5&offset=5").json()

    ranks = [one["rank"] for one in first["items"] + second["items"]]
    assert ranks == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_rating_carries_its_frozen_tree(client: Client, published) -> None:
    answer = client.get("/api/v1/ratings/kz-openness-2020/kz-akm-shymkent").json()

    row = Rating.objects.get(
        entry__round__code="kz-openness-2020", entry__body__code="kz-akm-shymkent"
    )
    assert answer["tree"] == row.tree
    assert answer["tree_sha256"] == row.tree_sha256


def test_findings_are_listed(client: Client, published) -> None:
    answer = client.get("/api/v1/ratings/kz-openness-2020/kz-akm-shymkent/findings").json()

    row = Rating.objects.get(
        entry__round__code="kz-openness-2020", entry__body__code="kz-akm-shymkent"
    )
    assert answer == {"items": row.findings, "count": 5}


def test_unpublished_round_is_not_there(client: Client, published) -> None:
    Round.objects.update(state=Round.State.PRELIMINARY)

    assert client.get("/api/v1/rounds").json() == {"items": [], "count": 0}
    assert client.get("/api/v1/ratings").json() == {"items": [], "count": 0}
    answer = client.get("/api/v1/ratings/kz-openness-2020/kz-akm-shymkent")
    assert answer.status_code == 404


def test_bodies_are_found_by_any_case(client: Client, published) -> None:
    answer = client.get("/api/v1/bodies", {"q": "АКИМАТ KZ-AKM-SHYMKENT"}).json()

    assert [one["code"] for one in answer["items"]] == ["kz-akm-shymkent"]


def test_body_has_its_names(client: Client, published) -> None:
    answer = client.get("/api/v1/bodies/kz-akm-astana").json()

    assert [(old["name"]["en"], old["valid_from"]) for old in answer["names"]] == [
        ("Akimat of Nur-Sultan", "2019-03-23")
    ]


def test_round_has_its_notes(client: Client, published) -> None:
    answer = client.get("/api/v1/rounds/kz-openness-2020").json()

    assert answer["bodies"] == 17
    assert [(note["code"], note["body"]) for note in answer["notes"]] == [
        ("sum_does_not_follow", "kz-akm-shymkent"),
        ("averages", None),
    ]


def test_methodology_says_null_for_unknown_points(client: Client, db) -> None:
    answer = client.get("/api/v1/methodologies/kz-openness-2021").json()

    assert len(answer["criteria"]) == 6
    assert {criterion["points"] for criterion in answer["criteria"]} == {None}


def test_unchanged_answer_is_304(client: Client, published) -> None:
    first = client.get("/api/v1/ratings?limit=3")

    again = client.get("/api/v1/ratings?limit=3", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert first["Last-Modified"] == "Thu, 19 Nov 2026 06:00:00 GMT"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/bodies/kz-nobody", 404, "not_found"),
        ("/api/v1/rounds/no-such", 404, "not_found"),
        ("/api/v1/ratings/no-such/kz-nobody", 404, "not_found"),
        ("/api/v1/methodologies/no-such", 404, "not_found"),
        ("/api/v1/indices/no-such", 404, "not_found"),
        ("/api/v1/no-such", 404, "not_found"),
        ("/api/no-such", 404, "not_found"),
        ("/api/v1/ratings?limit=0", 422, "not_understood"),
        ("/api/v1/ratings?offset=-1", 422, "not_understood"),
        ("/api/v1/ratings?offset=9223372036854775808", 422, "not_understood"),
        ("/api/v1/ratings?round=%00", 422, "not_understood"),
        ("/api/v1/bodies?q=%00", 422, "not_understood"),
        ("/api/v1/bodies/%D2%93", 422, "not_understood"),
    ],
)
def test_error_comes_in_the_envelope(
    client: Client, db, address: str, status: int, code: str
) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_api_is_read_only(client: Client, db) -> None:
    assert client.post("/api/v1/bodies").status_code == 405


def test_index_of_kazakhstan_is_answered(client: Client, db) -> None:
    answer = client.get("/api/v1/indices/open-budget-survey").json()

    assert [(one["year"], one["points"]) for one in answer["results"] if one["body"] == "kz"] == [
        (2008, 35.0),
        (2010, 38.0),
        (2012, 48.0),
        (2015, 51.0),
        (2017, 53.0),
        (2019, 58.0),
    ]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/api/v1/bodies", 2), ("/api/v1/ratings", 3), ("/api/v1/rounds", 2)],
)
def test_list_takes_the_same_queries_however_long(
    client: Client, rated, django_assert_num_queries, address: str, queries: int, count: int
) -> None:
    for number in range(count):
        rated(f"kz-akm-{number}", "10", "10", "10", "10", "10")

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The real WSGI application closes old connections; a test's transaction lives in one."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_operation_keeps_its_promise(published, one_connection) -> None:
    schema = schemathesis.openapi.from_wsgi(SCHEMA, application)
    operations = [found.ok() for found in schema.get_all_operations()]

    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=20, suppress_health_check=list(HealthCheck))
        def keeps(case) -> None:
            case.call_and_validate()

        keeps()

    assert len(operations) == 19
