"""DCAT: writings of RDF, pages of Hydra old and new, nodes without a name."""

from datetime import date

import pytest

from aiqyn.harvest import Refused, harvest
from aiqyn.harvest.dcat import Dcat
from aiqyn.harvest.model import BadPage, BadRecord, Request
from aiqyn.harvest.rdf import graph_of, syntax_of
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher
from tests.aiqyn.harvest.catalogues import TURTLE, DcatServer, Source, loopback, served

HERE = "https://a.kz/catalog.ttl"


def read(text, address=HERE):
    catalogue = Dcat(address)
    page = catalogue.read(Request(url=address), text.encode())
    return [catalogue.dataset(record, None) for record in page.records], page


def gathered(source, tmp_path, path="/catalog.ttl", **order):
    with served(source) as url:
        run = harvest(url + path, str(tmp_path), limits=loopback(), kind="dcat", **order)
        return list(run), run.summary


@pytest.mark.parametrize("modern", [False, True])
def test_pages_are_followed_by_either_word(tmp_path, modern):
    source = DcatServer(25)
    source.modern = modern

    found, summary = gathered(source, tmp_path)

    assert len({each.id for each in found}) == 25
    assert (summary.pages, summary.said, summary.missing, summary.problems) == (3, 25, 0, ())


def test_source_that_never_ends_is_left(tmp_path):
    source = DcatServer(25)
    source.is_endless = True

    found, summary = gathered(source, tmp_path)

    assert (len(found), summary.problems) == (25, ("repeats",))
    assert len(source.asked) < 10


def test_source_that_goes_round_in_circles_is_left(tmp_path):
    source = DcatServer(25)
    source.loops_to = 2

    found, summary = gathered(source, tmp_path)

    assert (len(found), summary.problems) == (25, ("repeats",))


def test_page_whose_next_is_itself_is_the_last():
    _, page = read(
        TURTLE + "<catalog.ttl> a hydra:PagedCollection ; hydra:nextPage <catalog.ttl> ."
    )

    assert page.next is None


def test_of_several_views_the_one_of_this_page_decides():
    _, page = read(
        TURTLE
        + '<x?page=1> hydra:nextPage "https://b.kz/wrong" .'
        + "<catalog.ttl> hydra:nextPage <catalog.ttl?page=2> ."
    )

    assert page.next.url == "https://a.kz/catalog.ttl?page=2"


def test_next_page_that_is_no_address_is_none():
    _, page = read(TURTLE + '<catalog.ttl> hydra:nextPage "mailto:a@b.kz" .')

    assert page.next is None


def test_unchanged_sets_are_counted_and_not_given(tmp_path):
    found, summary = gathered(DcatServer(24), tmp_path, since="2025-12-01", known={"gone": ""})

    assert sorted(each.id for each in found) == ["https://a.kz/set/11", "https://a.kz/set/23"]
    assert (summary.given, summary.unchanged, summary.gone) == (2, 22, ("gone",))


WHOLE = (
    TURTLE
    + """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
<https://a.kz/set/1> a dcat:Dataset ;
  dct:title "Мектептер"@kk, "Школы"@ru, "Schools"@en-GB ;
  dct:description [ rdfs:label "Тізім"@kk ] ;
  dcat:keyword "мектеп"@kk, "білім, бала"@kk, "школа"@ru, <http://a.kz/k> ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/EDUC>,
    [ a skos:Concept ; skos:prefLabel "Білім" ] ;
  dct:publisher [ foaf:name "Министрлік"@kk ; foaf:homepage <https://gov.kz/> ;
    dct:identifier "kz-edu" ] ;
  dcat:contactPoint [ vcard:fn "Бөлім" ; vcard:hasEmail <mailto:a@gov.kz> ;
    vcard:hasTelephone [ vcard:hasValue <tel:+77172000000> ] ] ;
  dct:license <http://creativecommons.org/licenses/by/4.0/> ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/MONTHLY> ;
  dct:issued "2024-01-05"^^xsd:date ; dct:modified "2025-03-01T10:00:00+05:00", "soon" ;
  dct:temporal [ dcat:startDate "2024-01"^^xsd:gYearMonth ; dcat:endDate "2024-02" ] ;
  dct:spatial <http://a.kz/kato/750000000>, [ skos:prefLabel "Алматы"@kk ] ;
  dct:language <http://publications.europa.eu/resource/authority/language/KAZ>, "ru" ;
  dcat:landingPage <https://a.kz/page> ; dcat:version "2" ; adms:versionNotes "Жаңа"@kk ;
  dct:conformsTo <https://a.kz/schema> ;
  dcat:distribution [ dct:title "CSV файл"@kk ; dcat:accessURL <https://a.kz/page> ;
      dcat:downloadURL <https://a.kz/f.csv> ; dcat:byteSize "12.0" ; dct:license "CC0" ;
      dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
      dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
      spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue "AB" ],
        [ spdx:algorithm spdx:checksumAlgorithm_md5 ; spdx:checksumValue "cd" ] ],
    <https://a.kz/d/2> .
<https://a.kz/d/2> dct:format [ rdfs:label "XLSX" ] ; dcat:accessURL "ftp://a.kz/f" ;
  spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_md5 ; spdx:checksumValue "cd" ] .
"""
)


