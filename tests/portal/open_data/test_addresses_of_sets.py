"""The addresses that stay: they lead to the page, the version, the bytes."""

import pytest
from django.test import Client

from aiqyn_portal.sections.open_data.models import File, Hold
from tests.portal.open_data.sets import AT, CSV, published


@pytest.fixture
def row(body, officer):
    return published(body, officer)


def test_address_of_a_set_leads_to_its_page_in_the_readers_language(row):
    answer = Client().get("/data/mektepter/", headers={"accept-language": "ru"})

    assert (answer.status_code, answer["Location"]) == (302, "/ru/open-data/sets/mektepter/")


def test_address_of_a_version_leads_to_its_page(row):
    answer = Client().get("/data/mektepter/v1/")

    assert answer["Location"] == "/kk/open-data/sets/mektepter/v1/"


def test_bytes_are_given_as_they_were_released(row):
    answer = Client().get("/data/mektepter/v1/mektepter.csv")

    assert (answer.content, answer["Content-Type"]) == (CSV, "text/csv")
    assert answer["Content-Disposition"] == 'attachment; filename="mektepter.csv"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("decision", ["", "keep"])
def test_held_file_is_not_given_out(row, decision, officer):
    file = row.newest.files.get()
    said = {"reason": "ЖСН", "decided_by": officer, "decided_at": AT} if decision else {}
    Hold.objects.create(file=file, held_at=AT, decision=decision, **said)

    assert Client().get("/data/mektepter/v1/mektepter.csv").status_code == 404


@pytest.mark.parametrize("state", ["draft", "review", "returned"])
def test_unpublished_set_has_no_address(row, state):
    row.state, row.reason = state, "себебі"
    row.save()

    found = [
        Client().get(address).status_code
        for address in (
            "/data/mektepter/",
            "/data/mektepter/v1/",
            "/data/mektepter/v1/mektepter.csv",
        )
    ]

    assert found == [404, 404, 404]


def test_withdrawn_set_keeps_its_page_and_not_its_bytes(row):
    row.state, row.reason = "withdrawn", "Қате деректер"
    row.save()

    found = [
        Client().get(address).status_code
        for address in ("/data/mektepter/", "/data/mektepter/v1/mektepter.csv")
    ]

    assert found == [302, 404]


def test_file_that_was_not_read_is_not_given_out(row):
    File.objects.update(state="failed")

    assert Client().get("/data/mektepter/v1/mektepter.csv").status_code == 404
