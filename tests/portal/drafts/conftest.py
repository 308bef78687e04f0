"""Drafts at two steps of their life."""

import pytest

from tests.factories import UserFactory
from tests.portal.drafts.kept import Scene
from tests.portal.drafts.projects import comment, opened, second_version


@pytest.fixture
def opened_draft(body, officer):
    """A draft that can be commented today."""
    return opened(body, officer)


@pytest.fixture
def redrafted(opened_draft, officer):
    """The same with a second version."""
    return second_version(opened_draft, officer)


@pytest.fixture
def neighbour(db):
    return UserFactory(username="neighbour")


@pytest.fixture
def said(opened_draft, citizen):
    return comment(opened_draft, citizen, "2", display_name="Айгүл")


@pytest.fixture
def scene(opened_draft, said, neighbour, officer, evaluator, administrator):
    return Scene(opened_draft, said, neighbour, officer, evaluator, administrator)
