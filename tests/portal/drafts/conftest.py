"""Drafts at two steps of their life."""

import pytest

from tests.portal.drafts.projects import opened, second_version


@pytest.fixture
def opened_draft(body, officer):
    """A draft that can be commented today."""
    return opened(body, officer)


@pytest.fixture
def redrafted(opened_draft, officer):
    """The same with a second version."""
    return second_version(opened_draft, officer)
