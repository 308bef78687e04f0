"""What changed between two versions, on a page and as a file."""

import csv
import io

import duckdb
import pytest
from django.urls import reverse

from aiqyn_portal.sections.open_data import tables
from aiqyn_portal.sections.open_data.models import Dataset, File, Version
from tests.portal.open_data.sets import AT, published, released

pytestmark = pytest.mark.django_db
OLD = "FROM (VALUES (1, 'Шымкент', 153), (2, 'Тараз', 78)) t(kato, oblys, mektep)"
NEW = "FROM (VALUES (1, 'Шымкент', 160), (3, '=Арыс', -5)) t(kato, oblys, mektep)"


def with_table(version: Version, query: str) -> File:
    to = tables.folder() / "made.parquet"
    duckdb.sql(f"COPY ({query}) TO '{to}' (FORMAT parquet)")
    file = version.files.get()
    file.table_sha256 = tables.keep(to)
    file.save()
    return file


@pytest.fixture
def schools(body, officer):
    """A set with two versions whose tables differ."""
    row = published(body, officer)
    with_table(row.newest, OLD)
    row.newest = released(row, officer, number=2)
    row.save()
    with_table(row.newest, NEW)
    return row


def page(client, row, older=1, newer=2, **asked):
    address = reverse("open_data:difference", args=[row.name, older, newer])
    return client.get(address, asked)


def test_page_tells_rows_apart_by_the_key(client, schools):
    answer = page(client, schools)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["found"].key == ("kato",)
    assert "<del>153</del> <ins>160</ins>" in text
    assert "<del>Тараз</del>" in text
    assert "<ins>=Арыс</ins>" in text
    link = reverse("open_data:difference", args=["mektepter", 1, 2])
    assert link in client.get(reverse("open_data:set", args=["mektepter"])).content.decode()


def test_changes_are_a_file_no_spreadsheet_runs(client, schools):
    answer = client.get(reverse("difference_csv", args=["mektepter", 1, 2]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["_change", "kato", "oblys", "mektep"],
        ["removed", "2", "Тараз", "78"],
        ["added", "3", "'=Арыс", "-5"],
        ["changed_from", "1", "Шымкент", "153"],
        ["changed_to", "1", "Шымкент", "160"],
    ]


def test_names_of_columns_run_no_formula_either(client, schools):
    with_table(schools.newest, "SELECT 1 AS kato, 'x' AS \"=A1\"")
    with_table(schools.versions.get(number=1), "SELECT 2 AS kato, 'x' AS \"=A1\"")

    answer = client.get(reverse("difference_csv", args=["mektepter", 1, 2]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "_change,kato,'=A1"


def test_broken_columns_are_warned_of(client, schools):
    with_table(schools.newest, "SELECT 1 AS kato, 'x' AS name, 5 AS mektep")

    text = page(client, schools).content.decode()

    assert "govuk-warning-text" in text
    assert "oblys" in text
    assert "Тек екі нұсқада да бар бағандар салыстырылды." in text


def test_tables_with_no_column_in_common_are_not_told_apart_by_rows(client, schools):
    with_table(schools.newest, "SELECT 'x' AS name, 5 AS pupils")

    text = page(client, schools).content.decode()

    assert "govuk-warning-text" in text
    assert "<dl" not in text
    assert "difference_csv" not in text
    assert "v1-v2.csv" not in text


def test_renamed_file_is_still_the_same_table(client, schools):
    schools.newest.files.update(name="mektepter-2026.csv")

    assert page(client, schools).context["found"].total == 3


def test_file_is_chosen_by_its_name(client, schools, officer):
    for version in schools.versions.all():
        twin = version.files.get()
        twin.pk, twin.name = None, "ekinshi.csv"
        twin.save()

    pair = page(client, schools, file="ekinshi.csv").context["pair"]

    assert (pair.before.name, pair.after.name) == ("ekinshi.csv", "ekinshi.csv")


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 30])
def test_strange_page_is_a_page(client, schools, asked):
    assert page(client, schools, page=asked).status_code == 200


def test_versions_without_a_common_table_say_so(client, schools):
    File.objects.update(table_sha256="")

    answer = page(client, schools)

    assert answer.context["pair"] is None
    assert answer.status_code == 200
    assert client.get(reverse("difference_csv", args=["mektepter", 1, 2])).status_code == 404


def test_lost_table_is_said_and_not_an_error(client, schools):
    File.objects.update(table_sha256="ab" * 32)

    assert page(client, schools).context["found"] is None


def test_equal_versions_have_no_changes(client, schools):
    with_table(schools.newest, OLD)

    answer = page(client, schools)

    assert answer.context["found"].total == 0
    assert b"<table>" not in answer.content


@pytest.mark.parametrize(("older", "newer"), [(2, 1), (1, 1), (1, 3), (0, 2)])
def test_only_released_versions_in_order_are_compared(client, schools, older, newer):
    assert page(client, schools, older, newer).status_code == 404


def test_withdrawn_set_shows_no_difference(client, schools):
    Dataset.objects.update(state="withdrawn", reason="себеп", withdrawn_at=AT)

    assert page(client, schools).status_code == 404
