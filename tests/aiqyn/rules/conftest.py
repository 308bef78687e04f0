"""Worked cases of rules become subjects: a page, a document, or a tiny crawled site."""

import pytest

from tests.aiqyn.worked import finding_of


@pytest.fixture
def run_case():
    return finding_of
