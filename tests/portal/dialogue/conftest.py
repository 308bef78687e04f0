"""A head in office, people who ask, an officer who answers."""

from datetime import date
from typing import Any

import pytest

from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue.models import Head
from tests.factories import BodyFactory, UserFactory


@pytest.fixture
def head(body: Body) -> Head:
    return Head.objects.create(
        body=body,
        slug="akim-shymkent",
        name={"kk": "Асан Үлгі", "ru": "Асан Улги", "en": "Asan Ulgi"},
        post={"kk": "Қала әкімі", "ru": "Аким города", "en": "Akim of the city"},
        since=date(2024, 1, 9),
    )


@pytest.fixture
def asker(db: None) -> User:
    return UserFactory(username="aigul")


@pytest.fixture
def answering(body: Body) -> User:
    person: User = UserFactory(username="keneken")
    Membership.objects.create(user=person, role=Membership.Role.OFFICER, body=body)
    return person


@pytest.fixture
def stranger(db: None) -> Any:
    return UserFactory(username="stranger")


@pytest.fixture
def officer_of_another(db: None) -> User:
    person: User = UserFactory(username="other-officer")
    other = BodyFactory(code="kz-akm-other")
    Membership.objects.create(user=person, role=Membership.Role.OFFICER, body=other)
    return person
