"""CKAN's API asked by somebody who means harm, or does not mean what he writes."""

import json

import feedparser
import pytest
from rdflib import Graph

from aiqyn_portal.accounts import tokens
from aiqyn_portal.base.middleware import LARGEST_REQUEST, MEGABYTE
from aiqyn_portal.sections.open_data.models import Dataset
from tests.portal.open_data.sets import AT, published

pytestmark = pytest.mark.django_db
BOTH = ["mektepter", "zholdar"]


@pytest.fixture
def sets(body, officer):
    published(body, officer)
    words = {"title": {"kk": "Жолдар"}, "description": {"kk": "Жол"}, "keywords": {"kk": ["жол"]}}
    published(body, officer, "zholdar", **words)


@pytest.fixture
def key(officer):
    return tokens.make(officer, "ckanapi", at=AT)


def post(client, action, body, key=""):
    headers = {"Authorization": key} if key else {}
    return client.post(f"/api/3/action/{action}", body, "application/json", headers=headers)


def search(client, **asked):
    return client.get("/api/3/action/package_search", {"sort": "name asc", **asked})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", BOTH),
        ("zzz OR name:zholdar", ["zholdar"]),
        ("name:zholdar OR zzz", ["zholdar"]),
        ("жолдар OR name:mektepter", BOTH),
        ("NOT zzz", BOTH),
        ("-zzz", BOTH),
        ("NOT жолдар", ["mektepter"]),
        ("*:* -жолдар", ["mektepter"]),
        ("*:* OR name:zholdar", BOTH),
        ("* OR name:zholdar", BOTH),
        ("name:* OR name:zholdar", BOTH),
        ("NOT *:*", []),
        ("-name:*", []),
        ("state:active OR name:zholdar", BOTH),
        ("NOT state:active", []),
        ("state:deleted OR name:zholdar", ["zholdar"]),
        ("NOT metadata_modified:[* TO *]", []),
        ("tags:(жол мектеп)", BOTH),
        ("tags:(жол AND мектеп)", []),
        ("tags:(мектеп OR жол AND zzz)", ["mektepter"]),
        ("tags:(*)", BOTH),
    ],
)
def test_search_finds_what_the_words_say(client, sets, query, found):
    for parameter in ("q", "fq"):
        told = search(client, **{parameter: query}).json()
        assert [each["name"] for each in told["result"]["results"]] == found


@pytest.mark.parametrize(
    "title",
    [
        "Перечень школ района с указанием места, языка обучения, числа мест и числа учащихся",
        " ".join(["электрификацияландырылмағандықтан", "мектептер"] * 12),
    ],
)
def test_search_finds_a_set_by_its_whole_title_however_long(client, sets, body, officer, title):
    published(body, officer, "uzyn", title={"kk": "Ұзын", "ru": title})

    found = [search(client, q=f"{title}{more}").json()["result"] for more in ("", " жолдар")]

    assert len(title.split()) > 12
    assert [[each["name"] for each in told["results"]] for told in found] == [["uzyn"], []]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("tags:(NOT zzz)", "unexpected 'NOT'"),
        ("tags:(жол -zzz)", "unexpected '-'"),
        ("tags:()", "unexpected ')'"),
        ("tags:(жол", "the query ends too early"),
        ("tags:жол AND", "the query ends too early"),
        ("title:[a TO", "cannot read '[a TO'"),
        ("NOT a " * 13, "free words in more than 12 places"),
        (f"{'a ' * 13}{'OR a ' * 11}", "free words in more than 12 places"),
        ("a" * 301, "words longer than 300 characters together"),
        ("мектеп~2", "no ~ or ^ here: 'мектеп~2'"),
        ("title:мектеп^3.5", "no ~ or ^ here: 'мектеп^3.5'"),
        ('"жол мектеп"~2', "no ~ or ^ here: '~2'"),
        ("metadata_modified:[NOW-9999YEARS TO *]", "not a moment: 'NOW-9999YEARS'"),
        (
            "metadata_modified:[0001-01-01T00:00:00+14:00 TO *]",
            "not a moment: '0001-01-01T00:00:00+14:00'",
        ),
        (
            "metadata_modified:[* TO 9999-12-31T23:59:59-12:00]",
            "not a moment: '9999-12-31T23:59:59-12:00'",
        ),
    ],
)
def test_search_refuses_what_it_would_answer_wrongly(client, sets, query, why):
    answer = search(client, fq=query)

    assert (answer.status_code, answer.json()["error"]["message"]) == (409, why)


