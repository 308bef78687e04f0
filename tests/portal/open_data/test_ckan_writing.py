"""CKAN's writing actions: an officer's program prepares what the officer may, and no more."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aiqyn_portal.accounts import tokens
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Dataset, Version
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.sets import AT, CSV, published

pytestmark = pytest.mark.django_db
PACKAGE = {
    "name": "mektepter-sany",
    "title": "Мектептер саны",
    "title_translated": {"ru": "Число школ", "en": "Number of schools", "de": "Schulen"},
    "notes": "Қалалар бойынша",
    "notes_translated": {"ru": "По городам", "en": "By city"},
    "tags": [{"name": "мектеп"}, {"name": ""}],
    "groups": [{"name": "education"}],
    "license_id": "cc-by-4.0",
    "maintainer": "Статистика бөлімі",
    "maintainer_email": "derek@example.kz",
    "extras": [
        {"key": "frequency", "value": "quarterly"},
        {"key": "temporal_start", "value": "2026-01-01"},
        {"key": "temporal_end", "value": ""},
        {"key": "contact_phone", "value": "+7 7252 00-00-00"},
        {"key": "harvest_url", "value": "x"},
    ],
}


@pytest.fixture
def key(officer):
    return tokens.make(officer, "ckanapi", at=AT)


def ask(client, action, key="", **asked):
    headers = {"Authorization": key} if key else {}
    answer = client.post(f"/api/3/action/{action}", asked, "application/json", headers=headers)
    return answer.status_code, answer.json()


def send(client, key, package_id, name="mektepter.csv", content=CSV):
    answer = client.post(
        "/api/3/action/resource_create",
        {"package_id": package_id, "upload": SimpleUploadedFile(name, content)},
        headers={"Authorization": key},
    )
    return answer.status_code, answer.json()


def test_program_prepares_a_set_from_nothing_to_review(client, body, key, in_process):
    status, made = ask(client, "package_create", key, owner_org=body.code, **PACKAGE)
    assert (status, made["result"]["state"]) == (200, "draft")
    status, sent = send(client, key, "mektepter-sany")
    assert (status, sent["result"]["name"]) == (200, "mektepter.csv")
    actions.read_file(int(sent["result"]["id"]))

    status, told = ask(client, "package_patch", key, id="mektepter-sany", state="active")

    assert (status, told["result"]["state"]) == (200, "review")
    row = Dataset.objects.get()
    assert dict(row.title) == {
        "kk": "Мектептер саны",
        "ru": "Число школ",
        "en": "Number of schools",
    }
    assert (row.frequency, str(row.since), row.until) == ("quarterly", "2026-01-01", None)
    assert (row.category, row.licence, row.phone) == ("education", "cc-by-4.0", "+7 7252 00-00-00")
    assert row.keywords == {"kk": ["мектеп"]}
    assert [event.action for event in Event.objects.order_by("number")][-4:] == [
        "data.started",
        "data.passport",
        "data.file_added",
        "data.submitted",
    ]


def test_draft_is_seen_by_its_own_key_alone(client, body, key, evaluator):
    ask(client, "package_create", key, owner_org=body.code, **PACKAGE)
    moderator = tokens.make(evaluator, "m", at=AT)

    assert ask(client, "package_show", id="mektepter-sany")[0] == 404
    assert ask(client, "package_show", key, id="mektepter-sany")[1]["result"]["state"] == "draft"
    assert ask(client, "package_show", moderator, id="mektepter-sany")[0] == 200
    assert ask(client, "package_show", key, id="nothing")[0] == 404


def test_patch_changes_what_is_given_and_update_all(client, body, key):
    ask(client, "package_create", key, owner_org=body.code, **PACKAGE)
    name = PACKAGE["name"]

    patched = ask(client, "package_patch", key, id=name, title="Жаңа атау")[1]["result"]
    updated = ask(client, "package_update", key, id=name, title="Басқа атау")[1]["result"]

    assert (patched["title"], patched["license_id"]) == ("Жаңа атау", "cc-by-4.0")
    assert (updated["title"], updated["license_id"], updated["tags"]) == ("Басқа атау", None, [])
    assert dict(Dataset.objects.get().title) == {"kk": "Басқа атау"}


def test_published_set_keeps_a_whole_passport(client, body, officer, key):
    published(body, officer)

    status, told = ask(client, "package_update", key, id="mektepter", title="Жаңа атау")
    patched = ask(client, "package_patch", key, id="mektepter", title="Жаңа атау")[0]

    assert (status, told["error"]["__type"], patched) == (409, "Validation Error", 200)
    row = Dataset.objects.get()
    assert (row.title["kk"], row.licence) == ("Жаңа атау", "cc-by-4.0")


def test_patch_that_changes_nothing_is_no_edition(client, body, officer, key):
    before = published(body, officer).edition

    assert ask(client, "package_patch", key, id="mektepter")[0] == 200
    assert Dataset.objects.get().edition == before


def test_new_file_of_a_published_set_begins_a_version(client, body, officer, key):
    row = published(body, officer)

    status, told = send(client, key, "mektepter")

    assert status == 200
    assert told["result"]["package_id"] == "mektepter"
    version = row.versions.get(state=Version.State.DRAFT)
    assert (version.number, version.files.get().name) == (2, "mektepter.csv")
    assert ask(client, "resource_delete", key, id=told["result"]["id"])[0] == 200
    assert not version.files.exists()


def test_file_may_be_named_by_its_address(client, body, key):
    ask(client, "package_create", key, owner_org=body.code, **PACKAGE)

    given = {"package_id": "mektepter-sany", "url": "https://data.example.kz/mektepter.csv"}
    status, told = ask(client, "resource_create", key, **given)

    assert (status, told["result"]["name"]) == (200, "mektepter.csv")
    assert Version.objects.get().files.get().link == given["url"]


def test_set_is_withdrawn_with_a_reason(client, body, officer, key):
    published(body, officer)

    without = ask(client, "package_delete", key, id="mektepter")
    status, _ = ask(client, "package_delete", key, id="mektepter", reason="Қате табылды")
    again = ask(client, "package_delete", key, id="mektepter", reason="тағы")

    assert (without[0], without[1]["error"]) == (
        403,
        {
            "__type": "Authorization Error",
            "message": "Access denied: a withdrawn set keeps a page that says why; send the reason "
            "beside the id: reason=…",
        },
    )
    assert (status, again[0]) == (200, 403)
    assert Dataset.objects.get().reason == "Қате табылды"


def test_nobody_writes_without_a_key_of_the_body(client, body, officer, evaluator, key):
    published(body, officer)
    moderator = tokens.make(evaluator, "m", at=AT)

    for given in ("", moderator, "aiqyn_made-up"):
        for action in ("package_patch", "package_update", "package_delete"):
            status, told = ask(client, action, given, id="mektepter", reason="x")
            assert (status, told["error"]["__type"]) == (403, "Authorization Error")
        assert send(client, given, "mektepter")[0] == 403
        assert ask(client, "package_create", given, owner_org=body.code, name="x-y")[0] == 403
    assert Dataset.objects.get().edition == 1


def test_address_alone_changes_nothing(client, body, officer, key):
    published(body, officer)

    answer = client.get(
        "/api/3/action/package_delete",
        {"id": "mektepter", "reason": "x"},
        headers={"Authorization": key},
    )

    assert (answer.status_code, Dataset.objects.get().state) == (403, "published")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"owner_org": "nobody"}, {"owner_org": ["Organization does not exist"]}),
        ({"name": "Мектеп"}, {"name": [
            "Must be lower-case Latin letters, digits, - and _, 2 to 100 of them"]}),
        ({"license_id": "mine"}, None),
        ({"groups": [{"name": "fun"}]}, None),
        ({"groups": ["fun"]}, None),
        ({"maintainer_email": "a b"}, {"maintainer_email": ["Not an e-mail address"]}),
        ({"tags": "a"}, {"tags": ["Cannot parse JSON"]}),
        ({"tags": {"a": 1}}, {"tags": ["Not a list"]}),
        ({"extras": {"a": 1}}, {"extras": ["Not a list of keys and values"]}),
        ({"extras": [{"key": "frequency", "value": "often"}]}, None),
        ({"extras": [{"key": "temporal_end", "value": "2026-13-01"}]},
         {"temporal_end": ["Not a day: 2026-13-01"]}),
        ({"extras": [{"key": "temporal_end", "value": "soon"}]},
         {"temporal_end": ["Not a day: soon"]}),
        ({"resources": "a.csv"}, {"resources": ["Cannot parse JSON"]}),
        ({"resources": ["a.csv"]}, {"resources": ["Not a list of resources"]}),
        ({"resources": [{"name": "a"}]}, {"resources": ["Not an address"]}),
        ({"resources": [{"url": "https://a:b@c.kz/"}]},
         {"resources": ["An address with a name or a password in it"]}),
        ({"resources": [{"url": f"https://example.kz/{'a' * 2010}"}]},
         {"resources": ["An address longer than 2000 characters"]}),
        ({"resources": [{"url": "https://a.kz/b.csv"}, {"url": "https://c.kz/b.csv"}]}, None),
        ({"title": "а" * 301}, {"title": ["longer than 300 characters"]}),
    ],
)  # fmt: skip
def test_package_that_cannot_be_is_refused_whole(client, body, key, given, told):
    status, answer = ask(
        client, "package_create", key, **{"owner_org": body.code, **PACKAGE, **given}
    )

    assert (status, answer["error"]["__type"]) == (409, "Validation Error")
    if told:
        assert answer["error"] == {"__type": "Validation Error", **told}
    assert not Dataset.objects.exists()


def test_groups_may_be_empty_and_tags_plain_words(client, body, key):
    package = {**PACKAGE, "groups": [], "tags": json.dumps(["мектеп", "білім"])}

    ask(client, "package_create", key, owner_org=body.code, **package)

    row = Dataset.objects.get()
    assert (row.category, row.keywords) == ("", {"kk": ["мектеп", "білім"]})


def test_what_is_not_there_is_not_found(client, body, officer, key):
    published(body, officer)

    for action, given in (
        ("package_patch", {"id": "nothing"}),
        ("resource_delete", {"id": "999"}),
        ("resource_delete", {"id": "x"}),
        ("resource_create", {"package_id": "nothing", "url": "https://a.kz/b.csv"}),
    ):
        assert ask(client, action, key, **given)[0] == 404, action
    status, told = ask(client, "resource_create", key, package_id="mektepter", url="ftp://x")
    assert (status, told["error"]["url"]) == (409, ["Not an address"])


def test_name_that_is_taken_is_refused_and_nothing_is_begun(client, body, officer, key):
    published(body, officer, "mektepter-sany")

    status, told = ask(client, "package_create", key, owner_org=body.code, **PACKAGE)

    assert (status, told["error"]["__type"]) == (409, "Validation Error")
    assert Dataset.objects.count() == 1


def test_role_that_owes_a_second_factor_writes_with_no_key(client, body, key, settings):
    settings.SECOND_FACTOR_ROLES = ["officer"]

    status, told = ask(client, "package_create", key, owner_org=body.code, **PACKAGE)
    settings.SECOND_FACTOR_ROLES = ["evaluator"]
    allowed = ask(client, "package_create", key, owner_org=body.code, **PACKAGE)[0]

    assert (status, told["success"], told["error"]["__type"]) == (
        403,
        False,
        "Authorization Error",
    )
    assert "two-factor" in told["error"]["message"]
    assert (allowed, Dataset.objects.count()) == (200, 1)
