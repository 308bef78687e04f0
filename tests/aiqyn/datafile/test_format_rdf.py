import pytest
from rdflib import Graph, URIRef

from aiqyn.subjects.datafile import rdf
from aiqyn.subjects.datafile.addresses import host_of
from aiqyn.subjects.datafile.graph import Statements
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Links, Spot, Trouble
from aiqyn.subjects.datafile.open import read

TURTLE = """
@prefix s: <https://schema.org/> .
@prefix d: <https://data.gov.kz/id/> .
d:1 a s:Place; s:name "Түркістан"@kk; s:sameAs <http://www.wikidata.org/entity/Q1>;
    s:containedInPlace d:2; s:address [ s:streetAddress "x" ] .
d:2 a s:Place; s:name "Қазақстан"; s:sameAs <https://www.geonames.org/1>,
    <http://www.wikidata.org/entity/Q2>; s:size 5 .
"""
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
SEEN = Links(
    is_graph=True,
    triples=11,
    subjects=3,
    named=2,
    outward=3,
    hosts=("wikidata.org", "geonames.org"),
    sample=(
        "http://www.wikidata.org/entity/Q1",
        "http://www.wikidata.org/entity/Q2",
        "https://www.geonames.org/1",
    ),
)


def written(syntax):
    if syntax == "trig":
        head, _, body = TURTLE.partition("d:1 a")
        return f"{head}d:graph {{ d:1 a{body} }}"
    graph = Graph().parse(data=TURTLE, format="turtle")
    if syntax == "nquads":
        lines = graph.serialize(format="nt").splitlines()
        return "\n".join(line.removesuffix(".") + "<https://data.gov.kz/g> ." for line in lines)
    return graph.serialize(format=syntax, encoding="utf-8")


@pytest.fixture
def given(tmp_path):
    def write(content, name="data", limits=None):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(file, limits=limits or Limits())

    return write


def kinds(found):
    return [trouble.kind for trouble in found.troubles]


@pytest.mark.parametrize(
    ("syntax", "fmt"),
    [
        ("turtle", "turtle"),
        ("xml", "rdf"),
        ("nt", "ntriples"),
        ("json-ld", "jsonld"),
        ("trig", "trig"),
        ("nquads", "nquads"),
    ],
)
def test_one_graph_is_the_same_in_all_its_writings(given, syntax, fmt):
    found = given(written(syntax))

    assert (found.format, found.troubles) == (fmt, ())
    assert (found.links.hosts, sorted(found.links.sample)) == (SEEN.hosts, sorted(SEEN.sample))
    assert (found.links.triples, found.links.subjects, found.links.named) == (11, 3, 2)
    assert (found.links.is_graph, found.links.outward) == (True, 3)


def test_graph_without_addresses_names_and_leads_to_nothing(given):
    found = given('_:a <http://b.kz/n> "x" .\n_:a <http://b.kz/n> _:c .\n')

    assert found.links == Links(is_graph=True, triples=2, subjects=1)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ("@prefix a: <http://a/> .\na:b a:c a:d", "broken_format"),
        ("@prefix a: <http://a/> .\na:b a:c x:d .", "broken_format"),
        ("@prefix a: <http://a/> .\na:b a:c " + "[" * 10_000, "too_deep"),
        ("@prefix a: <http://a/> .\na:b a:c " + "( " * 10_000, "too_deep"),
        (f"{RDF}<a", "truncated"),
        (
            f'{RDF}<rdf:Description rdf:about="http://a" rdf:ID="x"/></rdf:RDF>',
            "broken_format",
        ),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rdf:RDF xmlns:rdf="r"/>',
            "entities",
        ),
    ],
)
def test_graph_that_breaks_the_rules_is_none(given, content, trouble):
    found = given(content)

    assert (kinds(found), found.links.is_graph, found.was_cut) == (
        [trouble],
        False,
        trouble == "too_deep",
    )


