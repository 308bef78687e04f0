"""What the shapes of one report share: points, changes, the first page, the workbook, the PDF."""

import base64
import io
import re
import sys
from datetime import date
from decimal import Decimal

import msgspec
import openpyxl
import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from aiqyn.audit import audit_site, edition_on
from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.errors import InputError
from aiqyn.report.comparing import Change, Changes
from aiqyn.report.findings import findings_csv
from aiqyn.report.findings_html import findings_html
from aiqyn.report.findings_pdf import findings_pdf, told
from aiqyn.report.findings_text import findings_text
from aiqyn.report.findings_xlsx import findings_xlsx
from aiqyn.report.model import Account, body_name, picture_kind
from aiqyn.report.words import word
from aiqyn.report.worth import number, worth
from aiqyn.subjects.completeness import SectionState
from aiqyn.text import LANGUAGES
from tests.aiqyn.worked import TAKEN, crawl

DAY = TAKEN.date()
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SHAPES = {
    "text": findings_text,
    "html": findings_html,
    "pdf": lambda account: text_of_pdf(findings_pdf(account)),
}


@pytest.fixture(scope="module")
def report():
    pages = {f"/{number}": "<title>Бет</title><img src='b.png'>" for number in range(30)}
    links = "".join(f'<a href="{path}">{path}</a>' for path in pages)
    kept = crawl({"/": f"<title>Әкімдік</title>{links}"} | pages)
    return audit_site(kept.manifest, kept.store, edition_on("sites", DAY), as_of=DAY)


def text_of_pdf(content):
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    return " ".join("\n".join(pages).replace("\u200b", "").split())


def with_findings(report, *found):
    return msgspec.structs.replace(report, findings=found)


def account(report, language="kk", **more):
    return Account(report=report, language=language, worth=worth(report), **more)


def test_day_of_judgement_is_written_as_people_write_it(report):
    shown = [account(report, language).facts["as_of"] for language in LANGUAGES]

    assert shown == ["2026 жылғы 20 қараша", "20 ноября 2026 г.", "20 November 2026"]
    assert f'<time datetime="{DAY}">{shown[0]}</time>' in findings_html(account(report))


def test_points_of_a_repair_stand_beside_its_severity(report):
    told = account(report, "ru")
    first = told.repairs[0]

    assert first.gain == max(each.gain for each in told.repairs if each.gain)
    said = word("gain", "ru").format(number(first.gain, "ru"))
    assert said in findings_text(told)
    assert said in findings_html(told)
    assert f",{first.gain}," in findings_csv(report, "ru", told.worth)


def test_score_is_told_as_far_as_it_is_known(report):
    points = worth(report, "aiqyn-site-2025")

    assert points.rating.points is None
    assert points.said("en").startswith("Points counted so far: ")
    assert points.said("kk") in findings_html(Account(report=report, language="kk", worth=points))


def test_total_is_told_when_there_is_one(report):
    points = worth(report)
    rating = msgspec.structs.replace(
        points.rating, points=Decimal("61.50"), max_points=Decimal(100)
    )

    whole = msgspec.structs.replace(points, rating=rating)

    assert [whole.said(language) for language in LANGUAGES] == [
        "Жалпы балл: 61,5 / 100",
        "Общий балл: 61,5 из 100",
        "Total: 61.5 of 100 points",
    ]


def test_methodology_that_asks_nothing_of_sites_gives_no_points(report):
    assert worth(report, "kz-openness-2020").said("en") == word("no_score", "en")


def test_report_without_points_says_nothing_of_them(report):
    plain = Account(report=report, language="kk")

    assert (plain.score, list(plain.origins)) == ("", ["evidence"])
    assert "score" not in LexborHTMLParser(findings_html(plain)).css_first("main").html[:200]


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_page_of_the_text_fits_forty_lines(report, language):
    lines = findings_text(account(report, language, taken="2026-11-20 06:00 UTC")).splitlines()

    end = next(number for number, line in enumerate(lines) if "───" in line)
    assert end <= 40


def test_body_is_named_as_the_registry_does(report):
    known = msgspec.structs.replace(report, body="kz-akm-akmola")
    unknown = msgspec.structs.replace(report, body="somebody")

    facts = [Account(report=each, language="ru").facts["body"] for each in (known, unknown)]

    assert facts == ["Акимат Акмолинской области", "somebody"]
    assert body_name("nobody") == {}


