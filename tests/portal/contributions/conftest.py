"""Kinds of contributions for tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import kinds
from tests import factories
from tests.portal.contributions.voices import offer_kinds


@pytest.fixture(autouse=True)
def trial_kinds() -> Iterator[None]:
    held = dict(kinds._KINDS)
    offer_kinds()
    yield
    kinds._KINDS.clear()
    kinds._KINDS.update(held)


@pytest.fixture
def neighbour(db: None) -> User:
    """Another citizen."""
    return factories.UserFactory(username="neighbour")


@pytest.fixture
def plenty(settings: Any) -> None:
    """Nobody is asked to write less."""
    settings.CONTRIBUTIONS_A_MINUTE = settings.CONTRIBUTIONS_A_DAY = 100_000
