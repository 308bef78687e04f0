"""Columns that are gone or of another kind are told before a version is released."""

from datetime import timedelta

import pytest

from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.breaking import Broken, broken
from tests.portal.open_data.sets import AT, CSV

LATER = AT + timedelta(days=30)
BROKEN = "kato;mektep\n791010000;көп\n311010000;аз\n".encode()


@pytest.fixture
def version(public, officer):
    return actions.start_version(public, by=officer, at=LATER)


def add(version, content, officer, name="mektepter.csv"):
    file = actions.add_upload(version, name, content, by=officer, at=LATER)
    actions.read_file(file.pk)


def test_officer_and_moderator_are_warned(version, officer, officer_client, evaluator_client):
    add(version, BROKEN, officer)

    assert broken(version) == [Broken("mektepter.csv", ["oblys"], ["mektep"])]
    for client, page in (
        (officer_client, "sets/mektepter-sany/prepare"),
        (evaluator_client, f"review/{version.pk}"),
    ):
        shown = client.get(f"/en/open-data/{page}/").content.decode()
        assert "may stop working" in shown
        assert "<code>oblys</code>" in shown


def test_same_columns_break_nothing(version, officer):
    add(version, CSV, officer)

    assert broken(version) == []


def test_table_under_another_name_follows_the_only_one_there_was(version, officer, public):
    add(version, BROKEN, officer, name="mektepter-2027.csv")

    assert broken(version) == [Broken("mektepter-2027.csv", ["oblys"], ["mektep"])]
    assert broken(public.newest) == []


def test_one_of_several_tables_under_another_name_follows_none(version, officer):
    add(version, BROKEN, officer, name="basqa.csv")
    add(version, CSV, officer)

    assert broken(version) == []
