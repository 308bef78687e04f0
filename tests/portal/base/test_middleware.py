"""What every answer says, and what is refused before anything is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aiqyn_portal.base import middleware


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("administrator", "/kk/manage/people/"),
        ("administrator", "/kk/manage/trail/"),
        ("evaluator", "/kk/work/"),
        ("officer", "/kk/office/"),
        ("citizen", "/kk/ratings/"),
    ],
)
def test_page_of_a_signed_in_person_is_kept_nowhere(
    clients: dict[str, Client], role: str, address: str
) -> None:
    assert clients[role].get(address)["Cache-Control"] == "private, no-store"


def test_public_page_says_nothing_of_keeping_to_a_stranger(db: None) -> None:
    assert "Cache-Control" not in Client().get("/kk/ratings/")


def test_api_is_kept_for_everybody_whoever_asks(evaluator_client: Client) -> None:
    answer = evaluator_client.get("/api/v1/bodies")

    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer["Vary"]


def test_request_larger_than_any_form_is_refused_unread(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = middleware.MEGABYTE
    monkeypatch.setattr(middleware, "LARGEST_REQUEST", limit)
    small, large = (SimpleUploadedFile("a.txt", b"a" * size) for size in (100, limit))

    answers = [client.post("/kk/accounts/login/", {"file": file}) for file in (small, large)]

    assert [answer.status_code for answer in answers] == [200, 413]
    page = answers[1].content.decode()
    assert "Файл тым үлкен" in page
    assert "1 МБ-тан аспауы керек" in page
