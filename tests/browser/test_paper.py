"""The page of an audit on paper: what it comes to on the first sheet, and few sheets in all."""

import pypdfium2
import pytest
from playwright.sync_api import Page

from tools.portal_pages import Portal

SHEETS = 8  # the example with 48 broken rules takes six
MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
FIRST = {
    "kk": ("Жақсы жақтары", "Алдымен нені түзету керек", "Ескерту ең көп беттер"),
    "ru": ("Что хорошо", "Что исправить в первую очередь", "Страницы, где больше всего замечаний"),
    "en": ("What is good", "What to repair first", "Pages with most remarks"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("is_opened", [False, True])
def test_audit_prints_in_short(page: Page, portal: Portal, language: str, is_opened: bool) -> None:
    page.goto(f"{portal.base}/{language}/site-audit/bodies/kz-example-poor/")
    newest = page.locator("main a.govuk-button[href*='/audits/']").first.get_attribute("href")
    page.goto(f"{portal.base}{newest}")
    if is_opened:
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

    sheets = pypdfium2.PdfDocument(page.pdf(format="A4", margin=MARGINS))

    words = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in sheets]
    told = [each for each in FIRST[language] if each in words[0]]
    assert len(words) <= SHEETS
    assert told == list(FIRST[language])
    assert "S001" in "".join(words)  # every broken rule stands there with its remedy
    assert "img:nth-of-type" not in "".join(words)  # and no list of places
