"""Unmodified clients of CKAN read our catalogue as if it were one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import duckdb
import pytest
from ckanapi import NotFound, RemoteCKAN, ValidationError
from django.db import connections
from frictionless import Catalog, Package
from frictionless.portals import CkanControl

from aiqyn_portal.accounts import tokens
from aiqyn_portal.sections.open_data import actions, tables
from aiqyn_portal.sections.open_data.models import Dataset
from tests.portal.open_data.sets import AT, CSV, published

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:invalid escape sequence"),  # in the mapper of frictionless
]
PROGRAM = Path(sys.executable).with_name("ckanapi")


@pytest.fixture(autouse=True)
def _connections_end_with_the_request(monkeypatch):
    """A client that keeps its line open would keep the database open after the test, too."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture
def served(live_server, body, officer):
    """The address of a catalogue with two sets, one of which has a table to query."""
    file = published(body, officer).newest.files.get()
    to = tables.folder() / "made.parquet"
    duckdb.sql(f"COPY (SELECT 791010000 AS kato, 153 AS mektep) TO '{to}' (FORMAT parquet)")
    file.table_sha256 = tables.keep(to)
    file.save()
    published(body, officer, "zholdar", title={"kk": "Жолдар"})
    return live_server.url


def ckanapi(*arguments: str, cwd: Path, code: int = 0) -> list[dict]:
    """Run the command line client; return the objects it prints, a line each."""
    there = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}  # it calls itself
    run = subprocess.run(
        [PROGRAM, *arguments],
        cwd=cwd,
        env=there,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == code, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_ckanapi_as_a_library_calls_actions(served):
    with RemoteCKAN(served, user_agent="test") as ckan:
        assert ckan.action.package_list() == ["mektepter", "zholdar"]
        shown = ckan.action.package_show(id="mektepter")
        resource = shown["resources"][0]["id"]
        found = ckan.action.datastore_search(resource_id=resource, filters={"mektep": 153})
        assert found["records"] == [{"_id": 1, "kato": 791010000, "mektep": 153}]
        told = ckan.action.datastore_search_sql(sql=f'SELECT sum(mektep) AS n FROM "{resource}"')
        assert told["records"] == [{"n": 153}]
        with pytest.raises(NotFound):
            ckan.action.package_show(id="nothing")
        with pytest.raises(ValidationError):
            ckan.action.package_show()


def test_ckanapi_searches_and_dumps_the_catalogue(served, tmp_path):
    found = ckanapi("search", "datasets", "fq=tags:мектеп", "-r", served, cwd=tmp_path)
    dumped = ckanapi("dump", "datasets", "--all", "-p", "1", "-q", "-r", served, cwd=tmp_path)
    bodies = ckanapi("dump", "organizations", "--all", "-p", "1", "-q", "-r", served, cwd=tmp_path)

    assert sorted(each["name"] for each in found) == ["mektepter", "zholdar"]
    assert [each["name"] for each in dumped] == ["mektepter", "zholdar"]
    assert [each["package_count"] for each in bodies] == [2]


def test_ckanapi_dumps_datapackages_with_their_files(served, tmp_path):
    ckanapi(
        "dump", "datasets", "mektepter", "--datapackages", "out", "-q", "-r", served, cwd=tmp_path
    )

    folder = tmp_path / "out" / "mektepter"
    told = json.loads((folder / "datapackage.json").read_text())
    [resource] = told["resources"]
    assert (folder / resource["path"]).read_bytes() == CSV
    assert [each["name"] for each in resource["schema"]["fields"]] == ["kato", "mektep"]


def test_ckanapi_loads_what_was_dumped_elsewhere_with_its_files(served, officer, tmp_path):
    key = tokens.make(officer, "ckanapi", at=AT)
    [one, *_] = ckanapi("dump", "datasets", "zholdar", "-p", "1", "-q", "-r", served, cwd=tmp_path)
    file = {"name": "Жолдар", "url": "https://data.example.kz/zholdar.csv"}
    other = {**one, "name": "zholdar-2", "id": None, "resources": [file]}
    (tmp_path / "sets.jsonl").write_text(json.dumps(other) + "\n")

    ckanapi(
        *("load", "datasets", "-I", "sets.jsonl", "-p", "1", "-q", "-r", served, "-a", key),
        cwd=tmp_path,
    )

    row = Dataset.objects.get(name="zholdar-2")
    assert (row.state, str(row.title["kk"])) == ("draft", "Жолдар")
    assert [each.link for each in row.versions.get().files.all()] == [file["url"]]


def test_ckanapi_deletes_nothing_without_a_reason_and_says_so(served, officer, tmp_path):
    key = tokens.make(officer, "ckanapi", at=AT)
    log = tmp_path / "log"

    ckanapi(
        *("delete", "datasets", "mektepter", "-p", "1", "-q", "-l", str(log)),
        *("-r", served, "-a", key),
        cwd=tmp_path,
    )

    _, _, error, told = json.loads(log.read_text())
    assert (error, "reason=" in told) == ("NotAuthorized", True)
    assert Dataset.objects.get(name="mektepter").state == "published"


@pytest.mark.parametrize(
    ("things", "said", "why"),
    [
        ("organizations", {"name": "kz-akm-shymkent"}, "registry"),
        ("organizations", {"name": "nobody-knows"}, "registry"),
        ("groups", {"name": "education"}, "categories"),
        ("users", {"name": "officer", "email": "a@example.kz"}, "people"),
    ],
)
def test_ckanapi_prints_why_nobody_writes_bodies_and_people(
    served, officer, tmp_path, things, said, why
):
    key = tokens.make(officer, "ckanapi", at=AT)
    (tmp_path / "all.jsonl").write_text(json.dumps(said) + "\n")
    log = tmp_path / "log"

    ckanapi(
        *("load", things, "-I", "all.jsonl", "-p", "1", "-q", "-l", str(log)),
        *("-r", served, "-a", key),
        cwd=tmp_path,
        code=3,  # some were not loaded
    )

    _, _, _, error, told = json.loads(log.read_text())
    assert (error, why in told) == ("NotAuthorized", True)


def test_ckanapi_deletes_a_draft(served, officer, tmp_path):
    key = tokens.make(officer, "ckanapi", at=AT)
    row = actions.start_set(
        Dataset.objects.get(name="mektepter").body, "qate.csv", by=officer, at=AT
    )

    ckanapi("delete", "datasets", row.name, "-p", "1", "-q", "-r", served, "-a", key, cwd=tmp_path)

    assert not Dataset.objects.filter(pk=row.pk).exists()


def test_ckanapi_loads_a_set_again_with_another_file(served, officer, tmp_path):
    key = tokens.make(officer, "ckanapi", at=AT)
    [one, *_] = ckanapi("dump", "datasets", "zholdar", "-p", "1", "-q", "-r", served, cwd=tmp_path)
    link = "https://data.example.kz/zholdar-2.csv"
    load = ("load", "datasets", "-I", "sets.jsonl", "-p", "1", "-q", "-r", served, "-a", key)
    found = []
    for resources in (one["resources"], [*one["resources"], {"url": link}]):
        (tmp_path / "sets.jsonl").write_text(json.dumps({**one, "resources": resources}) + "\n")

        ckanapi(*load, cwd=tmp_path)

        row = Dataset.objects.get(name="zholdar")
        found.append([(v.number, v.files.count()) for v in row.versions.order_by("number")])
    assert found == [[(1, 1)], [(1, 1), (2, 2)]]


def test_pages_of_rows_are_followed_to_the_end(served):
    with RemoteCKAN(served) as ckan:
        [resource] = ckan.action.package_show(id="mektepter")["resources"]
    asked = urlencode({"resource_id": resource["id"], "q": "153", "filters": '{"mektep": 153}'})
    next_ = f"/api/3/action/datastore_search?{asked}&sort=kato+desc&fields=mektep&limit=1"

    found = []
    for _ in range(2):
        with urlopen(served + next_) as answer:
            told = json.load(answer)["result"]
        found.append((told["total"], told["records"]))
        next_ = told["_links"]["next"]

    assert found == [(1, [{"mektep": 153}]), (1, [])]
    assert "sort=kato+desc&fields=mektep&offset=2" in next_


def test_frictionless_reads_a_set_through_its_ckan_control(served):
    package = Package(control=CkanControl(baseurl=served, dataset="mektepter"))
    catalogue = Catalog(control=CkanControl(baseurl=served))

    assert package.title == "Мектептер саны"
    assert package.resources[0].path == f"{served}/data/mektepter/v1/mektepter.csv"
    assert sorted(each.package.name for each in catalogue.datasets) == ["mektepter", "zholdar"]


def test_frictionless_validates_our_data_package(served):
    package = Package(f"{served}/data/mektepter/datapackage.json")

    assert package.name == "mektepter"
    assert package.resources[0].read_rows()[0]["oblys"] == "Шымкент"
