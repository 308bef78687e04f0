"""Pages that are about data and not the data."""

import pytest

from aiqyn.subjects.datafile.landing import Landing, landing_of

PAGE = "https://data.a.kz/kk/dataset/halyk"
ROOT = "https://data.a.kz/kk"
SCHEMA = """<script type="application/ld+json">%s</script>"""


def landing(body, address=PAGE):
    return landing_of(f"<html><head></head><body>{body}</body></html>".encode(), address)


PLAIN = """{"@type": "Dataset", "license": "CC0", "distribution": [
    {"@type": "DataDownload", "contentUrl": "/a.csv"}, {"contentUrl": "/a.csv"}]}"""
GRAPH = """{"@graph": [
    {"@type": ["schema:Dataset"], "schema:license": {"@id": "https://l.kz"},
     "schema:distribution": {"@id": "_:b"}},
    {"@type": "schema:DataDownload", "schema:url": [{"@value": "https://b.kz/x.xlsx"}]},
    {"@type": "dcat:Distribution", "dcat:downloadURL": {"@id": "https://b.kz/y.csv"}}]}"""
NAMED = """{"@graph": [
    {"@type": "Dataset", "distribution": [{"@id": "#1"}, "#2", "#3", 5, {"@id": 6}]},
    {"@id": "#1", "contentUrl": "/1.csv"}, {"@id": "#2", "dcat:downloadURL": "/2.csv"},
    {"@id": "#4", "contentUrl": "/4.csv"}]}"""
PICTURES = """{"@type": "Dataset", "image": {"@type": "ImageObject", "contentUrl": "/a.png"},
    "video": {"@type": "VideoObject", "contentUrl": "/a.mp4"},
    "publisher": {"logo": {"@type": "ImageObject", "contentUrl": "/logo.png"}},
    "distribution": {"encodingFormat": "CSV", "contentUrl": "/a.csv"}}"""
BROKEN = """{"@type": "Dataset", "distribution": [
    {"contentUrl": "http://[bad"}, {"contentUrl": "/a.csv"}]}"""
BARE = '{"@type": "Dataset", "image": {"@type": "ImageObject", "contentUrl": "/a.png"}}'
TABLE = "<table><tr><th>a<th>b</tr><tr><td>1<td>2</tr></table>"
RDF = "<link rel=alternate type=text/turtle href=/a.ttl>"


@pytest.mark.parametrize(
    ("described", "files", "licence"),
    [
        (PLAIN, ("https://data.a.kz/a.csv",), "CC0"),
        (GRAPH, ("https://b.kz/y.csv", "https://b.kz/x.xlsx"), "https://l.kz"),
        (NAMED, ("https://data.a.kz/1.csv", "https://data.a.kz/2.csv"), ""),
        (PICTURES, ("https://data.a.kz/a.csv",), ""),
        (BROKEN, ("https://data.a.kz/a.csv",), ""),
        (BARE, (), ""),
        ('{"@type": "Dataset", "distribution": {"contentUrl": "ftp://a.kz/x", "n": 5}}', (), ""),
        ('{"@type": "Dataset", "license": 5, "url": "/x"}', (), ""),
    ],
)
def test_page_of_one_set_by_schema_org(described, files, licence):
    found = landing(SCHEMA % described)

    assert (set(found.files), found.catalogue, found.licence) == (set(files), ROOT, licence)
    assert found.is_set


@pytest.mark.parametrize(
    "described",
    [
        '{"@type": "DataCatalog"}',
        '[{"@type": "Dataset"}, {"@type": "Dataset", "distribution": {"contentUrl": "/a.csv"}}]',
    ],
)
def test_page_of_a_catalogue_by_schema_org(described):
    assert landing(SCHEMA % described) == Landing(catalogue=ROOT)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>1</td></tr></table><a href='a.csv'>CSV</a>",
        SCHEMA % "{",
        SCHEMA % ("[" * 100_000),
        SCHEMA % '{"@type": "Organization", "url": "/x"}',
        "<link rel=alternate type=application/rss+xml href=/feed>",
    ],
)
def test_page_that_is_about_anything_else(body):
    assert landing(body) is None


