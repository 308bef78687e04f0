import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import msgspec
import pytest
from msgspec.structs import replace

from aiqyn.chain import Outcome, Place
from aiqyn.grading import Step, grade
from aiqyn.regulations import edition_on
from aiqyn.report.grade_html import MOST_COLUMNS, grades_html
from aiqyn.report.grade_model import Told, drawn
from aiqyn.report.grade_saw import encoding, said_saw, said_step
from aiqyn.report.grade_text import grades_text, stars_text
from aiqyn.report.grade_written import (
    COLUMNS,
    Grades,
    Refused,
    grades_csv,
    grades_json,
    schema,
)
from aiqyn.report.words import said_place, spaced, word
from aiqyn.subjects.datafile.model import Column, DataFile, Links, Spot, Table, Trouble
from aiqyn.text import LANGUAGES

DAY = date(2026, 11, 20)
ASKED = ("T001", "T016", "T019", "T031", "T043")
OPEN_DATA = edition_on("open_data", DAY)
EDITION = replace(
    OPEN_DATA, requires=tuple(each for each in OPEN_DATA.requires if each.rule in ASKED)
)
ADDRESS = "https://data.egov.kz/halyk.csv"
DATES = tuple(
    Spot(row=row, column=2, name="күні", saw=f"0{row}.02.2025", wants=f"2025-02-0{row}")
    for row in range(2, 9)
)
TROUBLES = (
    Trouble(kind="written_date", count=207, spots=DATES),
    Trouble(kind="short_row", spots=(Spot(row=40, column=2, name="күні", saw="Жетісу"),)),
    Trouble(
        kind="personal_email",
        spots=(Spot(row=5, column=1, name="<өңір>", saw="a***@mail.ru"),),
    ),
)
TABLE = Table(
    header=("<өңір>", "күні"),
    rows=1200,
    columns=(
        Column(name="<өңір>", number=1, kind="text", filled=1200),
        Column(name="күні", number=2, kind="date", filled=1199, blank=1, least="2025-02-01"),
    ),
    troubles=TROUBLES,
)
FILE = DataFile(
    name="halyk.csv",
    sha256="ab" * 32,
    size=52000,
    format="csv",
    encoding="utf-8",
    tables=(TABLE,),
)
NASTY = "<script>alert(1)</script>"


def told(file=FILE, language="en", licence="CC BY 4.0", address=ADDRESS):
    graded = grade(file, licence=licence, address=address, edition=EDITION, as_of=DAY)
    return Told(grade=graded, language=language)


class Outline(HTMLParser):
    """Tags that are open, headings and rows of a page."""

    VOID = ("meta", "br")

    def __init__(self):
        super().__init__()
        self.open, self.rows, self.scripts = [], 0, 0

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        self.rows += tag == "tr"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def outline(page):
    parser = Outline()
    parser.feed(page)
    assert parser.open == []
    return parser


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_what_a_clerk_reads(language):
    expected = Path(__file__).with_name(f"grade.{language}.txt")

    assert grades_text([told(language=language)]) == expected.read_text(encoding="utf-8")


def test_text_of_all_places_leaves_none_out():
    text = grades_text([told()], all_places=True)

    assert [spot.saw for spot in DATES if f"· {spot.saw} →" not in text] == []


def test_text_of_several_files_ends_with_all_of_them_together():
    poor = told(licence="")

    text = grades_text([told(), poor])

    assert text.endswith(
        "Stars          Failed  File       To the next star\n"
        "☆☆☆☆☆ → ★★★☆☆  2       halyk.csv  Not to be published until an officer decides and gives "
        "a reason.\n"
        "                                  Give an open licence in the passport of the set, CC BY "
        "4.0 or CC0\n"
        "                                  for example.\n"
        "★★★☆☆ → ★★★★☆  2       halyk.csv  Not to be published until an officer decides and gives "
        "a reason.\n"
        "                                  Publish the data as Turtle or JSON-LD too, and give "
        "everything a\n"
        "                                  lasting http(s) address.\n"
        "\n"
        "Automatic checks do not know whether the values are true. What could not be told is "
        "never counted as\n"
        "a failure.\n"
    )


def test_text_of_no_file_at_all_is_a_line():
    assert (grades_text([]), stars_text([])) == (
        "\n",
        "Stars  Failed  File  To the next star\n",
    )


def test_stars_alone_are_a_line_a_file():
    links = Links(is_graph=True, triples=9, subjects=3, named=3, outward=2, hosts=("w3.org",))
    graph = DataFile(name="halyk.ttl", format="turtle", links=links)

    assert stars_text([told(graph), told()], width=130) == (
        "Stars          Failed  File       To the next star\n"
        "★★★☆☆ → ★★★★☆  2       halyk.csv  Not to be published until an officer decides and gives "
        "a reason. Publish the data as Turtle or\n"
        f"{' ' * 34}JSON-LD too, and give everything a lasting http(s) address.\n"
        "★★★★★          ·       halyk.ttl  ✓\n"
    )


