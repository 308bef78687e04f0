"""People at browsers of their own, as scenarios tell of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from aiqyn.rendering.browser import axe_source
from tests.browser.watched import OVERFLOW, violations
from tools.portal_pages import HEIGHT, Portal

BANNER = ".govuk-notification-banner"
NUMBER = re.compile(r"\d{4}-\d{6}")
STOPS = 250  # of the Tab key on one page, at most
SMALL, WIDE = 360, 1280  # px
PATIENCE = 20_000  # ms one act may take on a busy machine


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in and reads one language."""

    page: Page
    portal: Portal
    language: str
    scripts: bool = True  # whether the browser runs JavaScript

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.portal.base}/{self.language}/{path}")
        return self.page

    def sees(self, path: str) -> str:
        """What a page says."""
        return self.go(path).locator("main").inner_text()

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill fields in, by name."""
        for name, value in values.items():
            self.page.locator(f"[name={name}]").fill(value)

    def press(self, button: str) -> None:
        """Press a button in the main part of the page, and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator(f"main {button}").first.click()

    def send(self) -> str:
        """Send a contribution, past the page that shows it once more; its number."""
        self.press(".voice-form button")
        if self.page.locator("main input[name=seen]").count():
            self.press("form:has(input[name=seen]) button")
        return self.number()

    def number(self) -> str:
        """The number told in the banner."""
        words = self.page.locator(BANNER).inner_text()
        found = NUMBER.search(words)
        assert found is not None, words
        return found.group()

    def told(self) -> str:
        """Where the messages in the cabinet of notices lead, one address a line."""
        links = self.go("account/notices/").locator("main a[href*='/account/notices/']").all()
        hrefs = [link.get_attribute("href") or "" for link in links]
        ones = [href for href in hrefs if re.search(r"/notices/\d+/$", href)]
        return "\n".join(self.page.request.get(self.portal.base + href).url for href in ones)

    def troubles(self) -> list[str]:
        """What is cut off at the right of the page at hand, and what axe-core finds in it."""
        found = [f"sideways: {found}" for found in self.page.evaluate(OVERFLOW)]
        if self.scripts:  # axe-core is one
            self.page.evaluate(axe_source())
            found += violations(self.page)
        return [f"{self.page.url} {each}" for each in found]


class ByKeyboard(Person):
    """Somebody who has no mouse: reaches everything by Tab, acts by Enter, Space and arrows."""

    def reach(self, wanted: str) -> Locator:
        target = self.page.locator(wanted).first
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            if target.evaluate("e => e === document.activeElement"):
                return target
        raise AssertionError(f"Tab does not lead to {wanted}")

    def follow(self, wanted: str) -> None:
        """Open a link or press a button."""
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill fields in, in the order they stand on the page."""
        for name, value in values.items():
            self.reach(f"[name={name}]")
            self.page.keyboard.insert_text(value)

    def choose(self, name: str, value: str) -> None:
        """Go to a group of radio buttons, and by the arrows to the one that is wanted."""
        self.reach(f"[name={name}]")
        self.page.keyboard.press("Space")
        for _ in range(self.page.locator(f"[name={name}]").count()):
            if self.page.locator(f"[name={name}][value='{value}']").is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {value}")

    def send(self) -> str:
        self.follow(".voice-form button")
        if self.page.locator("main input[name=seen]").count():
            self.follow("form:has(input[name=seen]) button")
        return self.number()


def opened(browser: Browser, width: int, *, scripts: bool = True) -> BrowserContext:
    """A new browser of somebody's own."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    return context


def signed_in(
    context: BrowserContext, portal: Portal, account: str, language: str, password: str
) -> Page:
    """A page of somebody who has just signed in."""
    page = context.new_page()
    page.goto(f"{portal.base}/{language}/accounts/login/")
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill(password)
    page.locator("main form:has(input[name=password]) button").first.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    return page