@pytest.mark.parametrize("shape", SHAPES)
def test_sections_are_told_by_their_factors(report, shape):
    states = (
        SectionState(
            code="news",
            address="http://site.example/news",
            complete=Decimal(1),
            current=Decimal("0.7"),
            newest=date(2026, 1, 2),
        ),
        SectionState(code="vacancies"),
        SectionState(code="forgotten"),
    )

    said = SHAPES[shape](account(msgspec.structs.replace(report, sections=states), "en"))

    assert word("sections_said", "en").split(";")[0] in " ".join(said.split())
    cells = re.sub(r"<[^>]+>|\s+", " ", said)
    assert re.search(r"News +100 +70 +– +70 +2026-01-02", cells)
    assert re.search(r"forgotten +– +– +– +0 +not found", cells)


@pytest.mark.parametrize("shape", SHAPES)
def test_report_without_sections_has_no_table_of_them(report, shape):
    plain = msgspec.structs.replace(report, sections=())

    assert word("sections_said", "en")[:40] not in SHAPES[shape](account(plain, "en"))


def test_workbook_without_sections_has_no_sheet_of_them(report):
    plain = msgspec.structs.replace(report, sections=())

    book = openpyxl.load_workbook(io.BytesIO(findings_xlsx(account(plain, "en"))))

    assert word("sections", "en") not in book.sheetnames


@pytest.mark.parametrize("shape", SHAPES)
def test_changes_are_told_by_status(report, shape):
    changes = Changes(
        earlier=date(2026, 10, 1),
        rules=(
            Change(rule="P004", status="still", still=(Place(where="a"),), why="why_unlisted"),
            Change(rule="P001", status="fixed"),
            Change(rule="S001", status="still", still=(Place(where="b"),)),
        ),
    )

    said = SHAPES[shape](account(report, "ru", changes=changes))

    assert word("since", "ru").format("01.10.2026") in said
    assert word("still", "ru") in said
    assert word("fixed", "ru") in said
    assert word("new", "ru") not in said


@pytest.mark.parametrize("shape", SHAPES)
def test_two_audits_without_a_difference_say_so(report, shape):
    same = Changes(earlier=date(2026, 10, 1), rules=())

    assert word("unchanged", "en") in SHAPES[shape](account(report, "en", changes=same))


def test_change_of_a_rule_nobody_knows_any_more_is_named_by_its_code(report):
    gone = Changes(earlier=date(2026, 10, 1), rules=(Change(rule="Z999", status="not_comparable"),))

    tree = LexborHTMLParser(findings_html(account(report, "en", changes=gone)))

    assert tree.css_first("h2#since ~ ul li").text() == "Z999"


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_has_a_sheet_for_each_question_one_asks_of_it(report, language):
    changes = Changes(earlier=date(2026, 10, 1), rules=(Change(rule="P004", status="still"),))
    content = findings_xlsx(account(report, language, changes=changes))

    book = openpyxl.load_workbook(io.BytesIO(content))

    told = account(report, language)
    rows = {name: book[name].max_row - 1 for name in book.sheetnames}
    questions = len(told.of_group("question"))
    placed = [*told.repairs, *told.of_group("cannot_tell")]
    assert rows == {
        word("summary", language): rows[word("summary", language)],
        word("findings", language): len(report.findings) - questions,
        word("places", language): sum(len(each.finding.places) for each in placed),
        word("questions", language): questions,
        word("families", language): len(told.chapters),
        word("sections", language): len(report.sections),
    }


def test_workbook_without_points_or_changes_is_written_too(report):
    plain = Account(report=report, language="kk")

    book = openpyxl.load_workbook(io.BytesIO(findings_xlsx(plain)))

    summary = [row[0].value for row in book[word("summary", "kk")].iter_rows()]
    assert word("points", "kk") not in summary