def test_description_without_an_end_is_left(monkeypatch):
    monkeypatch.setattr("aiqyn.subjects.datafile.landing.MOST_NODES", 2)

    assert landing(SCHEMA % '[[[{"@type": "Dataset"}]]]') is None


def test_pages_of_ckan():
    head = "<meta name=generator content='CKAN 2.11'>"
    links = (
        "<a class='btn resource-url-analytics' href='https://files.kz/1.csv'>x</a>"
        "<a href='/kk/dataset/halyk/resource/5/download/2.xlsx'>y</a>"
        "<a class=resource-url-analytics>"
        f"<a href='{PAGE}' class=resource-url-analytics>z</a>"
    )
    rights = "<a rel='dc:rights' href='https://l.kz'>CC</a>"
    files = (
        "https://files.kz/1.csv",
        "https://data.a.kz/kk/dataset/halyk/resource/5/download/2.xlsx",
    )

    assert landing(head + links + rights) == Landing(
        files=files, catalogue=ROOT, licence="https://l.kz"
    )
    assert landing(head + links + "<a rel='dc:rights'>CC BY</a>").licence == "CC BY"
    assert landing(head) == Landing(catalogue=ROOT)
    api = "<a href='/api/3/action/package_list'>API</a>"
    assert landing(api + links, "https://data.a.kz/dataset/") == Landing(
        catalogue="https://data.a.kz"
    )
    assert landing(api + links, "https://data.a.kz/about").catalogue == "https://data.a.kz"


@pytest.mark.parametrize(
    ("address", "catalogue"),
    [
        ("https://data.egov.kz/datasets/view?index=tozhr", "https://data.egov.kz"),
        ("https://www.data.egov.kz/x?index=tozhr", "https://data.egov.kz"),
        ("https://data.egov.kz/pages/faq", None),
    ],
)
def test_pages_of_the_national_portal(address, catalogue):
    found = landing("<p>x</p>", address)

    assert (found and found.catalogue) == catalogue


def test_page_with_a_link_to_rdf():
    link = "<link rel='alternate' type='text/turtle; charset=utf-8' href='/catalog.ttl'>"

    assert landing("<link rel=alternate href=/x>" + link) == Landing(
        catalogue="https://data.a.kz/catalog.ttl"
    )
    assert landing("<link rel=alternate type=text/turtle href='http://[bad'>") is None


@pytest.mark.parametrize("beside", [RDF, SCHEMA % BARE, SCHEMA % '{"@type": "DataCatalog"}'])
def test_page_that_names_no_file_and_holds_a_table_is_the_data(beside):
    assert landing(beside + TABLE) is None


@pytest.mark.parametrize(
    "layout",
    [
        f"<table><tr><td>{TABLE[:-8]}</table><td>x</table>".replace("<tr><td>1<td>2</tr>", ""),
        "<table><tr><td>1<td>2</table>",
        "<table><tr><td>1<tr><td>2</table>",
    ],
)
def test_table_of_layout_is_no_data(layout):
    assert landing(RDF + layout) == Landing(catalogue="https://data.a.kz/a.ttl")


def test_page_of_a_known_catalogue_is_not_the_data_whatever_tables_it_shows():
    ckan = "<meta name=generator content='CKAN 2.11'>"
    file = "<a href='/f.csv' class=resource-url-analytics>f</a>"
    egov = "https://data.egov.kz/datasets/view?index=a"

    assert landing(ckan + TABLE) == Landing(catalogue=ROOT)
    assert landing(SCHEMA % BARE + ckan + file + TABLE).files == ("https://data.a.kz/f.csv",)
    assert landing(TABLE, egov) == Landing(catalogue="https://data.egov.kz")
    assert landing(SCHEMA % PLAIN + TABLE).files == ("https://data.a.kz/a.csv",)
