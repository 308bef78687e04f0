"""CKAN's Action API: answers, errors, search and tables, asked as its clients ask."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from aiqyn_portal.sections.open_data.models import Dataset, Hold
from tests.portal.open_data.sets import AT, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(body, officer):
    return published(body, officer)


@pytest.fixture
def roads(body, officer):
    row = published(
        body,
        officer,
        "zholdar",
        title={"kk": "Жолдар", "ru": "Дороги"},
        description={"kk": "Жол жөндеу"},
        keywords={"kk": ["жол"]},
        category="transport",
        licence="odc-by-1.0",
        changed_at=AT + timedelta(days=2),
    )
    row.newest.files.update(format="xlsx")
    row.save()
    return row


def get(client, action, **asked):
    return client.get(f"/api/3/action/{action}", asked)


def result(client, action, **asked):
    answer = get(client, action, **asked)
    told = answer.json()
    assert (answer.status_code, told["success"]) == (200, True), told
    return told["result"]


def error(client, action, status, **asked):
    answer = get(client, action, **asked)
    told = answer.json()
    assert (answer.status_code, told["success"]) == (status, False), told
    return told["error"]


def names(found):
    return [each["name"] for each in found["results"]]


def test_package_is_shown_by_its_name(client, schools, django_assert_num_queries):
    told = result(client, "package_show", id="mektepter")

    assert told["title_translated"]["ru"] == "Число школ"
    assert told["organization"]["name"] == schools.body.code
    assert (told["license_id"], told["isopen"]) == ("cc-by-4.0", True)
    assert told["groups"][0]["name"] == "education"
    [resource] = told["resources"]
    assert resource["url"] == "http://testserver/data/mektepter/v1/mektepter.csv"
    assert resource["datastore_active"] is False
    with django_assert_num_queries(1):
        assert result(client, "package_show", id="mektepter") == told


def test_package_follows_its_passport(client, schools):
    before = result(client, "package_show", id="mektepter")
    schools.title = {"kk": "Мектептер"}
    schools.changed_at = AT + timedelta(hours=1)
    schools.edition += 1
    schools.save()

    after = result(client, "package_show", id="mektepter")

    assert (before["title"], after["title"]) == ("Мектептер саны", "Мектептер")
    assert after["metadata_modified"] > before["metadata_modified"]


def test_words_come_in_the_language_of_the_reader(client, schools):
    answer = client.get(
        "/api/3/action/package_show", {"id": "mektepter"}, headers={"accept-language": "ru"}
    )

    assert answer.json()["result"]["title"] == "Число школ"
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("state", ["draft", "review", "returned"])
def test_set_that_is_not_public_is_not_found(client, schools, state):
    Dataset.objects.filter(pk=schools.pk).update(state=state, reason="себеп")

    assert error(client, "package_show", 404, id="mektepter") == {
        "__type": "Not Found Error",
        "message": "Not found: package",
    }
    assert result(client, "package_list") == []
    assert result(client, "package_search")["count"] == 0
    assert result(client, "organization_list") == []


def test_withdrawn_set_says_why(client, schools):
    Dataset.objects.filter(pk=schools.pk).update(state="withdrawn", reason="Қате табылды")

    told = error(client, "package_show", 404, id="mektepter")

    assert told["message"] == "Not found: withdrawn: Қате табылды"


def test_held_file_is_no_resource_of_its_own(client, schools):
    file = schools.newest.files.get()
    Hold.objects.create(file=file, found=[], held_at=AT)

    assert error(client, "resource_show", 404, id=str(file.pk))["__type"] == "Not Found Error"
    assert result(client, "resource_search", query="name:mektepter")["count"] == 0


def test_lists_name_what_is_published(client, schools, roads):
    assert result(client, "package_list") == ["mektepter", "zholdar"]
    assert result(client, "package_list", limit=1, offset=1) == ["zholdar"]
    assert [each["name"] for each in result(client, "current_package_list_with_resources")] == [
        "zholdar",
        "mektepter",
    ]
    assert result(client, "organization_list") == [schools.body.code]
    assert "education" in result(client, "group_list")
    assert result(client, "tag_list") == ["білім", "жол", "мектеп", "школа"]
    assert result(client, "tag_list", query="жо") == ["жол"]
    assert result(client, "user_list") == result(client, "vocabulary_list") == []
    assert {"cc-by-4.0"} < {each["id"] for each in result(client, "license_list")}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["zholdar", "mektepter"]),
        ({"q": "*:*"}, ["zholdar", "mektepter"]),
        ({"q": "МЕКТЕП"}, ["zholdar", "mektepter"]),  # a column of both tables
        ({"q": "дорогами"}, ["zholdar"]),
        ({"q": "ШКОЛАМИ"}, ["mektepter"]),
        ({"q": "санының"}, ["mektepter"]),
        ({"q": "мект"}, []),
        ({"q": "мект*"}, ["mektepter"]),
        ({"q": "мектептерін -жолдың"}, ["mektepter"]),
        ({"q": "жолдарды жөндеудің"}, ["zholdar"]),
        ({"q": "школам AND санының"}, ["mektepter"]),
        ({"q": "NOT школам жолдың"}, ["zholdar"]),
        ({"q": "№"}, []),
        ({"q": '"Жол жөндеу"'}, ["zholdar"]),
        ({"fq": "organization:kz-akm-nobody"}, []),
        ({"fq": "res_format:CSV"}, ["mektepter"]),
        ({"fq": 'res_format:"XLSX"'}, ["zholdar"]),
        ({"fq": "-res_format:CSV"}, ["zholdar"]),
        ({"fq": "res_format:(CSV OR XLSX)"}, ["zholdar", "mektepter"]),
        ({"fq": "tags:мектеп AND groups:education"}, ["mektepter"]),
        ({"fq": "tags:мектеп OR tags:жол"}, ["zholdar", "mektepter"]),
        ({"fq": "NOT (tags:мектеп)"}, ["zholdar"]),
        ({"fq": "+state:active +dataset_type:dataset -private:true"}, ["zholdar", "mektepter"]),
        ({"fq": "state:deleted"}, []),
        ({"fq": "license_id:cc-by-4.0"}, ["mektepter"]),
        ({"fq": "metadata_modified:[2026-11-21T00:00:00Z TO *]"}, ["zholdar"]),
        ({"fq": 'metadata_modified:["2026-11-01" TO "2026-11-21T00:00:00Z"]'}, ["mektepter"]),
        ({"fq": "metadata_created:[* TO NOW-1DAY]"}, []),
        ({"fq": "metadata_modified:{2026-11-20T06:00:00Z TO *]"}, ["zholdar"]),
        ({"fq": "metadata_modified:[2026-11-20T06:00:00Z TO *}"}, ["zholdar", "mektepter"]),
        ({"fq": "metadata_modified:[* TO 2026-11-20T06:00:00Z}"}, []),
        ({"fq": "metadata_modified:{* TO 2026-11-20T06:00:00Z]"}, ["mektepter"]),
        ({"fq": "name:*"}, ["zholdar", "mektepter"]),
        ({"fq": "name:mek*"}, ["mektepter"]),
        ({"fq": "-name:mek*"}, ["zholdar"]),
        ({"fq": "name:(mek* OR zhol*)"}, ["zholdar", "mektepter"]),
        ({"fq": "organization:kz-akm-*"}, ["zholdar", "mektepter"]),
        ({"fq": "res_format:XLS*"}, ["zholdar"]),
        ({"fq": 'name:"mek*"'}, []),
        ({"fq": "name:mek\\*"}, []),
        ({"fq_list": '["tags:жол", "res_format:xlsx"]'}, ["zholdar"]),
        ({"sort": "name asc"}, ["mektepter", "zholdar"]),
        ({"sort": "metadata_modified asc, name desc"}, ["mektepter", "zholdar"]),
        ({"rows": 1}, ["zholdar"]),
        ({"rows": 1, "start": 1}, ["mektepter"]),
        ({"rows": 0}, []),
    ],
)
def test_search_understands_the_language_of_solr(client, schools, roads, settings, asked, found):
    if "NOW" in str(asked):
        Dataset.objects.update(published_at=datetime.now(UTC))

    assert names(result(client, "package_search", **asked)) == found


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"fq": "colour:red"}, "unknown field colour"),
        ({"fq": "title:[a TO b]"}, "no range of title"),
        ({"fq": "metadata_modified:[soon TO *]"}, "not a moment: 'soon'"),
        ({"fq": "metadata_modified:[2026-13-45 TO *]"}, "not a moment: '2026-13-45'"),
        ({"fq": "(tags:a"}, "the query ends too early"),
        ({"fq": "tags:a)"}, "unexpected ')'"),
        ({"fq": "tags:)"}, "unexpected ')'"),
        ({"fq": 'tags:"a'}, "cannot read '\"a'"),
        ({"fq": "tags:(a [b TO c])"}, "unexpected '[b TO c]'"),
        ({"fq": "AND"}, "unexpected 'AND'"),
        ({"q": "а " * 101}, "more than 100 parts"),
        ({"sort": "colour desc"}, "cannot sort by 'colour desc'"),
        ({"sort": "name; DROP TABLE x"}, "cannot sort by 'name; DROP TABLE x'"),
    ],
)
def test_search_refuses_what_it_does_not_understand(client, schools, asked, why):
    assert error(client, "package_search", 409, **asked) == {
        "__type": "Search Query Error",
        "message": why,
    }


def test_search_counts_facets(client, schools, roads):
    told = result(
        client,
        "package_search",
        rows=0,
        **{"facet.field": '["organization", "res_format", "groups", "license_id", "tags", "x"]'},
    )

    assert told["count"] == 2
    assert told["facets"] == {
        "organization": {schools.body.code: 2},
        "res_format": {"CSV": 1, "XLSX": 1},
        "groups": {"education": 1, "transport": 1},
        "license_id": {"cc-by-4.0": 1, "odc-by-1.0": 1},
        "tags": {"білім": 1, "жол": 1, "мектеп": 1},
        "x": {},
    }


def test_number_of_queries_does_not_grow_with_the_sets(
    client, body, officer, schools, django_assert_max_num_queries
):
    for number in range(3):
        published(body, officer, f"set-{number}")

    with django_assert_max_num_queries(6):
        assert len(result(client, "package_search", rows=10)["results"]) == 4


def test_bodies_and_categories_show_their_sets(client, schools):
    code = schools.body.code
    [listed] = result(client, "organization_list", all_fields="true")
    shown = result(client, "organization_show", id=code, include_datasets="true")
    group = result(client, "group_show", id="education", include_datasets="true")

    assert (listed["name"], listed["package_count"]) == (code, 1)
    assert [each["name"] for each in shown["packages"]] == ["mektepter"]
    assert (group["package_count"], group["packages"][0]["name"]) == (1, "mektepter")
    assert [each["name"] for each in result(client, "group_package_show", id="education")] == [
        "mektepter"
    ]
    listed_groups = result(client, "group_list", all_fields="1")
    assert {each["name"]: each["package_count"] for each in listed_groups}["education"] == 1
    assert "packages" not in result(client, "organization_show", id=code)
    for action in ("organization_show", "group_show", "group_package_show"):
        assert error(client, action, 404, id="nobody")["__type"] == "Not Found Error"


def test_resource_is_shown_and_searched(client, schools):
    file = schools.newest.files.get()

    assert result(client, "resource_show", id=str(file.pk))["format"] == "CSV"
    for query in ("format:csv", "name:mektep", f"hash:sha256:{file.sha256}"):
        assert result(client, "resource_search", query=query)["count"] == 1
    assert error(client, "resource_search", 409, query="colour:red")["__type"] == (
        "Search Query Error"
    )
    for strange in ("abc", "9" * 30, "0"):
        assert error(client, "resource_show", 404, id=strange)["__type"] == "Not Found Error"


def test_autocomplete_finds_by_words(client, schools):
    [told] = result(client, "package_autocomplete", q="школ")

    assert (told["name"], told["title"]) == ("mektepter", "Мектептер саны")


def test_catalogue_says_what_it_is(client):
    assert result(client, "status_show")["locale_default"] == "kk"
    assert result(client, "site_read") is True
    assert client.get("/api/3").json() == {"version": 3}
    assert "Names of all published sets" in result(client, "help_show", name="package_list")
    assert error(client, "help_show", 404, name="fly")["__type"] == "Not Found Error"


def test_same_answers_at_the_older_address_and_by_post(client, schools):
    by_get = client.get("/api/action/package_show", {"id": "mektepter"}).json()["result"]
    posted = [
        client.post("/api/3/action/package_show", {"id": "mektepter"}, "application/json"),
        client.post("/api/3/action/package_show", {"id": "mektepter"}),
        client.post(
            "/api/3/action/package_show",
            json.dumps({"id": "mektepter"}),
            "application/x-www-form-urlencoded",
        ),
        client.post("/api/3/action/package_show?id=mektepter", "", "application/json"),
    ]

    assert [answer.json()["result"] for answer in posted] == [by_get] * 4


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{", "Bad request - JSON Error: Expecting property name enclosed in double quotes"),
        ("[1]", "Bad request - Request data JSON decoded to something that is not an object"),
        ("[" * 100_000, "Bad request - JSON Error: maximum recursion depth exceeded"),
        (" " * 5 + '"' + "a" * 1_000_000, "Bad request - the request is too large"),
    ],
)
def test_body_that_is_no_json_is_a_bad_request(client, body, told):
    answer = client.post("/api/3/action/package_list", body, "application/json")

    assert answer.status_code == 400
    assert answer.json().startswith(told)


def test_unknown_action_is_a_bad_request(client):
    answer = get(client, "dataset_purge")

    assert (answer.status_code, answer.json()) == (
        400,
        "Bad request - Action name not known: dataset_purge",
    )


@pytest.mark.parametrize(
    ("action", "asked", "told"),
    [
        ("package_show", {}, {"id": ["Missing value"]}),
        ("package_show", {"id": "  "}, {"id": ["Missing value"]}),
        ("package_list", {"limit": "many"}, {"limit": ["Invalid integer"]}),
        ("package_search", {"rows": "-1"}, {"rows": ["Must be 0 or more"]}),
        ("package_show", {"id": "я" * 2001}, {"id": ["longer than 2000 characters"]}),
        ("datastore_search_sql", {}, {"sql": ["Missing value"]}),
    ],
)
def test_parameter_that_is_wrong_is_named(client, action, asked, told):
    assert error(client, action, 409, **asked) == {"__type": "Validation Error", **told}


def test_set_keeps_when_it_was_released_and_changed(schools: Dataset) -> None:
    """What the catalogue is put in order by follows the rows it is made of."""
    row = Dataset.objects.select_related("newest").get(pk=schools.pk)
    assert row.newest
    assert row.released_at == row.newest.released_at

    row.changed_at = datetime(2027, 1, 1, tzinfo=UTC)
    row.save(update_fields=["changed_at"])

    assert Dataset.objects.get(pk=row.pk).modified_at == row.changed_at
