"""A database of before, with sets in it, becomes one of today, on PostgreSQL.

There a table whose rows were written twice cannot get an index before the transaction ends. Not
collected where the tests run on SQLite (see conftest.py).
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Dataset, Use
from tests.portal.open_data.sets import AT, published, released

BEFORE = "0007_turns_of_harvests_and_standing"
NOW = "0016_what_people_ask_keeps_its_set_alone"


@pytest.fixture
def sets(transactional_db, body, officer):
    """Published once, published twice, changed since, withdrawn, without a version."""
    once = published(body, officer)
    twice = published(body, officer, "eki")
    twice.newest = released(twice, officer, 2)
    twice.newest.released_at = AT + timedelta(days=9)
    twice.newest.save()
    twice.save()
    changed = published(body, officer, "ozgerdi", changed_at=AT + timedelta(days=5))
    gone = published(body, officer, "joq")
    actions.withdraw(gone, "Қате", by=officer, at=AT + timedelta(days=1))
    actions.start_set(body, "Жаңа", by=officer, at=AT)
    for row, kind in ((once, Use.Kind.VIEW), (once, Use.Kind.DOWNLOAD), (changed, Use.Kind.VIEW)):
        actions.count_use(row, kind, day=AT.date(), times=3)
    for row in Dataset.objects.all():
        row.save()


def kept():
    names = ("released_at", "modified_at", "stars", "formats", "used")
    return list(Dataset.objects.order_by("pk").values_list("name", *names))


def migrate(name):
    """Without what follows a migration: tests empty tables that are frozen then."""
    MigrationExecutor(connection).migrate([("open_data", name)])


def test_what_sets_keep_is_worked_out_of_what_was_there(sets):
    before = kept()
    try:
        migrate(BEFORE)
    finally:
        migrate(NOW)

    assert kept() == before
    assert [(name, used) for name, *_, used in before] == [
        ("mektepter", 6),
        ("eki", 0),
        ("ozgerdi", 3),
        ("joq", 0),
        (before[-1][0], 0),
    ]