def test_whole_passport_is_read():
    found, _ = read(WHOLE)

    assert found == [
        Dataset(
            id="https://a.kz/set/1",
            title={"kk": "Мектептер", "ru": "Школы", "en": "Schools"},
            description={"kk": "Тізім"},
            keywords={"kk": ("білім", "бала", "мектеп"), "ru": ("школа",)},
            themes=("http://publications.europa.eu/resource/authority/data-theme/EDUC", "Білім"),
            publisher=Publisher(
                id="kz-edu", name={"kk": "Министрлік"}, address="https://gov.kz/"
            ),
            contact=Contact(name={"": "Бөлім"}, email="a@gov.kz", phone="+77172000000"),
            licence="http://creativecommons.org/licenses/by/4.0/",
            rights={"": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"},
            frequency="monthly",
            issued="2024-01-05",
            modified="2025-03-01T10:00:00+05:00",
            since=date(2024, 1, 1),
            until=date(2024, 2, 29),
            places=("http://a.kz/kato/750000000", "Алматы"),
            language=("kk", "ru"),
            page="https://a.kz/page",
            version="2",
            version_note={"kk": "Жаңа"},
            conforms_to=("https://a.kz/schema",),
            distributions=(
                Distribution(
                    id="https://a.kz/d/2", access="ftp://a.kz/f", format="xlsx"
                ),
                Distribution(
                    title={"kk": "CSV файл"},
                    download="https://a.kz/f.csv",
                    access="https://a.kz/page",
                    format="csv",
                    media_type="text/csv",
                    size=12,
                    sha256="ab",
                    licence="CC0",
                ),
            ),
        )
    ]  # fmt: skip


def test_literals_in_place_of_nodes_are_read():
    found, _ = read(
        TURTLE
        + """<s> a dcat:Dataset ; dct:publisher "Орган"@kk ; dcat:contactPoint "Айгүл" ;
        dct:temporal "2020/2021" ; dct:accrualPeriodicity "R/P1Y" ; dct:spatial "Алматы" ."""
    )

    assert [
        (each.publisher, each.contact, each.since, each.until, each.frequency, each.places)
        for each in found
    ] == [
        (
            Publisher(name={"kk": "Орган"}),
            Contact(name={"": "Айгүл"}),
            date(2020, 1, 1),
            date(2021, 12, 31),
            "yearly",
            ("Алматы",),
        )
    ]


def test_period_of_instants_is_read():
    found, _ = read(
        TURTLE
        + """@prefix time: <http://www.w3.org/2006/time#> .
        <s> a dcat:Dataset ; dct:temporal [ time:hasBeginning [ time:inXSDDate "2020-05-01" ] ] ;
          dct:publisher <http://p> ; dcat:contactPoint [
            <http://www.w3.org/2006/vcard/ns#hasEmail> [ dct:title "x" ] ] ."""
    )

    assert [(each.since, each.until, each.publisher.id, each.contact) for each in found] == [
        (date(2020, 5, 1), None, "http://p", Contact())
    ]


def test_nameless_sets_are_known_by_what_they_say_of_themselves(tmp_path):
    source = Source()
    text = (
        TURTLE
        + """[] a dcat:Dataset ; dct:identifier "one" .
        [] a dcat:Dataset ; dcat:landingPage <https://a.kz/two> .
        [] a dcat:Dataset ; dct:title "nothing else" ."""
    )
    source.files["/c"] = (200, "text/turtle", text.encode())

    found, summary = gathered(source, tmp_path, "/c")

    assert [(type(each), each.id) for each in found] == [
        (Refused, ""),
        (Dataset, "https://a.kz/two"),
        (Dataset, "one"),
    ]
    assert (found[0].problem, summary.said, summary.missing) == ("no_identifier", 3, 0)


def test_set_named_by_a_catalogue_needs_no_type_and_one_described_elsewhere_waits():
    found, _ = read(
        TURTLE
        + """<c> a dcat:Catalog ; dcat:dataset <s>, <elsewhere>, <c> .
        <s> dct:title "A" ."""
    )

    assert [each.id for each in found] == ["https://a.kz/s"]


XML = """<?xml version="1.0"?>{doctype}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
<dcat:Dataset rdf:about="https://a.kz/1"><dct:title xml:lang="kk">{title}</dct:title>
</dcat:Dataset></rdf:RDF>"""
JSONLD = """{"@context": {"dcat": "http://www.w3.org/ns/dcat#",
 "dct": "http://purl.org/dc/terms/"}, "@graph": [{"@id": "https://a.kz/1",
 "@type": "dcat:Dataset", "dct:title": {"@value": "Жинақ", "@language": "kk"}}]}"""


@pytest.mark.parametrize(
    "text", [XML.format(doctype="", title="Жинақ"), JSONLD, "\ufeff" + JSONLD]
)  # fmt: skip
def test_other_writings_are_read(text):
    found, _ = read(text)

    assert [(each.id, each.title) for each in found] == [("https://a.kz/1", {"kk": "Жинақ"})]


LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = '{"a":' * 200 + "1" + "}" * 200


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (XML.format(doctype=LAUGHS, title="&b;"), "entities"),
        (XML.format(doctype=FILE, title="&a;"), "entities"),
        (XML.format(doctype="", title="<"), "not_rdf: not well-formed"),
        ("<a> <b", "not_rdf: BadSyntax"),
        ('{"@context": "http://169.254.169.254/"}', "remote_context: http://169.254"),
        ('{"@context": [{"@import": "http://x"}, "http://x/"]}', "remote_context"),
        ('{"a": {"@context": {"@import": "http://x"}}}', "remote_context"),
        ('{"@context": ', "not_rdf"),
        (DEEP, "too_deep"),
        ("[" * 100_000, "too_deep"),
    ],
)
def test_hostile_document_is_refused(text, problem):
    with pytest.raises(BadPage, match=problem):
        graph_of(text.encode(), HERE)