def test_short_entities_of_an_ontology_are_read(given):
    found = given(
        '<!DOCTYPE rdf:RDF [<!ENTITY s "https://schema.org/">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="&s;">'
        '<rdf:Description rdf:about="http://a.kz/1"><s:name>x</s:name></rdf:Description></rdf:RDF>'
    )

    assert (found.format, found.links.triples, found.troubles) == ("rdf", 1, ())


@pytest.mark.parametrize("syntax", ["turtle", "nt"])
def test_statements_beyond_the_limit_are_cut(given, syntax):
    found = given(written(syntax), limits=Limits(triples=4))

    assert (found.links.triples, found.was_cut) == (4, True)
    assert found.troubles == (Trouble(kind="too_large", detail="4"),)


def test_text_over_the_limit_is_not_parsed(given, monkeypatch):
    monkeypatch.setattr(rdf, "MOST", 100)

    assert kinds(given(TURTLE)) == ["too_large"]


@pytest.mark.parametrize(
    "line",
    [
        b"<http://a.kz/1> <http://b> x .",
        b'<http://a.kz/1> <http://b> "x"',
        b'<http://a.kz/1> <http://b> "\xff" .',
        b'<http://a.kz/1> <http://b> "x" <http://g> .',
        b'"x" <http://b> "x" .',
    ],
)
def test_line_that_is_no_statement_is_told_and_the_rest_is_read(given, line):
    good = b'<http://a.kz/1> <http://b> "x\\u0410\\""^^<http://t> . # words\n\n# more\n'
    found = given(good + line + b"\n" + good, name="a.nt")

    assert (found.links.triples, found.links.is_graph, kinds(found)) == (
        2,
        False,
        ["broken_statement"],
    )
    assert found.troubles[0].spots == (Spot(row=4, saw=line.decode("utf-8", "replace")),)


def test_places_of_broken_statements_are_bounded(given):
    found = given('<http://a> <http://b> "x" .\n' + "broken\n" * 1_200)

    assert [(each.count, len(each.spots)) for each in found.troubles] == [(1_200, 1_000)]


def test_addresses_that_cannot_be_read_lead_nowhere():
    statements = Statements(Limits())
    statements.add("http://[a/1", "http://b", "http://[c")
    statements.add("urn:x", "http://b", "mailto:a@b.kz")

    assert statements.links(is_graph=True) == Links(is_graph=True, triples=2, subjects=2)
    assert [host_of("https://www.a.kz:80/x"), host_of("ftp://a.kz"), host_of("https://")] == [
        "a.kz",
        "",
        "",
    ]


def test_sample_of_one_host_is_bounded():
    statements = Statements(Limits())
    for number in range(30):
        statements.add("http://a.kz/1", "http://p", f"http://b.kz/{number}")

    links = statements.links(is_graph=True)
    assert (links.outward, len(links.sample), links.hosts) == (30, 20, ("b.kz",))


def test_addresses_in_columns_of_a_table_are_counted(given):
    rows = "".join(f"{at};https://www.wikidata.org/wiki/Q{at % 3};x\n" for at in range(9))
    found = given(f"id;сілтеме;аты\n{rows}", name="a.csv")

    assert found.links == Links(
        outward=9,
        hosts=("wikidata.org",),
        sample=tuple(f"https://www.wikidata.org/wiki/Q{at}" for at in range(3)),
    )


def test_store_of_the_parser_keeps_nothing():
    store = rdf._Counting(Statements(Limits()))
    store.bind("a", URIRef("http://a/"))

    assert (store.prefix(URIRef("http://a/")), store.prefix(URIRef("http://b/"))) == ("a", None)
    assert (store.namespace("a"), list(store.namespaces())) == (
        URIRef("http://a/"),
        [("a", URIRef("http://a/"))],
    )
    assert (list(store.triples((None, None, None))), list(store.contexts())) == ([], [])
    assert store.add_graph(None) is None
