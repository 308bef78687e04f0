"""CKAN's dictionaries, schema.org and Data Package: whole answers for one set and a bare one."""

from datetime import date

import msgspec
import pytest

from aiqyn.exchange.catalogue import Catalogue
from aiqyn.exchange.ckan import package
from aiqyn.exchange.datapackage import datapackage
from aiqyn.exchange.schema_org import schema_org
from aiqyn.subjects.datafile.model import Column, DataFile, Table
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Field, Publisher

HOME = "https://data.example.kz/open-data/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TABLE = Table(
    header=("коды", "атауы", "ашылған күні", "жабылған күні", "оқушы", "үлесі"),
    header_row=1,
    first_row=2,
    rows=2,
    columns=(
        Column(name="коды", number=1, kind="whole", is_key=True),
        Column(name="атауы", number=2, kind="text"),
        Column(name="ашылған күні", number=3, kind="date", shape="%Y-%m-%d"),
        Column(name="жабылған күні", number=4, kind="date", shape="%d.%m.%Y"),
        Column(name="оқушы", number=5, kind="whole"),
        Column(name="үлесі", number=6, kind="decimal", shape="1,5"),
    ),
)
CSV = Distribution(
    id="7",
    title={"kk": "Кесте", "ru": "Таблица"},
    download=HOME + "schools/3/schools.csv",
    format="csv",
    media_type="text/csv",
    size=2048,
    sha256="ab" * 32,
    issued="2026-10-01",
    modified="2026-10-01",
    fields=(Field(name="коды", title={"kk": "Мектеп коды"}, description={"ru": "Код школы"}),),
    file=DataFile(
        name="schools.csv",
        format="csv",
        encoding="utf-8",
        delimiter=";",
        quote='"',
        tables=(TABLE,),
    ),
)
SCHOOLS = Dataset(
    id=HOME + "schools/",
    title={"kk": "Мектептер", "ru": "Школы", "en": "Schools"},
    description={"ru": "Все школы области"},
    keywords={"kk": ("мектеп",), "ru": ("школа", "образование")},
    themes=("education", "http://publications.europa.eu/resource/authority/data-theme/EDUC"),
    publisher=Publisher(
        id="kz-akm-turkistan",
        name={"kk": "Түркістан облысының әкімдігі"},
        address="https://t.example.kz",
        bin="000140000000",
    ),
    contact=Contact(
        name={"kk": "А. Серікова"}, email="data@t.example.kz", phone="+7 725 000 00 00"
    ),
    licence=LICENCE,
    frequency="yearly",
    issued="2026-01-15",
    modified="2026-10-01T09:30:00+05:00",
    since=date(2026, 1, 1),
    places=("61",),
    language=("kk", "ru"),
    page=HOME + "schools/",
    version="3",
    version_note={"ru": "Добавлены школы"},
    distributions=(CSV,),
)
BARE = Dataset(id="bare", title={"": "Тізім"}, page=HOME + "bare/", withdrawn="Қате")
CATALOGUE = Catalogue(address=HOME, title={"kk": "Ашық деректер"}, description={})


def test_package_says_all_that_ckan_knows():
    told = package(SCHOOLS, language="ru")

    resources, extras = told.pop("resources"), told.pop("extras")
    assert told == {
        "id": "schools",
        "name": "schools",
        "type": "dataset",
        "state": "active",
        "private": False,
        "title": "Школы",
        "title_translated": {"kk": "Мектептер", "ru": "Школы", "en": "Schools"},
        "notes": "Все школы области",
        "notes_translated": {"kk": "", "ru": "Все школы области", "en": ""},
        "url": HOME + "schools/",
        "version": "3",
        "author": "Түркістан облысының әкімдігі",
        "author_email": None,
        "maintainer": "А. Серікова",
        "maintainer_email": "data@t.example.kz",
        "license_id": LICENCE,
        "license_title": LICENCE,
        "license_url": LICENCE,
        "owner_org": "kz-akm-turkistan",
        "organization": {
            "id": "kz-akm-turkistan",
            "name": "kz-akm-turkistan",
            "type": "organization",
            "state": "active",
            "is_organization": True,
            "approval_status": "approved",
            "title": "Түркістан облысының әкімдігі",
            "title_translated": {"kk": "Түркістан облысының әкімдігі", "ru": "", "en": ""},
            "description": "",
            "image_url": "",
        },
        "metadata_created": "2026-01-15T00:00:00.000000",
        "metadata_modified": "2026-10-01T04:30:00.000000",
        "num_resources": 1,
        "num_tags": 2,
        "tags": [
            {
                "id": word,
                "name": word,
                "display_name": word,
                "state": "active",
                "vocabulary_id": None,
            }
            for word in ("школа", "образование")
        ],
        "groups": [
            {
                "id": "education",
                "name": "education",
                "title": "education",
                "display_name": "education",
            }
        ],
        "relationships_as_object": [],
        "relationships_as_subject": [],
    }
    assert extras == [
        {"key": "uri", "value": HOME + "schools/"},
        {"key": "frequency", "value": "yearly"},
        {"key": "temporal_start", "value": "2026-01-01"},
        {"key": "spatial_uri", "value": "61"},
        {"key": "language", "value": "kk,ru"},
        {"key": "version_notes", "value": "Добавлены школы"},
        {"key": "contact_phone", "value": "+7 725 000 00 00"},
    ]
    assert resources == [
        {
            "id": "7",
            "package_id": "schools",
            "position": 0,
            "state": "active",
            "name": "Таблица",
            "name_translated": {"kk": "Кесте", "ru": "Таблица", "en": ""},
            "description": "",
            "url": HOME + "schools/3/schools.csv",
            "url_type": "upload",
            "resource_type": None,
            "format": "CSV",
            "mimetype": "text/csv",
            "size": 2048,
            "hash": "sha256:" + "ab" * 32,
            "created": "2026-10-01T00:00:00.000000",
            "last_modified": "2026-10-01T00:00:00.000000",
            "metadata_modified": "2026-10-01T00:00:00.000000",
            "datastore_active": False,
        }
    ]


