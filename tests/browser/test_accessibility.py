"""axe-core finds nothing, nothing scrolls sideways, on any page, for anybody, in any language.

What axe looks at is the same in every language but for the words: it runs in Kazakh, at the
narrowest width. Words too long to fit are looked for at every width in Kazakh and in Russian, on
the pages everybody may open; those of an account are looked at in Kazakh.
"""

import pytest
from playwright.sync_api import Page

from aiqyn.rendering.browser import axe_source
from tests.browser.watched import OVERFLOW, Watched, violations
from tools.portal_pages import ACCOUNTS, ANYBODY, HEIGHT, LANGUAGES, WIDTHS, Visitor

AXE_AT = {"kk": WIDTHS[:1]}
HEADED = """() => [document.querySelectorAll("h1").length, document.documentElement.lang]"""


def problems_of(page: Page, language: str) -> list[str]:
    """Look at a loaded page at every width."""
    problems = []
    widths = AXE_AT.get(language, ())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if width in widths:
            problems += [f"{width} px: {found}" for found in violations(page)]
        problems += [f"{width} px: sideways: {found}" for found in page.evaluate(OVERFLOW)]
    headings, claimed = page.evaluate(HEADED)
    if headings != 1:
        problems.append(f"{headings} headings of the first level")
    if claimed != language:
        problems.append(f"lang is {claimed}")
    return problems


def own_pages(visitors: dict[str, Visitor], account: str, language: str) -> dict[str, str]:
    """The pages of an account that a reader without one does not have."""
    pages = visitors[account].pages(language)
    public = {} if account == ANYBODY else visitors[ANYBODY].pages(language)
    return {view: path for view, path in pages.items() if view not in public}


@pytest.mark.parametrize(
    ("account", "language"),
    [*((ANYBODY, code) for code in ("kk", "ru")), *((account, "kk") for account in ACCOUNTS)],
)
def test_every_page_is_accessible(
    visitors: dict[str, Visitor], base: str, account: str, language: str
) -> None:
    pages = own_pages(visitors, account, language)
    page = visitors[account].context.new_page()
    if language in AXE_AT:
        page.add_init_script(axe_source())
    watched = Watched(page, base)
    problems: list[str] = []

    for view, path in pages.items():
        page.goto(base + path)
        problems += [f"{view} {path} {found}" for found in problems_of(page, language)]
    page.close()

    problems += watched.complaints
    assert problems == [], "\n".join(problems)
    assert pages != {}


def test_every_language_has_the_same_pages(visitors: dict[str, Visitor]) -> None:
    kazakh, *others = ({*visitors[ANYBODY].pages(language)} for language in LANGUAGES)

    assert [other ^ kazakh for other in others] == [set(), set()]
