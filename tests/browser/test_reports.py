"""A report opened in a browser reads as it should, on a screen of any width."""

import pytest
from playwright.sync_api import Page

from aiqyn.audit import audit_site, edition_on
from aiqyn.report.findings_html import findings_html
from aiqyn.report.model import Account
from tests.aiqyn.worked import TAKEN, crawl

LINES = """() => Math.max(...[...document.querySelectorAll("th")]
    .filter(e => e.closest("tr").offsetParent && e.offsetWidth > 1)
    .filter(e => getComputedStyle(e.closest("table").tHead).position !== "absolute")
    .map(e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)))"""


def drawn(language: str) -> str:
    kept = crawl({"/": "<title>Әкімдік</title><a href='/b'>Бюджет</a><img src='a.png'>"})
    day = TAKEN.date()
    report = audit_site(kept.manifest, kept.store, edition_on("sites", day), as_of=day)
    return findings_html(Account(report=report, language=language))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_headings_of_tables_are_words_not_columns_of_letters(
    page: Page, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    page.set_content(drawn(language))

    assert page.evaluate(LINES) < 5
    assert page.evaluate("document.documentElement.scrollWidth") <= width
