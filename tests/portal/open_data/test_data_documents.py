"""DCAT, Data Package, schema.org and the feed, as programs meet them."""

import json
import re

import feedparser
import pytest
from rdflib import Graph, Namespace, URIRef

from aiqyn_portal.sections.open_data.api import documents
from aiqyn_portal.sections.open_data.models import Dataset
from tests.aiqyn.exchange.test_dcat import complaints
from tests.portal.open_data.sets import published

pytestmark = pytest.mark.django_db
DCAT = Namespace("http://www.w3.org/ns/dcat#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")


@pytest.fixture
def schools(body, officer):
    return published(body, officer)


@pytest.mark.parametrize("writing", ["ttl", "rdf", "jsonld"])
def test_catalogue_conforms_to_dcat_ap_in_every_writing(client, schools, writing):
    answer = client.get(f"/catalog.{writing}")

    graph = Graph().parse(data=answer.content, format=answer["Content-Type"])
    it = URIRef("http://testserver/data/mektepter/")
    assert (URIRef("http://testserver/data/"), DCAT.dataset, it) in graph
    assert complaints(graph) == ""


def test_head_of_a_page_names_its_writings_for_programs_and_they_answer(client, schools):
    page = client.get(f"/kk/open-data/sets/{schools.name}/").content.decode()
    named = dict(re.findall(r'<link rel="alternate" type="(\S+)" href="(\S+)">', page))

    answered = {kind: client.get(path)["Content-Type"] for kind, path in named.items()}

    assert {kind: said.split(";")[0] for kind, said in answered.items()} == {
        kind: kind for kind in ("text/turtle", "application/ld+json", "application/rdf+xml")
    }


def test_long_catalogue_is_read_page_by_page(client, body, officer, monkeypatch):
    monkeypatch.setattr(documents, "PER_PAGE", 2)
    for number in range(5):
        published(body, officer, f"set-{number}")
    seen, address = [], "/catalog.ttl"

    while address:
        graph = Graph().parse(data=client.get(address).content, format="turtle")
        seen += sorted(str(each) for each in graph.objects(None, DCAT.dataset))
        address = next(map(str, graph.objects(None, HYDRA["next"])), "")

    assert seen == [f"http://testserver/data/set-{number}/" for number in range(5)]
    for page in ("0", "4", "x", "9" * 30, "00000000199999999999999999999"):
        assert client.get(f"/catalog.ttl?page={page}").status_code == 404


def test_one_set_is_described_alone(client, schools):
    graph = Graph().parse(data=client.get("/data/mektepter.ttl").content, format="turtle")

    assert set(graph.objects(None, DCAT.downloadURL)) == {
        URIRef("http://testserver/data/mektepter/v1/mektepter.csv")
    }
    assert client.get("/data/nothing.ttl").status_code == 404


def test_data_package_names_the_files(client, schools):
    told = json.loads(client.get("/data/mektepter/datapackage.json").content)

    assert told["name"] == "mektepter"
    assert [each["path"] for each in told["resources"]] == [
        "http://testserver/data/mektepter/v1/mektepter.csv"
    ]


def test_search_engines_read_the_set(client, schools):
    told = json.loads(client.get("/data/mektepter/schema.jsonld").content)

    assert told["@type"] == "Dataset"
    assert told["creator"]["@type"] == "GovernmentOrganization"


def test_set_that_is_not_offered_is_nowhere(client, schools):
    Dataset.objects.update(state="withdrawn", reason="себеп")

    for address in (
        "/data/mektepter.ttl",
        "/data/mektepter/datapackage.json",
        "/data/mektepter/schema.jsonld",
    ):
        assert client.get(address).status_code == 404
    assert b"mektepter" not in client.get("/catalog.ttl").content
    assert b"mektepter" not in client.get("/feeds/data.atom").content


@pytest.mark.parametrize(
    ("address", "title", "note"),
    [
        ("/feeds/data.atom", "Мектептер саны", "Бірінші шығарылым"),
        ("/feeds/data.ru.atom", "Число школ", "Первый выпуск"),
    ],
)
def test_feed_tells_of_new_versions(client, schools, address, title, note):
    feed = feedparser.parse(client.get(address).content)

    assert not feed.bozo
    [entry] = feed.entries
    assert entry.title.endswith(title)
    assert entry.summary == note
    assert entry.id.startswith("urn:uuid:")


def test_feed_speaks_no_other_language(client):
    assert client.get("/feeds/data.de.atom").status_code == 404


def test_catalogue_without_sets_is_a_catalogue(client, db):
    graph = Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")

    assert complaints(graph) == ""
    assert client.get("/data/").status_code == 302


def test_page_of_the_set_leads_programs_to_all_of_it(client, schools):
    page = client.get("/ru/open-data/sets/mektepter/").content.decode()

    for address in (
        "/api/3/action/package_show?id=mektepter",
        "/data/mektepter.ttl",
        "/data/mektepter.rdf",
        "/data/mektepter.jsonld",
        "/data/mektepter/datapackage.json",
        "/data/mektepter/schema.jsonld",
        "/feeds/data.ru.atom",
    ):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
