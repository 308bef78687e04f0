"""What Aiqyn writes for others, Aiqyn reads back: two sides written by different hands."""

from datetime import date

import pytest

from aiqyn.exchange.ckan import package
from aiqyn.exchange.dcat import graph_of_one, write
from aiqyn.harvest.ckan_package import dataset_of
from aiqyn.harvest.dcat import Dcat
from aiqyn.harvest.model import Request
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher

WRITTEN = Dataset(
    id="https://a.kz/set/1",
    title={"kk": "Мектептер", "ru": "Школы", "en": "Schools"},
    description={"kk": "Тізім", "ru": "Список"},
    keywords={"kk": ("мектеп", "бала"), "ru": ("школа",)},
    themes=("http://publications.europa.eu/resource/authority/data-theme/EDUC",),
    publisher=Publisher(name={"kk": "Басқарма", "ru": "Управление"}),
    contact=Contact(name={"kk": "Айгүл"}, email="a@gov.kz", phone="+77172000000"),
    frequency="quarterly",
    issued="2024-01-05",
    modified="2025-03-01",
    since=date(2024, 1, 1),
    until=date(2024, 12, 31),
    language=("kk", "ru"),
    page="https://a.kz/set/1",
    version="2",
    distributions=(
        Distribution(
            title={"kk": "Файл"},
            download="https://a.kz/f.csv",
            access="https://a.kz/f.csv",
            format="csv",
            media_type="text/csv",
            size=12,
            sha256="ab" * 32,
        ),
    ),
)
TOLD = ("title", "description", "frequency", "since", "until", "version")
SHAPES = ("download", "access", "format", "media_type", "size", "sha256")


def told(dataset, *names):
    files = [[getattr(each, name) for name in SHAPES] for each in dataset.distributions]
    return {name: getattr(dataset, name) for name in names}, files


@pytest.mark.parametrize("writing", ["ttl", "rdf", "jsonld"])
def test_passport_written_as_dcat_is_read_back(writing):
    catalogue = Dcat("https://a.kz/catalog")
    content = write(graph_of_one(WRITTEN), writing)

    page = catalogue.read(Request(url="https://a.kz/catalog"), content)
    found = [catalogue.dataset(each, None) for each in page.records]

    names = (*TOLD, "themes", "publisher", "contact", "issued", "modified", "language")
    assert [told(each, *names) for each in found] == [told(WRITTEN, *names)]
    assert {key: set(words) for key, words in found[0].keywords.items()} == {
        key: set(words) for key, words in WRITTEN.keywords.items()
    }


def test_passport_written_as_a_package_is_read_back():
    found = dataset_of(package(WRITTEN), "https://a.kz")

    assert told(found, *TOLD) == told(WRITTEN, *TOLD)
    assert (found.contact.email, found.modified[:10]) == ("a@gov.kz", "2025-03-01")
