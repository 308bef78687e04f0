"""The result report writes itself from the decisions."""

import csv
import io

import pytest
from django.utils import timezone
from pypdfium2 import PdfDocument

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.sections.drafts import actions, writing
from aiqyn_portal.sections.drafts.queries import reporting
from tests.portal.drafts.projects import WORDS, comment, decided, fresh, reported, second_version


@pytest.fixture
def told(opened_draft, citizen, evaluator, administrator, officer):
    """A reported draft: two comments in one decision with a reply, another declined, one gone."""
    first = comment(opened_draft, citizen, "2", wording="Ірі иттің иесі тұмылдырық пайдаланады.")
    copy = comment(opened_draft, evaluator, "2", text="Кішкентай иттерге тұмылдырық керек емес.")
    comment(opened_draft, administrator, "2", text="Дұрыс айтасыз.", parent=first)
    whole = comment(opened_draft, administrator, text="=Жоба керек емес.")
    gone = comment(opened_draft, citizen, text="Мұны қате жазып қойдым.")
    contributions.withdraw(gone, by=citizen)
    contributions.support(first, administrator, 1)
    contributions.group([first, copy], by=officer)
    decided(opened_draft, [first, copy], officer)
    decided(opened_draft, [whole], officer, outcome="declined", reason="no_grounds")
    draft = second_version(reported(opened_draft, officer), officer)
    actions.reflect(draft, first, 2, WORDS, by=officer)
    return draft


def report_of(draft):
    return reporting.of_discussion(draft, draft.discussion)


def test_positions_stand_in_reading_order_with_all_that_belongs_to_them(told):
    report = report_of(told)

    assert (report.said, report.people, report.hidden) == (4, 3, 1)
    assert [
        (each.paragraph and each.paragraph.key, each.outcome, len(each.comments), each.votes_for)
        for each in report.positions
    ] == [(None, "declined", 1, 0), (2, "accepted", 3, 1)]
    assert report.positions[1].words == WORDS
    assert [(each.version, each.key) for each in report.positions[1].changed] == [(2, 2)]
    assert report.outcomes == {"accepted": 1, "partly": 0, "declined": 1, "passed_on": 0, "": 0}


def test_a_second_discussion_has_a_report_of_its_own(told, citizen, officer):
    today = timezone.localdate()
    opening = actions.Opening(opens_on=today, reason=WORDS)
    actions.repeat_discussion(told, opening, by=officer, at=timezone.now())
    draft = fresh(told)
    comment(draft, citizen, "5")

    first = reporting.of_discussion(draft, draft.discussions.get(number=1))
    assert (first.said, report_of(draft).said) == (4, 1)


def test_the_table_has_a_line_for_every_comment_and_runs_no_formula(told):
    rows = list(csv.DictReader(io.StringIO(writing.csv_of(report_of(told)).lstrip("\ufeff"))))

    assert [(row["position"], row["outcome"], row["paragraph_ru"]) for row in rows] == [
        ("1", "declined", ""),
        ("2", "accepted", "пункт 2"),
        ("2", "accepted", "пункт 2"),
        ("2", "accepted", "пункт 2"),
    ]
    assert rows[0]["text"] == "'=Жоба керек емес."
    assert (rows[1]["changed_version"], rows[1]["changed_paragraph"]) == (
        "2",
        "3-тармақ / пункт 3",
    )


def test_nobody_is_named_in_the_report(told, citizen):
    table = writing.csv_of(report_of(told))

    assert citizen.email not in table
    assert citizen.username not in table


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Жария талқылау қорытындысы"), ("ru", "Отчёт по итогам публичного обсуждения")],
)
def test_the_paper_is_tagged_and_speaks_its_language(told, language, words):
    content = writing.pdf_of(report_of(told), language)

    pdf = PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert words in text
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content
    pdf.close()


def test_the_page_shows_the_report_to_everybody(told, client):
    page = client.get(f"/ru/drafts/{told.slug}/report/").content.decode()

    assert WORDS["kk"] in page
    assert WORDS["ru"] in page
    assert f"/draft/{told.slug}/report-1.ru.pdf" in page


def test_the_files_of_a_report_are_downloads(told, client):
    table = client.get(f"/draft/{told.slug}/report-1.csv")
    paper = client.get(f"/draft/{told.slug}/report-1.kk.pdf")

    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert paper.content.startswith(b"%PDF-")
    assert client.get(f"/draft/{told.slug}/report-1.en.pdf").status_code == 404


def test_before_the_end_only_officers_see_the_report(opened_draft, citizen, officer_client, client):
    comment(opened_draft, citizen, text="Осы мәтін есепте тұрады.")
    address = f"/en/drafts/{opened_draft.slug}/report/"

    assert "Осы мәтін есепте тұрады." in officer_client.get(address).content.decode()
    assert "Осы мәтін есепте тұрады." not in client.get(address).content.decode()
