"""What we write as DCAT conforms to DCAT-AP, says an independent judge; and loses nothing."""

from datetime import date
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from msgspec.structs import replace
from rdflib import DCTERMS, FOAF, RDF, Graph, Literal, URIRef

from aiqyn.exchange.catalogue import Catalogue, Page
from aiqyn.exchange.dcat import DCAT, HYDRA, SPDX, VCARD, WRITINGS, graph_of, graph_of_one, write
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher

SHAPES = Path(__file__).parents[1] / "samples" / "dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl"
HOME = "https://data.example.kz/open-data/"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
AKIMAT = Publisher(
    id="kz-akm-turkistan",
    name={"kk": "Түркістан облысының әкімдігі", "ru": "Акимат Туркестанской области"},
    address="https://turkistan.example.kz",
)
SCHOOLS = Dataset(
    id="schools",
    title={"kk": "Мектептер тізімі", "ru": "Список школ", "en": "List of schools"},
    description={"kk": "Мектептердің атауы мен мекенжайы.", "ru": "Названия и адреса школ."},
    keywords={"kk": ("мектеп", "білім"), "ru": ("школа",)},
    themes=("http://publications.europa.eu/resource/authority/data-theme/EDUC", "білім"),
    publisher=AKIMAT,
    contact=Contact(
        name={"kk": "Айгүл Серікова"}, email="data@turkistan.example.kz", phone="+7 (72533) 5-00-00"
    ),
    licence="https://creativecommons.org/licenses/by/4.0/",
    frequency="quarterly",
    issued="2026-01-15",
    modified="2026-10-01T09:30:00+05:00",
    since=date(2026, 1, 1),
    until=date(2026, 9, 30),
    places=("61", "https://data.example.kz/places/61"),
    language=("kk", "ru"),
    page=HOME + "schools/",
    rights={"": PUBLIC},
    version="3",
    version_note={"kk": "Жаңа мектептер қосылды"},
    conforms_to=("https://specs.frictionlessdata.io/table-schema/", "жоқ стандарт"),
    distributions=(
        Distribution(
            id="csv",
            title={"kk": "CSV файлы"},
            description={"kk": "UTF-8"},
            download=HOME + "schools/3/schools.csv",
            format="csv",
            media_type="text/csv",
            size=2048,
            sha256="ab" * 32,
            issued="2026-10-01",
            modified="2026-10-01",
            language=("kk",),
        ),
        Distribution(id="api", access=HOME + "api/schools", licence="Ашық лицензия"),
    ),
)
BARE = Dataset(
    id="bare",
    title={"": "Атаусыз"},
    publisher=Publisher(id="kz-x"),
    page=HOME + "bare/",
    distributions=(Distribution(id="1"),),
)
CATALOGUE = Catalogue(
    address=HOME,
    title={"kk": "Ашық деректер", "ru": "Открытые данные", "en": "Open data"},
    description={"kk": "Әкімдіктердің ашық деректері", "en": "Open data of akimats"},
    publisher=AKIMAT,
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    issued="2026-01-01",
    modified="2026-10-01",
)


@cache
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def complaints(graph: Graph) -> str:
    """What the shapes say against the graph; "" when it conforms."""
    conforms, _, told = pyshacl.validate(graph, shacl_graph=shapes(), advanced=True)
    return "" if conforms else told


def test_catalogue_conforms_to_the_shapes_of_dcat_ap():
    assert complaints(graph_of([SCHOOLS, BARE], CATALOGUE)) == ""


def test_who_may_have_a_set_is_said_of_it():
    said = set(graph_of([SCHOOLS, BARE], CATALOGUE).subject_objects(DCTERMS.accessRights))

    assert said == {(URIRef(SCHOOLS.page), URIRef(PUBLIC))}


@pytest.mark.parametrize(
    ("subject", "says", "path"),
    [
        (SCHOOLS.page, DCTERMS.title, "dcterms:title"),
        (SCHOOLS.page, DCTERMS.description, "dcterms:description"),
        (SCHOOLS.page + "#csv", DCAT.accessURL, "dcat:accessURL"),
        (HOME, DCTERMS.publisher, "dcterms:publisher"),
    ],
)
def test_what_is_obligatory_and_missing_is_caught(subject, says, path):
    graph = graph_of([SCHOOLS], CATALOGUE)
    graph.remove((URIRef(subject), says, None))

    told = complaints(graph)

    assert "MinCountConstraintComponent" in told
    assert str(says).rsplit("/", 1)[-1].rsplit("#", 1)[-1] in told


@pytest.mark.parametrize("writing", WRITINGS)
def test_every_writing_says_the_same(writing):
    graph = graph_of([SCHOOLS], CATALOGUE)

    read = Graph().parse(data=write(graph, writing), format=WRITINGS[writing][1])

    assert read.isomorphic(graph)


