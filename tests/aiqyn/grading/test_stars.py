from datetime import date

import pytest

from aiqyn.chain import Outcome
from aiqyn.grading import Step, grade
from aiqyn.grading.stars import is_public, said, stars_of
from aiqyn.regulations import edition_on
from aiqyn.subjects.datafile.model import DataFile, Links, Member, Table, Trouble
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.licences import read_licence
from aiqyn.text import missing

DAY = date(2026, 11, 20)
OPEN = "CC-BY-4.0"
WEB = "https://data.egov.kz/halyk.csv"
ROWS = (Table(rows=2),)
GRAPH = Links(is_graph=True, triples=40, subjects=10, named=9)
CSV = "өңір,халық\nАбай,610000\nЖетісу,698000\n"
TURTLE = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://data.gov.kz/region/abai> rdfs:label "Абай" {more}.
<https://data.gov.kz/region/jetisu> rdfs:label "Жетісу" .
"""


def stars(file, licence=OPEN, address=WEB):
    return stars_of(file, read_licence(licence), address)


def bytes_of(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def test_file_exists_for_every_number_of_stars(tmp_path):
    """ckanext-qa could give nobody four: every number must be within reach of real bytes."""
    linked = TURTLE.format(more="; owl:sameAs <http://www.wikidata.org/entity/Q1> ")
    files = [
        (bytes_of(tmp_path, "a.csv", CSV), ""),
        (bytes_of(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64), OPEN),
        (DataFile(name="a.xlsx", format="xlsx", tables=ROWS), OPEN),
        (bytes_of(tmp_path, "b.csv", CSV), OPEN),
        (bytes_of(tmp_path, "a.ttl", TURTLE.format(more="")), OPEN),
        (bytes_of(tmp_path, "b.ttl", linked), OPEN),
    ]

    assert [stars(file, licence).count for file, licence in files] == [0, 1, 2, 3, 4, 5]


def test_star_needs_all_before_it():
    graph = DataFile(name="a.ttl", format="turtle", links=GRAPH)

    found = stars(graph, licence="")

    assert (found.count, found.reach) == (0, 4)
    assert [step.outcome for step in found.steps] == [
        Outcome.FAILED,
        *[Outcome.PASSED] * 3,
        Outcome.FAILED,
    ]
    assert found.missing == Step(star=1, outcome=Outcome.FAILED, note="licence_none")


def test_five_stars_lack_nothing():
    links = Links(
        is_graph=True, triples=9, subjects=3, named=3, outward=2, hosts=("www.wikidata.org",)
    )

    found = stars(DataFile(name="a.ttl", format="turtle", links=links))

    assert (found.count, found.reach, found.missing) == (5, 5, None)
    assert [step.saw for step in found.steps] == [
        "Creative Commons BY-4.0",
        "Turtle",
        "Turtle",
        "3 / 3",
        "2: www.wikidata.org",
    ]


@pytest.mark.parametrize(
    ("licence", "address", "outcome", "note"),
    [
        (OPEN, WEB, Outcome.PASSED, ""),
        ("CC BY-NC 4.0", WEB, Outcome.FAILED, "licence_closed"),
        ("", WEB, Outcome.FAILED, "licence_none"),
        ("Ережеге сәйкес", WEB, Outcome.CANNOT_TELL, "licence_unknown"),
        ("Ашық лицензия", WEB, Outcome.CANNOT_TELL, "licence_unnamed"),
        ("Закон 401-V", WEB, Outcome.CANNOT_TELL, "licence_law"),
        ("CC BY или CC BY-NC", WEB, Outcome.CANNOT_TELL, "licence_several"),
        ("not CC BY", WEB, Outcome.CANNOT_TELL, "licence_denied"),
        (OPEN, "", Outcome.CANNOT_TELL, "address_none"),
        (OPEN, "http://10.0.0.5/halyk.csv", Outcome.FAILED, "address_closed"),
    ],
)
def test_first_star_needs_an_open_licence_on_the_web(licence, address, outcome, note):
    step = stars(DataFile(name="a.csv", format="csv", tables=ROWS), licence, address).steps[0]

    assert (step.outcome, step.note) == (outcome, note)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://data.egov.kz/a", True),
        ("http://8.8.8.8/a", True),
        ("http://localhost/a", False),
        ("http://server/a", False),
        ("http://server.local/a", False),
        ("http://127.0.0.1/a", False),
        ("http://[fe80::1]/a", False),
        ("http://[/a", False),
        ("ftp://data.egov.kz/a", False),
        ("", False),
    ],
)
def test_address_is_public_when_anybody_may_ask_for_it(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("file", "note", "saw"),
    [
        (DataFile(name="a", format="csv", tables=ROWS), "", "CSV"),
        (DataFile(name="a", format="turtle", links=GRAPH), "", "Turtle"),
        (DataFile(name="a", format="pdf", tables=ROWS), "not_structured", "PDF"),
        (DataFile(name="a", format="csv", tables=(Table(),)), "no_data", "CSV"),
        (
            DataFile(name="a", format="xlsx", troubles=(Trouble(kind="encrypted"),)),
            "unreadable",
            "encrypted",
        ),
        (
            DataFile(
                name="a",
                format="zip",
                tables=ROWS,
                members=(Member(name="1.pdf", format="pdf"), Member(name="1.csv", format="csv")),
            ),
            "",
            "CSV",
        ),
        (DataFile(name="a", format="zip"), "not_structured", "ZIP"),
    ],
)
def test_second_star_needs_values_a_program_can_read(file, note, saw):
    step = stars(file).steps[1]

    assert (step.note, step.saw) == (note, saw)


@pytest.mark.parametrize(
    ("file", "note", "saw"),
    [
        (DataFile(name="a", format="ods"), "", "ODS"),
        (DataFile(name="a", format="xlsx"), "closed_format", "XLSX"),
        (
            DataFile(
                name="a",
                format="zip",
                members=(Member(name="1.xls", format="xls"), Member(name="1.csv", format="csv")),
            ),
            "",
            "CSV",
        ),
    ],
)
def test_third_star_needs_an_open_format(file, note, saw):
    step = stars(file).steps[2]

    assert (step.note, step.saw) == (note, saw)


@pytest.mark.parametrize(
    ("links", "note"),
    [
        (GRAPH, ""),
        (Links(), "no_graph"),
        (Links(is_graph=True), "no_graph"),
        (Links(is_graph=True, triples=4, subjects=4, named=1), "no_addresses"),
        (Links(is_graph=True, triples=4), "no_addresses"),
    ],
)
def test_fourth_star_needs_addresses_of_things(links, note):
    assert stars(DataFile(name="a", format="turtle", links=links)).steps[3].note == note


def test_words_of_the_stars_are_said_in_every_language():
    words = said()
    phrases = [*words.stars.values()]
    phrases += [phrase for each in words.missing.values() for phrase in (each.wrong, each.repair)]

    assert [missing(phrase) for phrase in phrases] == [[]] * len(phrases)
    assert list(words.stars) == [1, 2, 3, 4, 5]


def test_every_missing_step_has_words():
    seen = {
        step.note
        for licence in (
            "",
            "CC BY-NC",
            "x y",
            "Ашық лицензия",
            "401-V",
            "CC BY, CC BY-NC",
            "не CC0",
        )
        for format_ in ("csv", "pdf", "xlsx")
        for step in stars(DataFile(name="a", format=format_), licence, "").steps
    }

    assert seen - {""} <= said().missing.keys()


def test_grade_carries_the_stars_of_its_file():
    file = DataFile(name="a.csv", format="csv", tables=ROWS)

    told = grade(file, licence=OPEN, address=WEB, edition=edition_on("open_data", DAY), as_of=DAY)

    assert told.stars == stars(file)
