"""Chromium for the tests of rendering; where it is missing they are skipped, in CI that fails."""

import asyncio
from contextlib import nullcontext
from importlib import import_module
from types import SimpleNamespace

import pytest

from aiqyn.rendering import look
from aiqyn.rendering.browser import Browser, BrowserMissing, find

DRAWING = import_module("aiqyn.rendering.render")


@pytest.fixture(scope="session")
def chromium():
    try:
        return find()
    except BrowserMissing as problem:
        pytest.skip(str(problem))


class Lent:
    """A running browser that is not ended with the drawing of one crawl."""

    def __init__(self, browser):
        self.browser = browser

    async def __aenter__(self):
        return self.browser

    async def __aexit__(self, *_):
        """It is needed again."""


@pytest.fixture(scope="session")
def running(chromium):
    """One browser for all tests that do not ask how it starts or ends, and its loop."""
    with asyncio.Runner() as runner:
        browser = runner.run(Browser(chromium).__aenter__())
        yield runner, browser
        runner.run(browser.__aexit__())


@pytest.fixture
def drawing(running, monkeypatch):
    """`render` draws in the one browser."""
    runner, browser = running
    monkeypatch.setattr(DRAWING, "Browser", lambda _: Lent(browser))
    lent = {"Runner": lambda: nullcontext(runner)}
    monkeypatch.setattr(DRAWING, "asyncio", SimpleNamespace(**vars(asyncio) | lent))


@pytest.fixture
def without_axe(monkeypatch):
    """Pages are not searched by axe-core, which takes longer than all the rest."""

    async def nothing(_):
        """As where axe did not finish."""

    monkeypatch.setattr(look, "_axe", nothing)
