"""Chromium for the tests of rendering; where it is missing they are skipped, in CI that fails."""

import pytest

from aiqyn.rendering.browser import BrowserMissing, find


@pytest.fixture(scope="session")
def chromium():
    try:
        return find()
    except BrowserMissing as problem:
        pytest.skip(str(problem))
