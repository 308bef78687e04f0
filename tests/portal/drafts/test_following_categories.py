"""A category is followed from the list narrowed to it; refused files are named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.notices import queries
from tests.portal.drafts.projects import FIRST, text_of

pytestmark = pytest.mark.django_db


def test_a_category_is_followed_from_its_list(citizen: User, citizen_client: Client) -> None:
    narrowed = reverse("drafts:category", args=["transport"])
    page = citizen_client.get(narrowed, follow=True).content.decode()
    assert 'name="topic" value="category:transport"' in page
    citizen_client.post(reverse("notices:follow"), {"topic": "category:transport"})
    assert queries.follows(citizen, "category:transport")


def test_a_stranger_follows_a_category_by_mail() -> None:
    narrowed = reverse("drafts:category", args=["transport"])
    page = Client().get(narrowed, follow=True).content.decode()
    assert f"{reverse('notices:by_email')}?topic=category%3Atransport" in page
    for address in ("", "?category=nothing", "?category="):
        shown = Client().get(f"{reverse('drafts:home')}{address}").content.decode()
        assert "topic=category" not in shown


@pytest.mark.parametrize("swapped", ["kk", "ru"])
def test_a_refused_file_is_named_beside_its_field(
    body: Body, officer_client: Client, swapped: str
) -> None:
    other = "ru" if swapped == "kk" else "kk"
    file = SimpleUploadedFile("mätin 1.txt", text_of(other, FIRST))
    page = officer_client.post(reverse("drafts:start", args=[body.code]), {swapped: file})
    [said] = page.context["form"].errors[swapped]
    label = {"kk": "Мәтін (қазақша)", "ru": "Мәтін (орысша)"}[swapped]
    assert said.startswith(f"{label} (mätin 1.txt): ")
