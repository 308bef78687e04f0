"""The expert's form on a phone: what is marked is kept as one goes, and what is not is told."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tools.portal_pages import HEIGHT, Portal, sign_in

REMARK = "Тек бір тілде."


@pytest.fixture
def form(page: Page, portal: Portal) -> Iterator[Page]:
    """The first part of the form on the newest audit of the first body."""
    sign_in(page.context, portal, "evaluator")
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    page.goto(f"{portal.base}/kk/site-audit/")
    page.locator("th[scope=row] a[href*='/audits/']").first.click()
    page.locator("a[href$='/expert/']").click()
    page.locator(".app-parts a").first.click()
    page.wait_for_url("**/expert/*/")  # with its script: without the network it would not come
    yield page
    page.locator("input[name=languages_mark][value='']").check()
    page.locator("input[name=languages_remark]").fill("")
    page.locator("main form button").first.click()


def test_what_is_marked_is_kept_without_a_button(form: Page) -> None:
    form.locator("input[name=languages_mark][value=bad]").check()
    form.locator("input[name=languages_remark]").fill(REMARK)
    expect(form.locator("[data-kept]")).to_contain_text("1 / 24")
    form.locator("main a").first.click()  # all parts: what still waits is sent on leaving
    form.go_back()
    form.reload()

    expect(form.locator("input[name=languages_mark][value=bad]")).to_be_checked()
    expect(form.locator("input[name=languages_remark]")).to_have_value(REMARK)


def test_what_could_not_be_kept_is_told_until_it_is(form: Page) -> None:
    warning = form.locator("[data-not-kept]")

    form.context.set_offline(True)
    form.locator("input[name=languages_mark][value=good]").check()
    expect(warning).to_be_visible()
    form.context.set_offline(False)
    form.locator("input[name=languages_mark][value=both]").check()

    expect(warning).to_be_hidden()


def test_mark_is_taken_back_without_a_button(form: Page) -> None:
    form.locator("input[name=languages_mark][value=bad]").check()
    expect(form.locator("[data-kept]")).to_contain_text("1 / 24")
    form.locator("input[name=languages_mark][value='']").check()
    expect(form.locator("[data-kept]")).to_contain_text("0 / 24")
    form.reload()

    expect(form.locator("input[name=languages_mark][value='']")).to_be_checked()


def test_what_was_refused_is_not_called_kept(form: Page) -> None:
    form.evaluate("document.querySelector('[name=languages_mark][value=bad]').value = 'worst'")
    form.locator("input[name=languages_mark]").nth(1).check()

    expect(form.locator("[data-not-kept]")).to_be_visible()


def test_progress_stays_in_sight_and_hides_nothing_the_keyboard_comes_to(form: Page) -> None:
    last = form.locator("input[name=state_symbols_remark]")
    last.focus()
    form.keyboard.press("Shift+Tab")
    focused = form.evaluate("document.activeElement.getBoundingClientRect().top")
    bar = form.locator("[data-kept]").bounding_box()

    assert bar is not None
    assert bar["y"] == 0
    assert focused >= bar["height"]
