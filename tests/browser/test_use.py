"""What a person does with a keyboard, on a small screen, without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.visitors import CITIZEN, Visitor
from tools.portal_pages import HEIGHT, LANGUAGES, PEOPLE, sign_in

LIGHTEST_LEAGUE = 100 * 1024  # bytes on the wire, without fonts: the promise of the first issue


def focused(page: Page) -> dict[str, str]:
    """What the focused element is, and whether one can see it."""
    return page.evaluate(
        """() => {
            const e = document.activeElement, box = e.getBoundingClientRect();
            return {tag: e.tagName, href: e.getAttribute("href") || "", id: e.id,
                    seen: box.width > 0 && box.height > 0 && box.bottom > 0 ? "yes" : "no"};
        }"""
    )


def test_skip_link_leads_to_the_content(citizen: Page, base: str) -> None:
    citizen.goto(f"{base}/kk/")

    citizen.keyboard.press("Tab")
    link = focused(citizen)
    citizen.keyboard.press("Enter")

    assert (link["tag"], link["seen"]) == ("A", "yes")
    assert citizen.evaluate("location.hash") == link["href"]
    assert citizen.locator(f"main{link['href']}, main {link['href']}").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_whole_menu_is_reached_by_tab(citizen: Page, base: str, width: int) -> None:
    citizen.set_viewport_size({"width": width, "height": HEIGHT})
    citizen.goto(f"{base}/kk/")
    toggle = citizen.locator("header button[aria-expanded=false]:visible")
    if toggle.count():
        toggle.first.focus()
        citizen.keyboard.press("Enter")
    wanted = {link.get_attribute("href") for link in citizen.locator("header nav a:visible").all()}
    reached, unseen = set(), []

    citizen.evaluate("document.activeElement.blur()")
    for _ in range(60):
        citizen.keyboard.press("Tab")
        element = focused(citizen)
        reached.add(element["href"])
        if element["seen"] == "no":
            unseen.append(element)

    assert wanted - reached == set()
    assert len(wanted) >= 4
    assert unseen == []


@pytest.mark.parametrize(("language", "other"), [("kk", "ru"), ("ru", "en"), ("en", "kk")])
def test_language_switch_keeps_the_page(
    visitors: dict[str, Visitor], citizen: Page, base: str, language: str, other: str
) -> None:
    strayed = []

    for view, path in visitors[CITIZEN].pages(language).items():
        if not path.startswith(f"/{language}/"):
            continue
        citizen.goto(base + path)
        switch = citizen.locator(f"header a[hreflang={other}], header a[lang={other}]").first
        target = switch.get_attribute("href") or ""
        if target.split("?")[0] != path.replace(f"/{language}/", f"/{other}/", 1):
            strayed.append(f"{view}: {path} → {target}")

    assert strayed == []


def test_first_address_speaks_kazakh(citizen: Page, base: str) -> None:
    citizen.goto(base)

    assert citizen.url == f"{base}/kk/"
    assert citizen.locator("html").get_attribute("lang") == "kk"


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_work_without_javascript(
    visitors: dict[str, Visitor], browser: Browser, base: str, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    page = context.new_page()
    bare = []

    for view, path in visitors[CITIZEN].pages(language).items():
        page.goto(base + path)
        reads = (
            page.locator("h1").is_visible() and page.locator("header nav a:visible").count() >= 4
        )
        if not reads:
            bare.append(f"{view}: {path}")
    context.close()

    assert bare == []


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.role)
def test_signing_in_and_out_works_without_javascript(browser: Browser, base: str, person) -> None:
    context = browser.new_context(java_script_enabled=False)

    sign_in(context, base, person)
    page = context.new_page()
    page.goto(f"{base}/en/accounts/logout/")
    page.locator("main form button").first.click()
    page.goto(f"{base}/en/accounts/login/")

    assert page.locator("input[name=password]").count() == 1
    context.close()


def test_league_table_is_sorted_by_its_links_without_javascript(
    visitors: dict[str, Visitor], browser: Browser, base: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + visitors[CITIZEN].pages("en")["reports:league"])
    rows = page.locator("main table").first.locator("tbody tr")
    before = rows.all_inner_texts()

    page.locator("main table thead a").last.click()
    after = rows.all_inner_texts()

    context.close()

    assert len(before) == len(after) > 0
    assert before != after


def test_league_table_is_light(visitors: dict[str, Visitor], browser: Browser, base: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    weights: dict[str, int] = {}

    def weigh(request) -> None:
        weights[request.url] = request.sizes()["responseBodySize"]

    page.on("requestfinished", weigh)
    page.goto(base + visitors[CITIZEN].pages("kk")["reports:league"], wait_until="networkidle")
    heavy = {url: size for url, size in weights.items() if not url.endswith((".woff2", ".woff"))}
    context.close()

    assert sum(heavy.values()) < LIGHTEST_LEAGUE, heavy
