"""Files of a package changed by programs: what was published stays, the next version changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from aiqyn_portal.accounts import tokens
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.actions import Passport
from aiqyn_portal.sections.open_data.models import Dataset, File, Version
from aiqyn_portal.sections.open_data.refusals import FileNameTaken
from tests.portal.open_data.sets import AT, CSV, published

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://data.example.kz/zholdar.csv"


@pytest.fixture
def row(body, officer):
    return published(body, officer)


@pytest.fixture
def key(officer):
    return tokens.make(officer, "ckanapi", at=AT)


@pytest.fixture
def ask(client, key):
    def ask(action, **asked):
        answer = client.post(
            f"/api/3/action/{action}", asked, "application/json", headers={"Authorization": key}
        )
        return answer.status_code, answer.json()

    return ask


def shown(client):
    return client.get("/api/3/action/package_show?id=mektepter").json()["result"]


def names(row):
    """Files of each version."""
    return {
        each.number: [(file.name, file.state) for file in each.files.order_by("name")]
        for each in row.versions.all()
    }


def test_package_sent_back_as_it_was_shown_changes_nothing(client, row, ask):
    told = shown(client)

    status, answer = ask("package_update", **told)

    assert status == 200, answer
    assert Dataset.objects.get().edition == row.edition
    assert names(row) == {1: [("mektepter.csv", "read")]}


@pytest.mark.parametrize("action", ["package_update", "package_patch"])
def test_title_changed_in_a_package_as_it_was_shown_is_changed_alone(client, row, ask, action):
    Dataset.objects.update(places=["791010000"], languages=["kk"], phone="+7", frequency="monthly")
    row.refresh_from_db()
    before = {name: getattr(row, name) for name in Passport.__slots__}
    told = shown(client) | {"title": "Жаңа атау"}

    status, answer = ask(action, **told)

    assert status == 200, answer
    row.refresh_from_db()
    after = {name: getattr(row, name) for name in Passport.__slots__}
    assert after == before | {"title": {**before["title"], "kk": "Жаңа атау"}}


def test_extras_of_a_whole_package_are_all_there_are(client, row, ask):
    Dataset.objects.update(phone="+7", since="2026-01-01")
    told = shown(client)
    told["extras"] = [{"key": "frequency", "value": "yearly"}]

    assert ask("package_update", **told)[0] == 200

    now = Dataset.objects.get()
    assert (now.frequency, now.phone, now.since) == ("yearly", "", None)


def test_resources_of_a_published_set_begin_a_version_with_those_it_keeps(client, row, ask):
    told = shown(client)
    told["resources"].append({"url": ELSEWHERE})

    status, answer = ask("package_update", **told)

    assert status == 200, answer
    assert names(row) == {
        1: [("mektepter.csv", "read")],
        2: [("mektepter.csv", "waiting"), ("zholdar.csv", "waiting")],
    }
    old, new = File.objects.filter(name="mektepter.csv").order_by("pk")
    assert (old.sha256, old.size, old.title) == (new.sha256, new.size, new.title)
    assert File.objects.get(name="zholdar.csv").link == ELSEWHERE
    assert Version.objects.get(number=2).state == "draft"  # though it was sent as "active"


def test_file_taken_over_is_read_from_its_bytes_and_not_fetched_again(
    row, ask, client, officer, in_process
):
    file = File.objects.get()
    version = actions.start_version(row, by=officer, at=AT)
    kept = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)
    File.objects.filter(pk=file.pk).update(link=ELSEWHERE, sha256=kept.sha256)
    file.refresh_from_db()

    carried = actions.carry_file(file, version, by=officer, at=AT)
    actions.read_file(carried.pk)

    carried.refresh_from_db()
    assert (carried.state, carried.link, carried.rows) == ("read", ELSEWHERE, 2)


def test_list_sent_again_before_it_is_published_keeps_what_is_there(client, row, ask):
    told = shown(client)
    told["resources"].append({"url": ELSEWHERE})
    ask("package_patch", id="mektepter", resources=told["resources"])
    before = names(row)

    again = ask("package_patch", id="mektepter", resources=told["resources"])
    fewer = ask("package_patch", id="mektepter", resources=[{"url": ELSEWHERE}])
    after = names(row)
    back = ask("package_patch", id="mektepter", resources=shown(client)["resources"])

    assert (again[0], fewer[0], back[0]) == (200, 200, 200)
    assert before[2] == [("mektepter.csv", "waiting"), ("zholdar.csv", "waiting")]
    assert after[2] == [("zholdar.csv", "waiting")]
    assert names(row)[2] == [("mektepter.csv", "waiting")]


@pytest.mark.parametrize("action", ["package_update", "package_patch"])
@pytest.mark.parametrize("name", ["mektepter-2027.csv", "mektepter.csv"])
def test_known_resource_with_another_address_is_fetched_in_its_place(
    client, row, ask, action, name
):
    told = shown(client)
    told["resources"][0]["url"] = link = f"https://data.example.kz/{name}"

    first, again = ask(action, **told), ask(action, **told | {"state": ""})

    assert (first[0], again[0]) == (200, 200), first
    assert names(row) == {1: [("mektepter.csv", "read")], 2: [(name, "waiting")]}
    file = File.objects.get(version__number=2)
    assert (file.link, file.sha256) == (link, "")


@pytest.mark.parametrize("where", ["its link", "in public", "none"])
def test_known_resource_with_any_address_of_its_own_stays(client, row, ask, settings, where):
    settings.OPEN_DATA_ADDRESS = "https://derek.example.kz"
    File.objects.update(link="https://data.example.kz/mektepter.csv")
    told = shown(client)
    told["resources"][0]["url"] = {
        "its link": "https://data.example.kz/mektepter.csv",
        "in public": "https://derek.example.kz/data/mektepter/v1/mektepter.csv",
        "none": None,
    }[where]

    assert ask("package_update", **told)[0] == 200
    assert names(row) == {1: [("mektepter.csv", "read")]}


def test_resource_with_the_address_of_another_file_means_that_one(client, row, ask):
    ask("resource_create", package_id="mektepter", url=ELSEWHERE)
    [told] = shown(client)["resources"]

    assert ask("package_patch", id="mektepter", resources=[told | {"url": ELSEWHERE}])[0] == 200
    assert names(row)[2] == [("zholdar.csv", "waiting")]


@pytest.mark.parametrize("url", ["mektepter.csv", "ftp://data.example.kz/a.csv"])
def test_known_resource_with_an_address_that_is_none_is_refused(client, row, ask, url):
    [told] = shown(client)["resources"]

    status, answer = ask("package_patch", id="mektepter", resources=[told | {"url": url}])

    assert (status, answer["error"]["resources"]) == (409, ["Not an address"])
    assert names(row) == {1: [("mektepter.csv", "read")]}


def test_list_without_a_file_is_refused_and_nothing_of_the_passport_is_changed(row, ask):
    status, told = ask("package_patch", id="mektepter", title="Жаңа", resources=[])

    assert (status, told["error"]["resources"]) == (
        409,
        ["A set has a file at least; package_delete withdraws it"],
    )
    assert Dataset.objects.get().title["kk"] == "Мектептер саны"
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("resources", "why"),
    [
        ([{"name": "no address"}], "Not an address"),
        ([{"id": "999"}], "Not an address"),
        (["a.csv"], "Not a list of resources"),
        ([{"url": "https://a:b@c.kz/x.csv"}], "An address with a name or a password in it"),
    ],
)
def test_resource_that_cannot_be_is_refused(row, ask, resources, why):
    status, told = ask("package_patch", id="mektepter", resources=resources)

    assert (status, told["error"]["resources"], Version.objects.count()) == (409, [why], 1)


def test_draft_loses_the_files_that_are_not_listed(draft, ask):
    assert ask("package_patch", id=draft.name, resources=[])[0] == 200
    assert names(draft) == {1: []}


@pytest.mark.parametrize("action", ["resource_update", "resource_patch"])
def test_file_sent_for_a_published_one_goes_into_the_next_version(client, row, key, action):
    version = row.newest
    other = File.objects.create(
        version=version, name="zholdar.csv", sha256="a" * 64, size=3, state="read",
        added_at=AT, added_by=row.created_by,
    )  # fmt: skip
    old = version.files.get(name="mektepter.csv")
    sent = {"id": str(old.pk), "upload": SimpleUploadedFile("mektepter-2.csv", CSV)}

    first = client.post(f"/api/3/action/{action}", sent, headers={"Authorization": key})
    sent["upload"] = SimpleUploadedFile("mektepter.csv", CSV + b"1;2\n")
    sent["id"] = first.json()["result"]["id"]
    second = client.post(f"/api/3/action/{action}", sent, headers={"Authorization": key})

    assert (first.status_code, second.status_code) == (200, 200), second.json()
    assert names(row) == {
        1: [("mektepter.csv", "read"), (other.name, "read")],
        2: [("mektepter.csv", "waiting"), (other.name, "waiting")],
    }


@pytest.mark.parametrize("action", ["resource_update", "resource_patch"])
@pytest.mark.parametrize("sent", ["as shown", "its link", "no address", "an id alone"])
def test_file_sent_back_as_it_was_shown_stays(client, row, ask, action, sent):
    File.objects.update(link="https://data.example.kz/mektepter.csv", title={"kk": "Тізім"})
    [told] = shown(client)["resources"]
    more = {
        "as shown": {"description": "Жаңа"},
        "its link": {"url": "https://data.example.kz/mektepter.csv"},
        "no address": {"url": ""},
    }
    given = {"id": told["id"]} if sent == "an id alone" else told | more[sent]

    status, answer = ask(action, **given)

    assert (status, answer["result"]) == (200, told)
    assert names(row) == {1: [("mektepter.csv", "read")]}


def test_uploaded_file_of_a_draft_sent_back_keeps_its_bytes(draft, ask):
    [told] = ask("package_patch", id=draft.name)[1]["result"]["resources"]

    status, answer = ask("resource_update", **told)

    file = File.objects.get()
    assert (status, answer["result"]) == (200, told)
    assert (str(file.pk), file.link, file.state, file.size) == (told["id"], "", "read", len(CSV))


def test_published_file_sent_back_while_a_version_is_prepared_is_answered_as_shown(
    client, row, ask
):
    ask("resource_create", package_id="mektepter", url=ELSEWHERE)
    before = names(row)
    [told] = shown(client)["resources"]

    assert ask("resource_update", **told)[1]["result"] == told
    assert names(row) == before


def test_who_may_not_prepare_a_set_sends_back_none_of_its_files(client, row, evaluator):
    headers = {"Authorization": tokens.make(evaluator, "m", at=AT)}
    given = {"id": str(File.objects.get().pk)}

    answer = client.post("/api/3/action/resource_patch", given, headers=headers)

    assert (answer.status_code, answer.json()["error"]["__type"]) == (403, "Authorization Error")


def test_new_file_leaves_the_others_of_a_published_set_in_its_next_version(row, ask):
    status, told = ask("resource_create", package_id="mektepter", url=ELSEWHERE)

    assert (status, told["result"]["name"]) == (200, "zholdar.csv")
    assert names(row)[2] == [("mektepter.csv", "waiting"), ("zholdar.csv", "waiting")]


@pytest.mark.parametrize("asked_in", ["kk", "ru", "en"])
def test_refusal_is_told_in_the_language_asked_for_and_in_english(client, draft, key, asked_in):
    given = {"package_id": draft.name, "url": "https://data.example.kz/mektepter.csv"}
    headers = {"Authorization": key, "Accept-Language": asked_in}

    answer = client.post(
        "/api/3/action/resource_create", given, "application/json", headers=headers
    )

    told = {}
    for code in (asked_in, "en"):
        with override(code):
            told[str(FileNameTaken())] = code
    assert answer.json()["error"]["message"] == [" / ".join(told)]
    assert len(told) == (1 if asked_in == "en" else 2)
