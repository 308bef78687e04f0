"""An audit as a spreadsheet a clerk opens."""

import base64
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from aiqyn.chain import Finding, Outcome, Place
from aiqyn_portal.base import dear
from aiqyn_portal.base.formats import say_moment
from aiqyn_portal.evidence.store import keep, keep_findings
from aiqyn_portal.sections.site_audit.views import files
from tests.portal.site_audit.audited import audited

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def fetched(view, audit, **query):
    return Client().get(reverse(view, args=[audit.pk]), query)


def test_findings_are_a_spreadsheet_in_the_language_asked_for(paper):
    answer = fetched("audit_xlsx", paper, lang="ru")

    with ZipFile(BytesIO(answer.content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert "У изображений есть текстовое описание" in words
    assert len(sheets) >= 3
    assert answer.headers["Content-Disposition"] == f'attachment; filename="audit-{paper.pk}.xlsx"'


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "Ресми сайтты тексеру есебі"),
        ("ru", "Отчёт о проверке официального сайта"),
        ("en", "Report on an official site"),
    ],
)
def test_report_for_print_is_a_tagged_pdf_with_points_and_pictures(body, language, said):
    audit = audited(body, {"P001": Outcome.PASSED})
    picture = keep(PIXEL, body=body, origin="crawl", address="x", taken_at=audit.finished_at)
    places = [
        Place(where=".bare", saw="/a.png", address=audit.start, picture=digest)
        for digest in (picture.sha256, "0" * 64)
    ]
    found = Finding(rule="P004", outcome=Outcome.FAILED, places=tuple(places))
    keep_findings([found], body=body, audit=audit, found_on=audit.as_of)

    answer = fetched("audit_pdf", audit, lang=language)

    book = pypdfium2.PdfDocument(answer.content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in book)
    assert book.is_tagged()
    assert said in text
    shown = [each for page in book for each in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])]
    assert len(shown) == 1
    assert answer.headers["Content-Disposition"] == f'attachment; filename="audit-{audit.pk}.pdf"'


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_summary_of_the_spreadsheet_says_when_the_site_was_read(paper, language):
    content = fetched("audit_xlsx", paper, lang=language).content

    with ZipFile(BytesIO(content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    with override(language):
        assert say_moment(paper.finished_at) in words


def test_audit_of_a_rule_that_is_gone_can_still_be_had(body):
    old = audited(body, {"X999": Outcome.FAILED, "S001": Outcome.PASSED})

    for view in ("audit_xlsx", "audit_csv", "audit_json", "audit_pdf"):
        assert fetched(view, old).status_code == 200
    assert fetched("audit_xlsx", old, lang="fr").status_code == 404


def test_report_for_print_has_one_address_in_each_language(paper, monkeypatch):
    monkeypatch.setattr(files, "findings_pdf", lambda _account: pytest.fail("typeset"))

    for query in ({"lang": "ru", "x": "1"}, {"x": "2", "lang": "ru"}, {"lang": ["kk", "ru"]}):
        answer = fetched("audit_pdf", paper, **query)
        assert (answer.status_code, answer["Location"]) == (302, f"/audits/{paper.pk}.pdf?lang=ru")


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "Бірден тым көп сұралды"), ("ru", "Слишком много запросов"), ("en", "Too much was")],
)
def test_no_place_keeps_the_server_typesetting(paper, monkeypatch, language, said):
    monkeypatch.setattr(files, "findings_pdf", lambda _account: b"%PDF")
    monkeypatch.setattr(dear, "PURSE", 2 * dear.PAPER)

    answers = [fetched("audit_pdf", paper, lang=language) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert said in answers[-1].text
    assert answers[-1]["Retry-After"] == "60"
    elsewhere = Client(REMOTE_ADDR="203.0.113.8").get(reverse("audit_pdf", args=[paper.pk]))
    assert elsewhere.status_code == 200
