"""Among a million entries a thing is looked up by an index: none of them is read but its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aiqyn_portal.contributions import queries
from tests.portal.contributions.voices import said

TEXT = "Көшедегі шамдар бір айдан бері жанбайды, жөндеу қашан басталады?"
WALKED = ("SCAN search_entry", "Seq Scan on search_entry")


def plans(asked: CaptureQueriesContext) -> list[str]:
    """How the database carries out each statement about entries, where it may choose an index."""
    is_postgresql = connection.vendor == "postgresql"
    explain = "EXPLAIN " if is_postgresql else "EXPLAIN QUERY PLAN "
    found = []
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("SET LOCAL enable_seqscan = off")  # tables of tests are small
        for each in asked.captured_queries:
            statement = str(each["sql"])
            if statement.startswith("SELECT") and '"search_entry"."key"' in statement:
                cursor.execute(explain + statement.replace("%", "%%"), None)
                found.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return found


@pytest.fixture
def question(body, citizen, django_capture_on_commit_callbacks) -> CaptureQueriesContext:
    """What the database was asked when a contribution was entered."""
    asked = CaptureQueriesContext(connection)
    with asked, django_capture_on_commit_callbacks(execute=True):
        said(citizen, TEXT)
    return asked


def test_entering_a_contribution_reads_no_other_entry(question):
    carried_out = plans(question)

    assert carried_out
    assert [plan for plan in carried_out if any(walk in plan for walk in WALKED)] == []


def test_looking_for_what_is_similar_reads_what_it_has_found(question):
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.similar(TEXT)) == 1
    carried_out = plans(asked)

    assert carried_out
    assert [plan for plan in carried_out if any(walk in plan for walk in WALKED)] == []
