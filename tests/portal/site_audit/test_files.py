"""An audit as a spreadsheet a clerk opens."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aiqyn.chain import Outcome
from aiqyn_portal.base.formats import say_moment
from tests.portal.site_audit.audited import audited


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


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_summary_of_the_spreadsheet_says_when_the_site_was_read(paper, language):
    content = fetched("audit_xlsx", paper, lang=language).content

    with ZipFile(BytesIO(content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    with override(language):
        assert say_moment(paper.finished_at) in words


def test_audit_of_a_rule_that_is_gone_can_still_be_had(body):
    old = audited(body, {"X999": Outcome.FAILED, "S001": Outcome.PASSED})

    for view in ("audit_xlsx", "audit_csv", "audit_json"):
        assert fetched(view, old).status_code == 200
    assert fetched("audit_xlsx", old, lang="fr").status_code == 404