@pytest.mark.parametrize(
    ("action", "sent"),
    [
        ("package_show", r'{"id": "\ud800"}'),
        ("package_search", r'{"q": "\udfff"}'),
        ("package_search", r'{"fq": "name:\ud800"}'),
        ("package_search", r'{"facet.field": ["\ud800"]}'),
        ("datastore_search_sql", r'{"sql": "SELECT 1 AS \ud800"}'),
        ("datastore_search", r'{"resource_id": "1", "filters": {"\ud800": 1}}'),
        ("package_patch", r'{"id": "mektepter", "title_translated": {"ru": "\ud800"}}'),
    ],
)
def test_half_a_character_is_refused_anywhere(client, sets, key, action, sent):
    answer = post(client, action, sent, key)

    assert (answer.status_code, answer.json()) == (
        400,
        "Bad request - text with half a character: a lone surrogate",
    )


def test_half_a_character_is_refused_in_json_within_json(client, sets, key):
    given = {"id": "mektepter", "tags": r'["\ud800"]'}

    answer = post(client, "package_patch", json.dumps(given), key)

    assert answer.json()["error"]["tags"] == ["Cannot parse JSON"]


def test_control_characters_of_a_passport_are_dropped(client, sets, key):
    bad = "\x00\x01\x0b\r\x7f\x85\ufffe\uffff"
    given = {
        "id": "mektepter",
        "title": f"Мек{bad}теп",
        "title_translated": {"ru": f"Шко{bad}лы", "en": bad},
        "notes": f"бір{bad}\n\tекі",
        "maintainer": f"Бө{bad}лім",
        "tags": [f"мек{bad}теп", bad],
        "extras": [{"key": "contact_phone", "value": f"+7{bad}"}],
    }

    assert post(client, "package_patch", given, key).status_code == 200

    row = Dataset.objects.get(name="mektepter")
    assert (row.title["kk"], row.title["ru"], "en" in row.title) == ("Мектеп", "Школы", False)
    assert (row.description["kk"], row.responsible["kk"]) == ("бір\n\tекі", "Бөлім")
    assert (row.keywords["kk"], row.phone) == (["мектеп"], "+7")


def test_catalogue_and_feed_hold_whatever_a_passport_has(client, sets):
    bad = "\x01\ufffe\uffff"
    said = {"kk": f"Мек{bad}теп"}
    Dataset.objects.update(
        title=said, description=said, keywords={"kk": [f"а{bad}"]}, email='"a b"@example.kz'
    )

    for writing in ("rdf", "ttl", "jsonld"):
        answer = client.get(f"/catalog.{writing}")
        assert Graph().parse(data=answer.content, format=answer["Content-Type"])
    feed = feedparser.parse(client.get("/feeds/data.atom").content)
    assert not feed.bozo
    assert feed.entries[0].title.endswith("Мектеп")


def test_upload_with_a_key_may_be_as_large_as_on_the_pages(client, key, settings):
    settings.OPEN_DATA_MEGABYTES = 2
    address = "/api/3/action/resource_create"
    found = []
    for given, more in ((key, 2), (key, 3), ("", 1), ("aiqyn_made-up", 1)):
        size = str(LARGEST_REQUEST + more * MEGABYTE)
        headers = {"Authorization": given}
        found.append(client.get(address, headers=headers, CONTENT_LENGTH=size))

    assert [each.status_code for each in found] == [403, 413, 413, 413]
    assert found[1].json() == {
        "help": "http://testserver/api/3/action/resource_create",
        "success": False,
        "error": {"__type": "Validation Error", "message": "The request is too large"},
    }


@pytest.mark.parametrize("who", ["user:secret@", "user@", ":secret@"])
def test_address_with_a_name_or_password_is_refused(client, sets, key, who):
    given = {"package_id": "mektepter", "url": f"http://{who}data.example.kz/a.csv"}

    answer = post(client, "resource_create", given, key)

    assert (answer.status_code, list(answer.json()["error"])) == (409, ["__type", "url"])