def test_withdrawn_set_without_anything_is_a_deleted_package():
    told = package(BARE)

    assert (told["state"], told["title"], told["tags"]) == ("deleted", "Тізім", [])
    assert told["metadata_created"] is None
    assert told["organization"]["title"] == ""
    assert told["extras"] == [{"key": "uri", "value": "bare"}]


def test_schema_org_names_every_language():
    told = schema_org(SCHOOLS, CATALOGUE)

    assert told["name"] == [
        {"@language": "kk", "@value": "Мектептер"},
        {"@language": "ru", "@value": "Школы"},
        {"@language": "en", "@value": "Schools"},
    ]
    assert told["keywords"] == ["мектеп", "школа", "образование"]
    assert told["temporalCoverage"] == "2026-01-01/.."
    assert told["creator"]["identifier"] == "000140000000"
    assert told["distribution"] == [
        {
            "@type": "DataDownload",
            "name": [
                {"@language": "kk", "@value": "Кесте"},
                {"@language": "ru", "@value": "Таблица"},
            ],
            "contentUrl": HOME + "schools/3/schools.csv",
            "encodingFormat": "text/csv",
            "contentSize": "2048 B",
            "sha256": "ab" * 32,
        }
    ]


def test_schema_org_leaves_out_what_nobody_said():
    silent = msgspec.structs.replace(BARE, distributions=(Distribution(access=HOME),))

    assert schema_org(silent, CATALOGUE) == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": "bare",
        "identifier": "bare",
        "url": HOME + "bare/",
        "name": "Тізім",
        "description": "Тізім",
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization"},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": "Ашық деректер", "url": HOME},
        "distribution": [{"@type": "DataDownload", "contentUrl": HOME}],
    }


def test_data_package_promises_no_more_than_the_cells_keep():
    told = datapackage(SCHOOLS, language="ru")

    assert told["name"] == "schools"
    assert told["licenses"] == [{"path": LICENCE}]
    assert told["resources"] == [
        {
            "name": "1-csv",
            "title": "Таблица",
            "path": HOME + "schools/3/schools.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "bytes": 2048,
            "hash": "sha256:" + "ab" * 32,
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "dialect": {"delimiter": ";", "header": True, "quoteChar": '"'},
            "schema": {
                "fields": [
                    {
                        "name": "коды",
                        "type": "integer",
                        "title": "Мектеп коды",
                        "description": "Код школы",
                    },
                    {"name": "атауы", "type": "string"},
                    {"name": "ашылған күні", "type": "date"},
                    {"name": "жабылған күні", "type": "string"},
                    {"name": "оқушы", "type": "integer"},
                    {"name": "үлесі", "type": "string"},
                ],
                "missingValues": [""],
                "primaryKey": ["коды"],
            },
        }
    ]


@pytest.mark.parametrize(
    ("file", "dialect"),
    [
        (None, None),
        (DataFile(name="a.xlsx", format="xlsx", tables=(TABLE,)), None),
        (DataFile(name="a.csv", format="csv"), None),
        (
            DataFile(
                name="a.csv",
                format="csv",
                delimiter=",",
                tables=(Table(header_row=3, first_row=4, columns=()),),
            ),
            {"delimiter": ",", "header": True, "headerRows": [3]},
        ),
    ],
)
def test_data_package_gives_a_schema_to_tables_in_text_only(file, dialect):
    each = Distribution(id="1", download=HOME + "a", file=file)
    silent = msgspec.structs.replace(BARE, distributions=(each, Distribution(id="2", access=HOME)))

    (resource,) = datapackage(silent)["resources"]

    assert resource.get("dialect") == dialect


def test_words_in_a_language_nobody_expected_are_still_said():
    odd = msgspec.structs.replace(BARE, title={"de": "Liste"}, keywords={"de": ("Wort",)})

    assert package(odd)["title"] == "Liste"
    assert [tag["name"] for tag in package(odd)["tags"]] == ["Wort"]
