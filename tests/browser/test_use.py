"""What a person does with a keyboard, on a small screen, without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tools.portal_pages import ACCOUNTS, ANYBODY, HEIGHT, LANGUAGES, Portal, Visitor, sign_in

LEAGUE = "reports:league"
LIGHT = 100 * 1024  # bytes on the wire, without fonts
FOCUSED = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    return {tag: e.tagName, href: e.getAttribute("href") || "",
            seen: box.width > 0 && box.height > 0 && box.bottom > 0};
}"""


def test_first_address_speaks_kazakh(page: Page, base: str) -> None:
    page.goto(base)

    assert page.url == f"{base}/kk/"
    assert page.locator("html").get_attribute("lang") == "kk"


@pytest.mark.parametrize("account", [ANYBODY, *ACCOUNTS])
def test_no_link_leads_to_an_error(visitors: dict[str, Visitor], account: str) -> None:
    pages = [visitors[account].pages(language) for language in LANGUAGES]

    assert visitors[account].broken == []
    assert min(map(len, pages)) > 10


def test_skip_link_leads_to_the_content(page: Page, base: str) -> None:
    page.goto(f"{base}/kk/")

    page.keyboard.press("Tab")
    link = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")

    assert (link["tag"], link["seen"]) == ("A", True)
    assert page.evaluate("location.hash") == link["href"]
    assert page.locator(f"main{link['href']}, main {link['href']}").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_whole_menu_is_reached_by_tab(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(f"{base}/kk/")
    open_menu(page)
    menu = {link.get_attribute("href") for link in page.locator("header nav a:visible").all()}

    page.evaluate("() => document.activeElement.blur()")
    once_around = page.locator(":is(a, button, input, [tabindex]):visible").count() + 5
    stops = [tab(page) for _ in range(once_around)]

    assert menu - {stop["href"] for stop in stops} == set()
    assert len(menu) >= 4
    assert [stop for stop in stops if not stop["seen"]] == []


def test_menu_left_open_on_a_turned_phone_can_be_closed(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base}/kk/")
    open_menu(page)

    page.set_viewport_size({"width": 740, "height": 360})
    page.locator("#app-menu button:visible").click()
    page.locator("#app-menu a").first.click()

    assert page.url != f"{base}/kk/"


def open_menu(page: Page) -> None:
    """Open the menu with the keyboard where a small screen folds it away."""
    toggle = page.locator("header button[popovertarget]:visible")
    if toggle.count():
        toggle.first.focus()
        page.keyboard.press("Enter")


def tab(page: Page) -> dict[str, Any]:
    """Go one stop further and say what is there."""
    page.keyboard.press("Tab")
    return dict(page.evaluate(FOCUSED))


@pytest.mark.parametrize(("language", "other"), [("kk", "ru")])
def test_language_switch_keeps_the_page(
    visitors: dict[str, Visitor], page: Page, base: str, language: str, other: str
) -> None:
    pages = visitors[ANYBODY].pages(language)
    strayed = []

    for path in pages.values():
        if path.startswith(f"/{language}/"):
            page.goto(base + path)
            switch = page.locator(f"header a[hreflang={other}], header a[lang={other}]").first
            target = switch.get_attribute("href") or ""
            here = path.partition("?")[0]
            if target.split("?")[0] != here.replace(f"/{language}/", f"/{other}/", 1):
                strayed.append(f"{path} → {target}")

    assert strayed == []
    assert pages != {}


@pytest.mark.parametrize("language", LANGUAGES[:1])
def test_public_pages_work_without_javascript(
    visitors: dict[str, Visitor], plain_page: Page, base: str, language: str
) -> None:
    pages = visitors[ANYBODY].pages(language)
    bare = []

    for path in pages.values():
        plain_page.goto(base + path)
        open_menu(plain_page)
        menu = plain_page.locator("header nav a:visible").count()
        if not plain_page.locator("h1").is_visible() or menu < 4:
            bare.append(path)

    assert bare == []
    assert pages != {}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_signing_in_and_out_works_without_javascript(
    plain_page: Page, portal: Portal, account: str
) -> None:
    sign_in(plain_page.context, portal, account)

    plain_page.goto(f"{portal.base}/en/accounts/logout/")
    plain_page.locator("main form button").first.click()
    plain_page.goto(f"{portal.base}/en/accounts/login/")

    assert plain_page.locator("input[name=password]").count() == 1


def test_league_table_is_sorted_by_its_links(
    visitors: dict[str, Visitor], plain_page: Page, base: str
) -> None:
    plain_page.goto(base + visitors[ANYBODY].pages("en")[LEAGUE])
    rows = plain_page.locator("main table").first.locator("tbody tr")
    before = rows.all_inner_texts()

    plain_page.locator("main table thead a").nth(1).click()
    after = rows.all_inner_texts()

    assert len(before) == len(after) > 0
    assert before != after


def test_league_table_is_light(visitors: dict[str, Visitor], page: Page, base: str) -> None:
    weights: dict[str, int] = {}
    page.on("requestfinished", lambda r: weights.update({r.url: r.sizes()["responseBodySize"]}))

    page.goto(base + visitors[ANYBODY].pages("kk")[LEAGUE], wait_until="networkidle")
    without_fonts = {url: size for url, size in weights.items() if ".woff" not in url}

    assert 0 < sum(without_fonts.values()) < LIGHT, without_fonts