def test_every_word_of_the_passport_is_written():
    graph = graph_of_one(SCHOOLS)
    it = URIRef(SCHOOLS.page)
    contact = graph.value(it, DCAT.contactPoint)
    csv = URIRef(SCHOOLS.page + "#csv")
    checksum = graph.value(csv, SPDX.checksum)

    assert set(graph.objects(it, DCTERMS.title)) == {
        Literal("Мектептер тізімі", lang="kk"),
        Literal("Список школ", lang="ru"),
        Literal("List of schools", lang="en"),
    }
    assert set(graph.objects(it, DCAT.keyword)) == {
        Literal("мектеп", lang="kk"), Literal("білім", lang="kk"), Literal("школа", lang="ru"),
    }  # fmt: skip
    assert str(graph.value(it, DCTERMS.accrualPeriodicity)).endswith("/frequency/QUARTERLY")
    assert str(graph.value(it, DCTERMS.modified)) == "2026-10-01T09:30:00+05:00"
    assert graph.value(contact, VCARD.hasTelephone) == URIRef("tel:+77253350000")
    assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:data@turkistan.example.kz")
    assert str(graph.value(checksum, SPDX.checksumValue)) == "ab" * 32
    assert list(graph.objects(it, DCTERMS.conformsTo)) == [
        URIRef("https://specs.frictionlessdata.io/table-schema/")
    ]
    api = graph.value(URIRef(SCHOOLS.page + "#api"), DCTERMS.license)
    assert graph.value(api, DCTERMS.title) == Literal("Ашық лицензия")


def test_page_of_a_long_list_names_its_neighbours():
    page = Page(
        address=HOME + "catalog.ttl?page=2",
        first=HOME + "catalog.ttl?page=1",
        last=HOME + "catalog.ttl?page=3",
        next=HOME + "catalog.ttl?page=3",
        previous=HOME + "catalog.ttl?page=1",
        total=250,
        per_page=100,
    )

    graph = graph_of([SCHOOLS], CATALOGUE, page)

    here = URIRef(page.address)
    assert graph.value(here, RDF.type) == HYDRA.PartialCollectionView
    assert int(graph.value(here, HYDRA.totalItems)) == 250
    assert graph.value(here, HYDRA["next"]) == URIRef(page.next)


def test_address_with_forbidden_letters_is_not_written_as_one():
    odd = replace(SCHOOLS, licence="https://x.kz/<b> a", publisher=Publisher(id="b", address="мкс"))

    graph = graph_of_one(odd)

    licence = graph.value(URIRef(odd.page + "#csv"), DCTERMS.license)
    assert graph.value(licence, DCTERMS.title) == Literal("https://x.kz/<b> a")
    publisher = graph.value(URIRef(odd.page), DCTERMS.publisher)
    assert graph.value(publisher, FOAF.name) == Literal("b")
    assert write(graph, "ttl")


def test_set_without_anybody_to_ask_has_no_contact():
    assert graph_of_one(BARE).value(URIRef(BARE.page), DCAT.contactPoint) is None


def test_what_nobody_said_is_not_written():
    quiet = replace(
        BARE, title={"kk": "Тізім", "ru": ""}, language=("de",), contact=Contact(phone="112")
    )

    graph = graph_of_one(quiet)

    it = URIRef(quiet.page)
    contact = graph.value(it, DCAT.contactPoint)
    assert list(graph.objects(it, DCTERMS.title)) == [Literal("Тізім", lang="kk")]
    assert graph.value(it, DCTERMS.language) is None
    assert graph.value(contact, VCARD.hasEmail) is None
    mail = replace(quiet, contact=Contact(email="a@b.kz"))
    asked = graph_of_one(mail)
    assert asked.value(asked.value(it, DCAT.contactPoint), VCARD.hasTelephone) is None


@pytest.mark.parametrize("writing", WRITINGS)
def test_what_xml_cannot_hold_is_in_no_writing(writing):
    bad = "\x00\x01\x1f\ud800\ufffe\uffff"
    said = {"ru": f"Шко{bad}лы\n"}
    contact = Contact(name=said, email=f'"{bad}a b"@example.kz', address=f"https://a.kz/{bad}")
    dataset = replace(
        SCHOOLS, title=said, keywords={"ru": (bad + "а",)}, places=(f"6{bad}1",), contact=contact
    )

    graph = Graph().parse(
        data=write(graph_of_one(dataset), writing),
        format=WRITINGS[writing][0].removeprefix("pretty-"),
    )

    assert Literal("Школы\n", lang="ru") in set(graph.objects(None, DCTERMS.title))
    assert URIRef("mailto:%22ab%22@example.kz") in set(graph.objects(None, VCARD.hasEmail))