def test_file_with_nothing_wrong_says_so_in_text_and_html():
    links = Links(is_graph=True, triples=9, subjects=3, named=3, outward=2, hosts=("w3.org",))
    graph = told(DataFile(name="halyk.ttl", format="turtle", links=links, inside="zip"))

    text, page = grades_text([graph]), grades_html([graph], (), "en")

    assert "All five stars are there.\n" in text
    assert "Nothing to repair was found." in text
    assert "File: zip › halyk.ttl" in text
    assert "statements: 9" in text
    assert "Nothing to repair was found." in page
    outline(page)


def test_file_read_in_part_says_so():
    cut = told(replace(FILE, was_cut=True, format="unknown", tables=(TABLE,) * 11))

    assert word("file_cut", "en") in grades_text([cut])
    assert word("file_cut", "en") in grades_html([cut], (), "en")
    assert cut.facts["tables"].endswith("; …")
    assert cut.facts["format"].startswith(word("not_found", "en"))


def test_table_is_named_where_it_has_a_name():
    named = told(replace(FILE, tables=(replace(TABLE, name="Plan"),)))

    assert named.facts["tables"] == "Plan: columns: 2, rows: 1\u202f200"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_whole_and_shows_every_place(language):
    page = grades_html([told(language=language)], (), language)

    seen = outline(page)
    assert seen.rows == len(DATES) + 2 + 3 + 1 + 2  # places, heads of their tables, columns
    assert f'<html lang="{language}">' in page
    assert "&lt;өңір&gt;" in page


def test_page_of_many_files_has_a_list_and_those_that_were_not_read():
    page = grades_html([told(), told()], [Refused(name="a", problem=NASTY)], "en")

    assert outline(page).scripts == 0
    assert '<a href="#file-2">halyk.csv</a>' in page
    assert "&lt;script&gt;" in page


def test_page_of_refusals_alone_lists_them():
    refused = [Refused(name=name, problem=f"{name}: gone") for name in ("a.csv", "b.csv")]

    page = grades_html([], refused, "en")

    assert outline(page).rows == 0
    assert "<li>b.csv: gone</li>" in page


def test_finding_of_several_faults_says_how_many_places_are_left_out():
    spots = tuple(Spot(row=row) for row in range(2, 5))
    table = replace(
        TABLE,
        columns=(),
        troubles=tuple(
            Trouble(kind=kind, count=10, spots=spots) for kind in ("short_row", "long_row")
        ),
    )
    named = Table(rows=1, columns=TABLE.columns[:1])

    several = told(replace(FILE, tables=(table, named)))

    assert "… and 14 more" in grades_text([several])
    assert "… and 14 more" in grades_html([several], (), "en")


def test_page_without_a_single_file_names_what_was_refused():
    assert "b.csv: gone" in grades_html([], [Refused(name="b", problem="b.csv: gone")], "en")


def test_nothing_that_stands_in_a_file_runs_in_the_page():
    spot = Spot(row=2, column=1, name=NASTY, saw=NASTY, wants=NASTY)
    table = Table(
        name=NASTY,
        header=(NASTY,),
        rows=1,
        columns=(Column(name=NASTY, number=1, kind="text", unit=NASTY, top=((NASTY, 2),)),),
        troubles=(Trouble(kind="written_date", spots=(spot,)),),
    )
    file = replace(FILE, name=f"{NASTY}.csv", tables=(table,))

    page = grades_html([told(file, licence=NASTY, address=f"https://a.kz/{NASTY}")], (), "en")

    assert (outline(page).scripts, NASTY in page) == (0, False)


def test_wide_table_is_shown_in_part():
    columns = tuple(
        Column(name=f"c{number}", number=number, kind="text") for number in range(1, 72)
    )
    page = grades_html([told(replace(FILE, tables=(replace(TABLE, columns=columns),)))], (), "en")

    assert page.count('<th scope="row">c') == MOST_COLUMNS
    assert "… and 11 more" in page


def test_csv_has_a_row_per_place():
    rows = list(csv.reader(io.StringIO(grades_csv([told()], "en"))))

    assert rows[0] == [word(column, "en") for column in COLUMNS]
    assert [row[2] for row in rows[1:]] == ["T001", "T016", "T019", *["T031"] * 7, "T043"]
    assert rows[2] == [
        "halyk.csv",
        "3",
        "T016",
        "Every row has as many cells as the header",
        "critical",
        "Failed",
        "The row has fewer cells than the header, so values may stand under wrong names.",
        "row 40, column 2 (күні)",
        "Жетісу",
        "",
        "Put the missing cells in their places.",
        "ab" * 32,
    ]


def test_csv_of_a_nasty_file_runs_no_formula():
    spot = Spot(row=2, column=1, name="a", saw="=1+1", wants="+1")
    table = replace(TABLE, troubles=(Trouble(kind="written_date", spots=(spot,)),))

    rows = list(csv.reader(io.StringIO(grades_csv([told(replace(FILE, tables=(table,)))], "en"))))

    assert next(row[8:10] for row in rows if row[2] == "T031") == ["'=1+1", "'+1"]