def test_workbook_runs_nothing_a_site_wrote(report):
    place = Place(where="=1+1", saw="=HYPERLINK()" + "x" * 40_000, address="http://a.kz/")
    failed = Finding(rule="P004", outcome=Outcome.FAILED, places=(place,))

    content = findings_xlsx(account(with_findings(report, failed), "en"))

    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content))["Places"] for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert max(len(str(cell.value)) for cell in cells) == 32_767


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_says_what_the_others_say(report, language):
    told = account(report, language)

    content = findings_pdf(told)

    text = text_of_pdf(content)
    document = pypdfium2.PdfDocument(content)
    assert b"/MarkInfo" in content
    assert document.get_metadata_dict()["Title"] == word("title", language)
    assert told.repairs[0].title in text
    assert " ".join(told.score.split()) in text
    assert word("first", language) in document[0].get_textpage().get_text_bounded()


def test_pdf_prints_what_its_fonts_lack_as_a_question_mark(report):
    places = tuple(
        Place(where="body", saw="統計 😀 \x07" + "y" * 60, address=f"http://{n}.kz/{n}/")
        for n in range(12)
    )
    failed = Finding(rule="P004", outcome=Outcome.FAILED, places=places, more=3)

    text = text_of_pdf(findings_pdf(account(with_findings(report, failed), "en")))

    assert "?? ? ?" + "y" * 60 in text
    assert word("further", "en").format(4) in text
    assert word("further", "en").format(3) in text


def test_pdf_tells_when_nothing_is_good_and_nothing_failed(report):
    unsure = Finding(rule="P004", outcome=Outcome.CANNOT_TELL)

    text = text_of_pdf(findings_pdf(account(with_findings(report, unsure), "en")))

    assert word("nothing_good", "en") in text
    assert word("nothing_failed", "en") in text


def test_pdf_without_typst_is_refused(report, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(InputError, match="needs Typst"):
        findings_pdf(account(report))


@pytest.mark.parametrize("has", [True, False])
def test_picture_of_a_place_is_shown_where_there_is_one(report, has):
    place = Place(where="main > h1", saw="x", address="http://a.kz/", picture="a" * 64)
    failed = Finding(
        rule="P004", outcome=Outcome.FAILED, places=(place,), count=Count(good=1, of=2)
    )
    shown = account(with_findings(report, failed), "en", pictures={"a" * 64: PNG} if has else {})

    tree = LexborHTMLParser(findings_html(shown))

    assert [image.attributes["alt"] for image in tree.css("img")] == ["How it looks: x"] * has
    pages = pypdfium2.PdfDocument(findings_pdf(shown))
    images = [item for page in pages for item in page.get_objects() if item.type == 3]
    assert len(images) == has


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF1234WEBPVP8 ", "webp"),
        (b"<svg>", ""),
        (b"", ""),
    ],
)
def test_picture_is_known_by_its_bytes(content, kind):
    assert picture_kind(content) == kind


@pytest.mark.parametrize("content", [PNG[:20], b"<svg>"])
def test_picture_that_is_damaged_does_not_stop_the_printing(report, content):
    place = Place(where="main > h1", saw="x", address="http://a.kz/", picture="a" * 64)
    failed = Finding(rule="P004", outcome=Outcome.FAILED, places=(place,))
    shown = account(with_findings(report, failed), "en", pictures={"a" * 64: content})

    assert "main > h1" in text_of_pdf(findings_pdf(shown))


def test_first_page_says_how_much_more_there_is(report):
    data = told(account(report, "kk"))

    hidden = len(account(report).repairs) - 8
    assert data["first_more"][8] == word("further", "kk").format(hidden)
    assert data["first_more"][5] == word("further", "kk").format(hidden + 3)


def test_partly_fulfilled_rule_is_among_the_repairs(report):
    partly = Finding(rule="P004", outcome=Outcome.PARTLY, places=(Place(where="x"),))

    html = LexborHTMLParser(findings_html(account(with_findings(report, partly), "en")))

    assert html.css_first("ol.first a").text() == "P004"
    assert html.css_first("article.partly .tag").text() == word("partly", "en")


def test_first_page_says_what_to_do_in_one_sentence(report):
    first = account(report, "en").repairs[0]

    assert first.fix.startswith(first.remedy)
    assert first.remedy.endswith(".")
    html = LexborHTMLParser(findings_html(account(report, "en")))
    item = html.css_first("ol.first li")
    assert item.text(deep=False).strip() == first.remedy
    # The name of a rule says how things ought to be, and would read as praise.
    assert item.css_first("small").text().startswith(f"Failed: {first.finding.rule} {first.title}")
