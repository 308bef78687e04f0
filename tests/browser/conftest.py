"""One portal with demo data and one Chromium for all browser tests."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.visitors import ROLES, Visitor
from tools.portal_pages import PEOPLE, chromium, served, sign_in
from tools.system_packages import find

CHROMIUM = find("chromium") or find("chromium-browser")


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    """Address of the portal, without the last slash; AIQYN_PORTAL names one that runs already."""
    if running := os.environ.get("AIQYN_PORTAL"):
        yield running.rstrip("/")
        return
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not here (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = chromium(playwright, CHROMIUM)
        yield started
        started.close()


@pytest.fixture(scope="session")
def visitors(base: str, browser: Browser) -> Iterator[dict[str, Visitor]]:
    """One visitor a role."""
    contexts = {role: browser.new_context(reduced_motion="reduce") for role in ROLES}
    for person in PEOPLE:
        sign_in(contexts[person.role], base, person)
    yield {role: Visitor(role, context, base) for role, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def citizen(base: str, browser: Browser) -> Iterator[Page]:
    """A page of a fresh visitor, 1280 px wide."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()