def test_document_too_deep_for_its_reader_is_refused(monkeypatch):
    def deep(*_, **__):
        raise RecursionError

    monkeypatch.setattr("aiqyn.harvest.rdf.Graph.parse", deep)
    with pytest.raises(BadPage, match="too_deep"):
        graph_of(b"", HERE)


def test_record_that_breaks_its_reader_is_refused_alone(tmp_path, monkeypatch):
    def broken(graph, node):
        raise ValueError("odd")

    monkeypatch.setattr("aiqyn.harvest.dcat.dataset_of", broken)
    found, _ = gathered(DcatServer(1), tmp_path)

    assert [(each.problem, each.detail) for each in found] == [("wrong_field", "odd")]


@pytest.mark.parametrize(
    ("head", "syntax"),
    [
        (b" {", "json-ld"),
        (b"<http://a> <b> <c>", "turtle"),
        (b"<!DOCTYPE rdf", "xml"),
        (b"", "turtle"),
    ],
)
def test_writing_is_told_by_the_bytes(head, syntax):
    assert syntax_of(head) == syntax


def test_nodes_that_say_nothing_are_nothing():
    found, _ = read(
        TURTLE + """<s> a dcat:Dataset ; dct:title "  " ; dct:spatial [ dct:source "x" ] ."""
    )

    assert found == [Dataset(id="https://a.kz/s")]


def test_label_that_is_its_own_label_is_a_bad_record():
    catalogue = Dcat(HERE)
    text = TURTLE + "<s> a dcat:Dataset ; dct:title _:a . _:a dct:title _:a ."
    page = catalogue.read(Request(url=HERE), text.encode())

    with pytest.raises(BadRecord, match="wrong_field: maximum recursion depth"):
        catalogue.dataset(page.records[0], None)


def test_page_too_large_for_a_graph_is_refused(monkeypatch):
    monkeypatch.setattr("aiqyn.harvest.rdf.MOST_BYTES", 3)

    with pytest.raises(BadPage, match="too_large: 4 bytes"):
        graph_of(b"<a> ", HERE)


def test_dates_that_are_none_make_no_noise(caplog):
    text = '<s> a dcat:Dataset ; dct:issued "05/2019"^^<http://www.w3.org/2001/XMLSchema#date> .'
    found, _ = read(TURTLE + text)

    assert (found[0].issued, caplog.records) == ("", [])


def test_distribution_that_is_only_named_leads_to_its_own_address():
    found, _ = read(TURTLE + "<s> a dcat:Dataset ; dcat:distribution <https://a.kz/f>, <urn:x> .")

    assert [(each.id, each.access) for each in found[0].distributions] == [
        ("https://a.kz/f", "https://a.kz/f"),
        ("urn:x", ""),
    ]
