"""One portal with demo data and one Chromium for all browser tests."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tools.portal_pages import ACCOUNTS, ANYBODY, Portal, Visitor, chromium, served, visit
from tools.system_packages import find

# The shell draws the same in half the processor time.
CHROMIUM = find("chromium-headless-shell") or find("chromium") or find("chromium-browser")


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """A new portal; or the one AIQYN_PORTAL names, working in AIQYN_VAR."""
    if running := os.environ.get("AIQYN_PORTAL"):
        yield Portal(running.rstrip("/"), Path(os.environ.get("AIQYN_VAR", "var")))
        return
    with served() as started:
        yield started


@pytest.fixture(scope="session")
def base(portal: Portal) -> str:
    return portal.base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not here (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = chromium(playwright, CHROMIUM)
        yield started
        started.close()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A folder all processes of this run see; none when there is but one process."""
    is_alone = "PYTEST_XDIST_WORKER" not in os.environ
    return None if is_alone else tmp_path_factory.getbasetemp().parent


@pytest.fixture(scope="session")
def visitors(portal: Portal, browser: Browser, shelf: Path | None) -> Iterator[dict[str, Visitor]]:
    """One visitor for each account, and one without."""
    with ExitStack() as stack:
        yield {
            account: stack.enter_context(visit(browser, portal, account, shelf))
            for account in (ANYBODY, *ACCOUNTS)
        }


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh reader, 1280 px wide."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh reader without JavaScript, 360 px wide."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    yield context.new_page()
    context.close()