def test_json_is_read_back_and_fits_its_schema():
    refused = (Refused(name="b.csv", problem="b.csv: no such file"),)
    written = grades_json([told().grade], refused)

    jsonschema.Draft202012Validator(json.loads(schema())).validate(json.loads(written))
    read = msgspec.json.decode(written, type=Grades)
    assert (read.grades, read.refused) == ((told().grade,), refused)
    assert sorted(read.rules) == list(ASKED)
    assert sorted(read.kinds) == ["personal_email", "short_row", "written_date"]
    assert sorted(read.missing) == ["no_graph", "no_links"]
    assert read.rules["T016"].clauses == tuple(
        each.clause for each in OPEN_DATA.requires if each.rule == "T016"
    )


def test_json_of_nothing_is_empty():
    assert msgspec.json.decode(grades_json([]), type=Grades).grades == ()


def test_schema_in_the_documentation_is_the_one_that_holds():
    written = (Path(__file__).parents[3] / "docs" / "grade.schema.json").read_text(encoding="utf-8")

    assert written == schema(), "run: aiqyn grade --schema > docs/grade.schema.json"


@pytest.mark.parametrize(
    ("where", "kk", "en"),
    [
        ("file", "бүкіл файл", "the whole file"),
        ("row 3, column 2 (күні)", "3-жол, 2-баған («күні»)", "row 3, column 2 (күні)"),
        ("column 2", "2-баған", "column 2"),
        (
            "table Жоспар, 2, row 4, column 1 (a, b)",
            "«Жоспар, 2» кестесі, 4-жол, 1-баған («a, b»)",
            "table Жоспар, 2, row 4, column 1 (a, b)",
        ),
        ("table Жоспар", "«Жоспар» кестесі", "table Жоспар"),
    ],
)
def test_place_in_a_file_is_said(where, kk, en):
    assert (said_place(where, "kk"), said_place(where, "en")) == (kk, en)


def test_stars_and_numbers_are_drawn_for_people():
    assert (drawn(0), drawn(5), spaced(1234567)) == ("☆☆☆☆☆", "★★★★★", "1\u202f234\u202f567")


@pytest.mark.parametrize(
    ("note", "saw", "said"),
    [
        ("mixed_date_formats", "%Y-%m-%d %H:%M, %d %B %Y", "ЖЖЖЖ-АА-КК сс:мм, КК ай ЖЖЖЖ"),
        ("not_utf8", "koi8_r", "KOI8-R"),
        ("unknown_format", "unknown", "форматы белгісіз"),
        ("lying_extension", "xlsx", "XLSX"),
        ("written_date", "%Y", "%Y"),
    ],
)
def test_codes_of_formats_letters_and_dates_are_said_in_words(note, saw, said):
    assert said_saw(Place(where="file", saw=saw, note=note), "kk") == said


@pytest.mark.parametrize(
    ("saw", "said"),
    [("empty_file", "Файл бос"), ("unknown", "форматы белгісіз"), ("CSV", "CSV"), ("0", "0")],
)
def test_star_says_what_was_seen_without_codes(saw, said):
    assert said_step(Step(star=2, outcome=Outcome.FAILED, saw=saw), "kk") == said


def test_encodings_are_written_as_people_write_them():
    assert [encoding(name) for name in ("utf-8", "windows-1251", "koi8_r", "")] == [
        "UTF-8", "Windows-1251", "KOI8-R", "",
    ]  # fmt: skip


def test_columns_are_told_in_words():
    assert said_place("columns total_2019, total_2020", "kk") == "бағандар: total_2019, total_2020"


def test_keys_and_the_order_of_rows_are_told_of_every_table():
    ids = Column(name="id", number=1, kind="whole", distinct=20, is_key=True, order="rising")
    sums = Column(name="", number=2, kind="decimal", distinct=20, is_key=True)
    days = Column(
        name="d", number=3, kind="date", distinct=9, order="falling", breaks=2, break_row=15
    )
    many = tuple(replace(ids, name=f"c{number}", number=number) for number in range(1, 9))
    file = replace(
        FILE,
        tables=(
            Table(name="one", rows=20, columns=(replace(ids, name=""), sums, days)),
            Table(name="two", rows=20, columns=(sums,)),
            Table(name="three", rows=20, columns=(replace(sums, distinct=None),)),
            Table(name="four", rows=20, columns=many),
            Table(name="short", rows=3, columns=(ids,)),
        ),
    )

    facts = told(file).facts

    assert facts["keys"] == (
        "one: № 1; two: none, no column alone tells all rows apart;"
        " four: «c1», «c2», «c3», «c4», «c5», «c6», …"
    )
    assert facts["order"].startswith(
        "one: № 1 rising, «d» falling (out of order: 2, the first in row 15);"
        " two: no column; three: no column; four: «c1» rising, "
    )
    assert "order" not in told(replace(file, tables=file.tables[-1:])).facts
    assert told(replace(file, tables=file.tables[1:2] * 12)).facts["order"].endswith("; …")
